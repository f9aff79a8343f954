"""The report page: everything inside, and safe whatever the names are."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.pose.joint_table import JOINTS
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.mirror import mirrored_track
from coach.pose.pose_frame import missing_landmarks
from coach.report.comparison_page import SCRIPTS, MomentPictures, comparison_page, embedded_json
from coach.report.page_data import page_data
from coach.report.page_figures import DRAWN_LANDMARKS, figure_data, rounded, thinned
from coach.settings.report import PageSettings
from coach.ui.theme import contrast
from tests.builders_comparison_page import (
    HOSTILE_TITLE,
    Clip,
    hostile_clip,
    make_comparison,
)
from tests.builders_pose import make_pose_track

SETTINGS = PageSettings()
JPEG = b"\xff\xd8\xff\xe0 not really a picture"


@pytest.fixture(scope="module")
def clip() -> Clip:
    return hostile_clip()


@pytest.fixture(scope="module")
def page(clip: Clip) -> str:
    return comparison_page(*clip)


class Elements(HTMLParser):
    """All start tags, and the text of the data element."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self._open = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = dict(attrs).get("id") or tag

    def handle_data(self, data: str) -> None:
        self.texts[self._open] = self.texts.get(self._open, "") + data


def data_of(html: str) -> Any:
    return json.loads(Elements(html).texts["data"])


def test_nothing_is_loaded_from_anywhere(page: str) -> None:
    tags = Elements(page).tags
    for tag, attributes in tags:
        for name in ("src", "href", "srcset", "data", "action", "poster"):
            address = attributes.get(name)
            assert address is None or address.startswith(("#", "data:")), f"<{tag} {name}={address}>"
    assert not re.search(r"@import|url\(\s*['\"]?(?!#)", page.replace("url(#${", ""))
    policy = next(a["content"] for tag, a in tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_names_are_only_text(page: str) -> None:
    found = Elements(page)
    scripts = [attributes for tag, attributes in found.tags if tag == "script"]
    assert len(scripts) == 2
    assert not any("onclick" in attributes for _, attributes in found.tags)
    assert data_of(page)["clips"]["student"]["title"] == HOSTILE_TITLE


@settings(deadline=None)
@given(
    st.recursive(
        st.text() | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_embedded_json_is_the_same_data_and_cannot_end_its_element(data: Any) -> None:
    text = embedded_json(data)
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == data


def test_a_number_that_is_not_finite_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        embedded_json({"angle": float("nan")})


def test_words_stand_in_the_page_without_its_script(clip: Clip) -> None:
    result = clip[0]
    html = comparison_page(*clip)
    for words in (result.feedback.headline, *result.feedback.not_judged, result.score.words):
        assert escape(words) in html
    for moment in result.worst:
        assert escape(moment.words) in html
    assert 'aria-label="Score 75 of 100"' in html


def test_pictures_are_inside_and_missing_ones_are_drawn(clip: Clip) -> None:
    result = clip[0]
    found = Elements(comparison_page(*clip, pictures=[MomentPictures(JPEG, None)])).tags
    images = [attributes for tag, attributes in found if tag == "img"]
    drawn = [attributes for tag, attributes in found if tag == "canvas" and attributes.get("class") == "still"]
    assert [str(image["src"])[:23] for image in images] == ["data:image/jpeg;base64,"]
    assert len(drawn) == 2 * len(result.worst) - 1


def test_the_video_is_a_link_only_where_there_is_one(clip: Clip) -> None:
    assert 'href="side by &quot;side&quot;.mp4"' in comparison_page(*clip, video_name='side by "side".mp4')
    assert 'class="video"' not in comparison_page(*clip)


def test_the_drawn_landmarks_are_those_of_the_track(clip: Clip) -> None:
    _, teacher, _ = clip
    data = figure_data(teacher, SETTINGS)
    drawn = np.array(data["xy"], dtype=float).reshape(len(data["t"]), len(DRAWN_LANDMARKS), 2)
    kept = np.searchsorted(teacher.time_s, np.array(data["t"]) / 1000 - 1e-3)
    expected = teacher.square_xy()[kept][:, [LANDMARK_INDEX[name] for name in DRAWN_LANDMARKS]]
    assert np.abs(drawn * SETTINGS.landmark_unit - expected).max() <= SETTINGS.landmark_unit


def test_a_mirrored_teacher_is_drawn_mirrored(clip: Clip) -> None:
    result, teacher, student = clip
    plain = page_data(result, mirrored_track(teacher), student, SETTINGS)["figures"]
    turned = page_data(replace(result, mirrored=True), teacher, student, SETTINGS)["figures"]
    assert plain == turned


def test_frames_without_a_dancer_are_none_and_not_zero() -> None:
    track = make_pose_track(30)
    image = track.image.copy()
    image[10:20] = missing_landmarks()
    data = figure_data(replace(track, image=image), SETTINGS)
    row = 2 * len(DRAWN_LANDMARKS)
    assert data["xy"][12 * row : 13 * row] == [None] * row
    assert None not in data["xy"][:row]
    for name in ("centre", "floor", "size"):
        assert None not in data[name]
    nobody = figure_data(replace(track, image=np.broadcast_to(missing_landmarks(), image.shape).copy()), SETTINGS)
    assert set(nobody["xy"]) == {None}
    assert nobody["torso"] > 0


@settings(deadline=None)
@given(st.floats(0.4, 1.6), st.floats(-0.3, 0.3))
def test_a_dancer_is_drawn_equally_large_wherever_the_camera_stands(zoom: float, shift: float) -> None:
    near, far = make_pose_track(60), make_pose_track(60)
    image = far.image.copy()
    image[..., :2] = image[..., :2] * zoom + shift
    image[..., 2] *= zoom
    fine = PageSettings(landmark_unit=1e-5)
    drawn = [_in_sizes(figure_data(track, fine)) for track in (near, replace(far, image=image))]
    assert np.allclose(drawn[0], drawn[1], atol=2e-3)


def _in_sizes(data: dict[str, Any]) -> Any:
    """Landmarks as the page places them: from the centre and the floor, in standing heights."""
    points = np.array(data["xy"], dtype=float).reshape(len(data["t"]), len(DRAWN_LANDMARKS), 2)
    origin = np.stack([data["centre"], data["floor"]], axis=-1)[:, None]
    return (points - origin) / np.array(data["size"])[:, None, None]


@settings(deadline=None)
@given(
    st.lists(st.floats(0.001, 2.0), min_size=1, max_size=300),
    st.floats(1.0, 60.0),
    st.integers(2, 100),
)
def test_thinning_keeps_the_ends_and_the_limits(steps: list[float], rate_fps: float, limit: int) -> None:
    times = np.concatenate([[0.0], np.cumsum(steps)])
    kept = thinned(times, PageSettings(rate_fps=rate_fps, samples_limit=limit))
    assert kept[0] == 0
    assert kept[-1] == len(times) - 1
    assert (np.diff(kept) > 0).all()
    assert len(kept) <= max(2, limit)
    assert len(kept) <= np.ceil(times[-1] * rate_fps) + 1


def test_thinning_leaves_a_slow_track_alone() -> None:
    times = np.arange(90) / 30
    assert thinned(times, SETTINGS).tolist() == list(range(90))
    assert 44 <= len(thinned(np.arange(180) / 60, PageSettings(rate_fps=15))) <= 46


def test_rounding_says_none_for_the_unknown() -> None:
    assert rounded(np.array([1.26, np.nan, np.inf, -0.04]), 0.1) == [13, None, None, 0]


def test_the_tables_carry_one_row_for_each_joint(clip: Clip) -> None:
    frames = page_data(*clip, SETTINGS)["frames"]
    count = len(frames["teacher"])
    for name in ("angle", "target", "excess", "tolerance", "verdict"):
        assert [len(row) for row in frames[name]] == [count] * len(JOINTS)
    assert set("".join(frames["verdict"])) <= set("0123")


def test_a_long_pair_stays_small() -> None:
    teacher, student = make_pose_track(1200), make_pose_track(1200)
    html = comparison_page(make_comparison(teacher, student), teacher, student)
    assert len(html.encode()) < 3_000_000


def test_texts_are_readable_in_light_and_dark() -> None:
    css = (Path(__file__).parent.parent / "coach" / "report" / "page" / "report.css").read_text(encoding="utf-8")
    for block in re.findall(r":root \{(.*?)\}", css, re.DOTALL):
        colour = {name: tuple(bytes.fromhex(code)) for name, code in re.findall(r"--([\w-]+): #([0-9a-f]{6});", block)}
        for name in ("text", "dim", "teacher", "mistake", "accent"):
            assert contrast(colour[name], colour["card"]) >= 4.5, name
        assert contrast(colour["dim"], colour["page"]) >= 4.5
        assert contrast(colour["on-accent"], colour["accent"]) >= 4.5
        for name in ("good", "style", "student"):
            assert contrast(colour[name], colour["card"]) >= 3.0, name


def test_no_script_can_end_its_own_element() -> None:
    folder = Path(__file__).parent.parent / "coach" / "report" / "page"
    assert {path.name for path in folder.glob("*.js")} == set(SCRIPTS)
    for name in SCRIPTS:
        assert "</script" not in (folder / name).read_text(encoding="utf-8").lower()
