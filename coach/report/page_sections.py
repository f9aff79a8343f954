"""The report page's texts, tables and score as HTML: readable without the script, every name escaped."""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Final, NamedTuple

from coach.clock import clock_text
from coach.comparison.result.comparison_result import ComparisonResult
from coach.comparison.result.findings import WorstMoment
from coach.comparison.result.score import ScorePart

UNKNOWN: Final = "–"
_RING_RADIUS: Final = 52.0
_WORTH_TELLING: Final = 0.01


class MomentPictures(NamedTuple):
    """JPEG files of one worst moment; None where there is no video, and the page draws the figure."""

    teacher: bytes | None
    student: bytes | None


def number(value: float | None, digits: int = 0, unit: str = "") -> str:
    """A number for people; a dash where it is not known."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    return f"{value:.{digits}f}{unit}".replace("-", "−")


def percent(share: float) -> str:
    """``83 %``."""
    return number(100.0 * share, unit=" %")


def score_ring(result: ComparisonResult) -> str:
    """The total in a ring that is filled as far."""
    total = result.score.total
    length = 2.0 * math.pi * _RING_RADIUS
    filled = 0.0 if total is None or not math.isfinite(total) else length * min(max(total, 0.0), 100.0) / 100.0
    said = "The score could not be found" if total is None else f"Score {number(total)} of 100"
    return (
        f'<svg class="ring" viewBox="0 0 120 120" role="img" aria-label="{said}">'
        f'<circle class="ring-track" cx="60" cy="60" r="{_RING_RADIUS:g}"/>'
        f'<circle class="ring-value" cx="60" cy="60" r="{_RING_RADIUS:g}" stroke-dasharray="{filled:.1f} {length:.1f}"'
        ' transform="rotate(-90 60 60)"/>'
        f'<text x="60" y="66" class="ring-number">{number(total)}</text>'
        '<text x="60" y="85" class="ring-unit">of 100</text></svg>'
    )


def score_bars(result: ComparisonResult) -> str:
    """One bar for each part, and timing beside the score."""
    rows = [_bar(_capital(part.label), part.value, f"counts {number(part.weight)} %") for part in result.score.parts]
    rows.append(_bar("Timing", result.score.timing, "beside the score"))
    return f'<ul class="bars">{"".join(rows)}</ul>'


def _bar(label: str, value: float | None, note: str) -> str:
    width = 0.0 if value is None or not math.isfinite(value) else min(max(value, 0.0), 100.0)
    return (
        f'<li><span class="bar-label">{escape(label)} <small>{escape(note)}</small></span>'
        f'<span class="bar-value">{number(value)}</span>'
        '<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="bar-track" width="100" height="4"/><rect class="bar-fill" width="{width:.1f}" height="4"/>'
        "</svg></li>"
    )


def work_on(result: ComparisonResult) -> str:
    """The worst things, each with a button that shows the moment."""
    if result.score.total is None:
        return '<p class="quiet">Nothing could be judged.</p>'
    if not result.told.worst:
        return '<p class="quiet">Nothing stood out.</p>'
    moments = {_plain(moment.words): moment for moment in result.worst}
    rows = []
    for words, fact in zip(result.told.worst, result.feedback.worst, strict=True):
        moment = moments.get(_plain(fact))
        button = "" if moment is None else _show_button(moment)
        rows.append(f"<li><span>{escape(words)}</span>{button}</li>")
    return f'<h3>Work on</h3><ol class="work">{"".join(rows)}</ol>'


def notes(result: ComparisonResult) -> str:
    """What was good, and the timing; nothing where there is nothing to say."""
    found = {"Good": result.told.good, "Timing": result.told.timing}
    if result.phrased is not None:
        found["Words"] = "Put by a language model, from the measured facts alone."
    return "".join(f"<div><h3>{name}</h3><p>{escape(words)}</p></div>" for name, words in found.items() if words)


def _plain(words: str) -> str:
    return words.strip().rstrip(".")


def _capital(words: str) -> str:
    """The first letter large; the rest as it is."""
    return words[:1].upper() + words[1:]


def _show_button(moment: WorstMoment) -> str:
    when = clock_text(moment.peak_teacher_s)
    return (
        f'<button type="button" class="show" data-seek="{moment.peak_teacher_s:.3f}"'
        f' data-joint="{escape(moment.joint)}" aria-label="Show {escape(moment.label)} at {when}">Show</button>'
    )


def moment_rows(result: ComparisonResult, pictures: Sequence[MomentPictures]) -> str:
    """The rows of the table of the worst moments."""
    rows = []
    for index, moment in enumerate(result.worst):
        found = pictures[index] if index < len(pictures) else MomentPictures(None, None)
        images = "".join(_picture(who, getattr(found, who), index, moment) for who in ("teacher", "student"))
        span = "–".join(dict.fromkeys(clock_text(second) for second in moment.student_s))
        rows.append(
            f'<tr><td class="pictures"><div>{images}</div></td>'
            f'<td class="what"><p>{escape(moment.words)}</p>{_show_button(moment)}</td>'
            f'<td data-label="In your video">{span}</td><td data-label="Joint">{escape(moment.label)}</td>'
            f'<td data-label="You">{number(moment.angle_deg, unit="°")}</td>'
            f'<td data-label="Teacher">{number(moment.target_deg, unit="°")}</td>'
            f'<td data-label="Tolerance">±{number(moment.tolerance_deg, unit="°")}</td></tr>'
        )
    return "".join(rows)


def _picture(who: str, jpeg: bytes | None, index: int, moment: WorstMoment) -> str:
    name = "Teacher" if who == "teacher" else "You"
    time_s = moment.peak_teacher_s if who == "teacher" else moment.peak_student_s
    said = f"{name} at {clock_text(time_s)}, {escape(moment.label)}"
    if jpeg is None:
        drawn = f'<canvas class="still" data-moment="{index}" data-who="{who}" role="img" aria-label="{said}"></canvas>'
    else:
        code = base64.b64encode(jpeg).decode("ascii")
        drawn = f'<img class="still" src="data:image/jpeg;base64,{code}" alt="{said}">'
    return f"<figure>{drawn}<figcaption>{name} {clock_text(time_s)}</figcaption></figure>"


def not_judged(result: ComparisonResult) -> str:
    """What could not be judged, and the share of each joint that could."""
    told = [*result.told.not_judged, *_shares_not_judged(result)]
    lines = "".join(f"<li>{escape(line)}</li>" for line in told)
    listed = f'<ul class="plain">{lines}</ul>' if lines else '<p class="quiet">Everything could be judged.</p>'
    rows = "".join(
        f'<tr><th scope="row">{escape(_capital(joint.label))}</th><td>{percent(joint.judged_share)}</td>'
        f"<td>{percent(joint.good_share)}</td><td>{percent(joint.style_share)}</td>"
        f"<td>{percent(joint.mistake_share)}</td><td>{number(joint.median_error_deg, unit='°')}</td></tr>"
        for joint in result.joints
    )
    return (
        f"{listed}<details><summary>Joint by joint</summary><div class='scroll'><table class='numbers'><thead><tr>"
        "<th scope='col'>Joint</th><th scope='col'>Judged</th><th scope='col'>Like the teacher</th>"
        "<th scope='col'>Own style</th><th scope='col'>Off</th><th scope='col'>Median difference</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></div></details>"
    )


def _shares_not_judged(result: ComparisonResult) -> list[str]:
    """In numbers: how much of the joints' time and of each part was left out."""
    lines = []
    left_out = 1.0 - result.score.judged_share
    if left_out >= _WORTH_TELLING:
        lines.append(
            f"{percent(left_out)} of the joints' time: hidden, out of the picture, or a limb that points at the camera."
        )
    lines += [
        f"{_capital(part.label)}: judged in {percent(part.judged_share)} of the time."
        for part in result.score.parts
        if part.name != "angles" and 1.0 - part.judged_share >= _WORTH_TELLING
    ]
    return lines


def score_table(result: ComparisonResult) -> str:
    """How the score came about: parts, weights, points."""
    score = result.score
    judged = sum(part.weight for part in score.parts if part.value is not None)
    rows = []
    for part in score.parts:
        rows.append(_score_row(part, judged))
        if part.name == "body":
            rows += [_score_row(inner, None) for inner in score.body_parts]
    total = f'<tr class="total"><th scope="row" colspan="4">Score</th><td>{number(score.total, 1)}</td></tr>'
    return (
        "<div class='scroll'><table class='numbers'><thead><tr><th scope='col'>Part</th><th scope='col'>Judged</th>"
        "<th scope='col'>0 to 100</th><th scope='col'>Weight</th><th scope='col'>Points</th></tr></thead>"
        f"<tbody>{''.join(rows)}{total}</tbody></table></div>"
    )


def _score_row(part: ScorePart, judged_weight: float | None) -> str:
    inner = judged_weight is None
    known = part.value is not None and bool(judged_weight)
    points = part.value * part.weight / judged_weight if known and part.value is not None and judged_weight else None
    return (
        f'<tr{" class=inner" if inner else ""}><th scope="row">{escape(_capital(part.label))}</th>'
        f"<td>{percent(part.judged_share)}</td><td>{number(part.value, 1)}</td>"
        f"<td>{number(part.weight, unit=' %')}</td><td>{'' if inner else number(points, 1)}</td></tr>"
    )


def measures(result: ComparisonResult) -> str:
    """Figures that are told but not scored, and the geometric ratios of both dancers."""
    mask, hits, score = result.mask, result.hits, result.score
    found = {
        "Same dance": percent(score.followed_share),
        "Accents hit": UNKNOWN if hits.matched_share is None else f"{len(hits.pairs)} of {len(hits.teacher_s)}",
        "Outlines overlap (IoU)": number(mask.iou, 2),
        "Shape distance (Hu)": number(mask.hu_distance, 2),
        "Path bends by": number(None if result.timing.bend_s is None else 1000 * result.timing.bend_s, unit=" ms"),
        "Confidence of the sync": percent(result.sync.confidence),
    }
    tiles = "".join(f"<div><dt>{escape(name)}</dt><dd>{value}</dd></div>" for name, value in found.items())
    return f'<dl class="tiles">{tiles}</dl>{_ratios(result)}'


def _ratios(result: ComparisonResult) -> str:
    if not result.ratios:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{escape(_capital(ratio.label))}</th><td>{number(ratio.student, 2)}</td>'
        f"<td>{number(ratio.teacher, 2)}</td><td>{escape(ratio.unit)}</td></tr>"
        for ratio in result.ratios
    )
    return (
        "<details><summary>Proportions of the pose</summary><div class='scroll'><table class='numbers'><thead><tr>"
        "<th scope='col'>Ratio</th><th scope='col'>You</th><th scope='col'>Teacher</th><th scope='col'>Unit</th></tr>"
        f"</thead><tbody>{rows}</tbody></table></div></details>"
    )


def facts(result: ComparisonResult, names: Mapping[str, str]) -> str:
    """One line below the title: lengths, preset, mirror."""
    parts = [
        f"{escape(names['student'])}, {clock_text(result.student.duration_s)}",
        f"{escape(names['teacher'])}, {clock_text(result.teacher.duration_s)}",
        f"{escape(result.style.replace('_', ' '))} preset",
    ]
    if result.strictness != 1.0:
        parts.append(f"strictness {result.strictness:g}")
    if result.mirrored:
        parts.append("danced as in a mirror")
    return " <span aria-hidden='true'>·</span> ".join(f"<span>{part}</span>" for part in parts)
