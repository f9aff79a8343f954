"""The guide to a good place: one instruction at a time, ready by itself after two good seconds."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.errors import SettingsError
from coach.judging.cue_texts import LANGUAGES, CueTexts
from coach.judging.framing import FramingJudge, faults
from coach.judging.verdicts import FramingHint
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.observation import Observation, PictureFlags
from coach.pose.pose_frame import PoseFrame
from coach.practice.framing_guide import FramingGuide, GuideReading
from coach.settings.cues import FramingSettings
from coach.settings.framing_guide import GuideSettings
from coach.settings.ui import UiSettings
from coach.ui.canvas import Canvas
from coach.ui.framing_outline import draw_framing_outline, outline_points
from coach.ui.look import Look
from coach.ui.picture import PicturePlace
from coach.ui.surfaces import new_surface, paint
from coach.ui.words_framing import FRAMING_WORDS, guide_text
from tests.builders_pose import make_pose_frame

GUIDE, WHOLE = GuideSettings(), FramingSettings()
UPPER = replace(WHOLE, upper_body_only=True)
SIZE_PX = (640, 480)


def observation(time_s: float, picture: PictureFlags = PictureFlags.NONE, *, here: bool = True) -> Observation:
    pose = make_pose_frame(time_s, height=0.7, frame_size_px=SIZE_PX) if here else PoseFrame.missing(time_s, SIZE_PX)
    return Observation(pose, picture=picture)


class Watched:
    """Judge and guide together, as a scene has them."""

    def __init__(self, framing: FramingSettings = WHOLE) -> None:
        self.judge, self.guide = FramingJudge(framing), FramingGuide(GUIDE, framing)

    def step(self, one: Observation) -> GuideReading:
        return self.guide.step(one, self.judge.step(one, one.time_s), one.time_s)


def test_the_builder_stands_well() -> None:
    assert not faults(observation(0.0), WHOLE)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0.01, 0.2), min_size=250, max_size=260))
def test_ready_after_two_good_seconds_at_any_frame_rate(gaps_s: list[float]) -> None:
    watched, time_s = Watched(), 0.0
    for gap_s in gaps_s:
        reading = watched.step(observation(time_s))
        assert reading.instruction is None
        assert reading.ready is (time_s >= GUIDE.ready_after_s - 1e-9)
        assert reading.ok_share == pytest.approx(min(time_s / GUIDE.ready_after_s, 1.0))
        if reading.ready:
            return
        time_s += gap_s
    pytest.fail("never ready")


def test_a_blink_of_the_sensor_costs_little_and_a_fault_starts_again() -> None:
    watched = Watched()
    for index in range(30):
        watched.step(observation(index / 30, here=index != 20))
    assert watched.step(observation(1.0)).ok_share > 0.4
    for index in range(30, 45):
        reading = watched.step(observation(index / 30, here=False))
    assert reading.ok_share == 0.0
    assert not reading.ready


def test_a_gap_without_pictures_is_no_good_time() -> None:
    watched = Watched()
    watched.step(observation(0.0))
    assert not watched.step(observation(5.0)).ready


@pytest.mark.parametrize(
    ("flag", "hint"),
    [
        (PictureFlags.DARK, FramingHint.DARK),
        (PictureFlags.BLURRED, FramingHint.BLURRED),
        (PictureFlags.SECOND_PERSON, FramingHint.SECOND_PERSON),
        (PictureFlags.CAMERA_MOVED, FramingHint.CAMERA_MOVED),
    ],
)
def test_faults_of_the_picture_are_told_and_keep_from_starting(flag: PictureFlags, hint: FramingHint) -> None:
    watched = Watched()
    readings = [watched.step(observation(index / 15, flag)) for index in range(60)]
    assert readings[-1].instruction is hint
    assert not any(reading.ready for reading in readings)


def test_one_instruction_at_a_time_and_each_can_be_read() -> None:
    guide = FramingGuide(GUIDE, WHOLE)
    hints = [FramingHint.DARK, FramingHint.TOO_NEAR, FramingHint.OFF_CENTRE] * 20
    shown = [
        guide.step(observation(index / 10, PictureFlags.DARK), hint, index / 10).instruction
        for index, hint in enumerate(hints)
    ]
    changes = [i for i in range(1, len(shown)) if shown[i] is not shown[i - 1]]
    assert len(changes) > 2
    assert all(later - earlier >= 10 for earlier, later in pairwise(changes))


def test_that_all_is_well_is_said_at_once() -> None:
    guide = FramingGuide(GUIDE, WHOLE)
    guide.step(observation(0.0, PictureFlags.DARK), FramingHint.DARK, 0.0)
    assert guide.step(observation(0.1), None, 0.1).instruction is None


def test_upper_body_only_wants_no_feet() -> None:
    pose = make_pose_frame(0.0, height=0.7, frame_size_px=SIZE_PX)
    image = pose.image.copy()
    image[LANDMARK_INDEX["left_knee"] :, 1] += 0.5
    cut = Observation(pose.with_image(image))
    assert FramingHint.FEET_CUT_OFF in faults(cut, WHOLE)
    watched = Watched(UPPER)
    for index in range(70):
        reading = watched.step(Observation(replace(pose.with_image(image), time_s=index / 30)))
    assert reading.ready


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_words(language: str) -> None:
    texts, words = CueTexts(language), FRAMING_WORDS[language]
    assert guide_text(GuideReading(None, 0.0, False), texts) == words.stand
    assert guide_text(GuideReading(None, 0.0, False), texts, upper_body_only=True) == words.stand_upper
    assert guide_text(GuideReading(None, 0.4, False), texts) == words.stay
    assert guide_text(GuideReading(None, 1.0, True), texts) == words.ready
    for hint in FramingHint:
        assert guide_text(GuideReading(hint, 0.0, False), texts) == texts.framing(hint).text
    assert all(vars(words).values())


@pytest.mark.parametrize("size_px", [(1280, 720), (640, 480), (405, 720)])
def test_who_fills_the_outline_stands_well(size_px: tuple[int, int]) -> None:
    points = outline_points(size_px, upper_body_only=False)
    model = make_pose_frame(0.0, height=0.7, frame_size_px=size_px)
    image = model.image.copy()
    named = np.isfinite(points[:, 0])
    image[named, :2] = points[named] / size_px
    assert not faults(Observation(model.with_image(image)), WHOLE)


@pytest.mark.parametrize("upper", [False, True])
@pytest.mark.parametrize("size_px", [(1280, 720), (640, 480), (405, 720)])
def test_the_outline_lies_in_the_picture_and_legs_only_where_wanted(size_px: tuple[int, int], upper: bool) -> None:
    points = outline_points(size_px, upper_body_only=upper)
    known = points[np.isfinite(points[:, 0])]
    assert ((known >= 0) & (known <= size_px)).all()
    assert np.isnan(points[LANDMARK_INDEX["left_knee"]]).all() == upper
    assert known[:, 0].mean() == pytest.approx(size_px[0] / 2)


@pytest.mark.parametrize("look", [Look(), Look("light"), Look("high-contrast")], ids=lambda look: look.theme_name)
def test_the_outline_turns_good(look: Look) -> None:
    def drawn(reading: GuideReading) -> np.ndarray:
        canvas, surface = Canvas(UiSettings(), look), new_surface(SIZE_PX)
        canvas.begin(surface)
        draw_framing_outline(canvas, PicturePlace(pygame.Rect(0, 0, *SIZE_PX), True), reading)
        kept: list[np.ndarray] = []
        paint(surface, lambda pixels: kept.append(pixels[..., :3].astype(int)))
        return kept[0]

    wrong = drawn(GuideReading(FramingHint.OFF_CENTRE, 0.0, False))
    half, ready = drawn(GuideReading(None, 0.5, False)), drawn(GuideReading(None, 1.0, True))
    assert wrong.sum() > 0
    assert np.ptp(wrong, axis=-1).max() < 40, "not well: no colour"
    green = half[..., 1] - half[..., 2]
    assert green.max() > 60
    assert half.sum() < ready.sum()


def test_settings_are_checked() -> None:
    with pytest.raises(SettingsError, match="grace_s"):
        GuideSettings(grace_s=3.0)
    with pytest.raises(SettingsError, match="ready_after_s"):
        GuideSettings(ready_after_s=0.0)


@pytest.mark.parametrize("upper_body_only", [False, True])
def test_the_outline_is_whole_though_its_pane_is_no_larger_than_it_must_be(upper_body_only: bool) -> None:
    """Panes as large as the picture, one for each step of its filling, would push everything else out of the cache."""
    canvas, surface = Canvas(UiSettings()), new_surface((1920, 1080))
    canvas.begin(surface)
    place = PicturePlace(pygame.Rect(100, 50, 1600, 900), True)
    for share in np.linspace(0.0, 1.0, 9):
        draw_framing_outline(canvas, place, GuideReading(None, float(share), False), upper_body_only=upper_body_only)
    assert canvas.cache.bytes_count < 0.75 * canvas.settings.window.cache_bytes_count
    kept: list[np.ndarray] = []
    paint(surface, lambda pixels: kept.append(pixels[..., :3].max(axis=-1)))
    rows, columns = np.flatnonzero(kept[0].any(axis=1)), np.flatnonzero(kept[0].any(axis=0))
    points = np.array(place.rect.topleft) + outline_points(place.rect.size, upper_body_only=upper_body_only)
    low, high = np.nanmin(points, axis=0), np.nanmax(points, axis=0)
    assert columns[0] < low[0] - 5
    assert columns[-1] > high[0] + 5
    assert rows[0] < low[1] - 5
    assert rows[-1] > min(high[1], 945) + 2
