"""The report of a comparison: one HTML file that holds everything, opens offline, and asks nobody for anything."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from html import escape
from importlib.resources import files
from string import Template
from typing import Any, Final

from coach.comparison.result.comparison_result import ComparisonResult
from coach.pose.pose_frame import PoseTrack
from coach.report import page_sections as sections
from coach.report.page_data import page_data
from coach.report.page_sections import MomentPictures
from coach.settings.report import PageSettings

__all__ = ["MomentPictures", "comparison_page", "embedded_json"]

SCRIPTS: Final = ("base.js", "figure.js", "player.js", "charts.js", "heat_map.js", "plots.js", "report.js")
"""In the order in which they are joined: one script, so that one checksum lets it run."""


def comparison_page(
    result: ComparisonResult,
    teacher: PoseTrack,
    student: PoseTrack,
    *,
    pictures: Sequence[MomentPictures] = (),
    video_name: str | None = None,
    settings: PageSettings | None = None,
) -> str:
    """The whole page as text.

    Parameters
    ----------
    result : ComparisonResult
    teacher, student : PoseTrack
        The landmarks that were compared, on the clocks of ``result`` (the teacher's as recorded: a mirrored one is
        mirrored here).
    pictures : sequence of MomentPictures
        Of ``result.worst``, in its order; what is missing is drawn from the landmarks.
    video_name : str, optional
        File beside the page that the page links to (the side-by-side video).
    settings : PageSettings, optional

    Returns
    -------
    str
        HTML, to be written as UTF-8.
    """
    style, script = _file("report.css"), "\n".join(_file(name) for name in SCRIPTS)
    names = {"student": result.student.title, "teacher": result.teacher.title}
    link = f'<a class="video" href="{escape(video_name)}">Open the video, with sound</a>' if video_name else ""
    return Template(_file("report.html")).substitute(
        policy=_policy(style, script),
        style=style,
        script=script,
        data=embedded_json(page_data(result, teacher, student, settings or PageSettings())),
        title=f"{escape(names['student'])} and {escape(names['teacher'])}",
        student=escape(names["student"]),
        teacher=escape(names["teacher"]),
        facts=sections.facts(result, names),
        ring=sections.score_ring(result),
        bars=sections.score_bars(result),
        judged=sections.percent(result.score.judged_share),
        headline=escape(result.told.headline),
        work=sections.work_on(result),
        notes=sections.notes(result),
        video_link=link,
        sync_words=escape(result.sync.words),
        timing_words=escape(result.timing.words),
        moments=sections.moment_rows(result, pictures),
        moments_hidden="" if result.worst else "hidden",
        not_judged=sections.not_judged(result),
        score_words=escape(result.score.words),
        score_table=sections.score_table(result),
        measures=sections.measures(result),
    )


def embedded_json(data: Any) -> str:
    """JSON that may stand inside a ``<script>`` element: no text in it can end the element.

    Raises ValueError for a number that is not finite.
    """
    text = json.dumps(data, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _policy(style: str, script: str) -> str:
    """What the browser may load: our own script and style, pictures inside the file, and nothing else."""
    return f"default-src 'none'; img-src data:; style-src '{_checksum(style)}'; script-src '{_checksum(script)}'"


def _checksum(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def _file(name: str) -> str:
    return (files("coach.report") / "page" / name).read_text(encoding="utf-8")
