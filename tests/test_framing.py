"""One framing hint at a time, steady, and only when it helps."""

from __future__ import annotations

import numpy as np
import pytest

from coach.errors import SettingsError
from coach.judging.framing import FramingJudge, faults
from coach.judging.verdicts import FramingHint
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.observation import Observation, PictureFlags
from coach.pose.pose_frame import PoseFrame
from coach.settings.cues import FramingSettings
from tests.builders_pose import make_pose_frame

SETTINGS = FramingSettings()
GOOD = {"height": 0.7, "centre": (0.5, 0.5)}
LEGS = [f"{side}_{part}" for side in ("left", "right") for part in ("knee", "ankle", "heel", "foot_index")]


def seen(time_s: float = 0.0, picture: PictureFlags = PictureFlags.NONE, **pose: object) -> Observation:
    return Observation(make_pose_frame(time_s, **(GOOD | pose)), picture=picture)


def nobody(time_s: float) -> Observation:
    return Observation(PoseFrame.missing(time_s, (640, 480)))


def with_ankles_at(y: float, time_s: float = 0.0, visibility: float = 0.99) -> Observation:
    pose = make_pose_frame(time_s, **GOOD)
    image = pose.image.copy()
    for side in ("left", "right"):
        image[LANDMARK_INDEX[f"{side}_ankle"], 1] = y
        image[LANDMARK_INDEX[f"{side}_ankle"], 3] = visibility
    return Observation(pose.with_image(image))


@pytest.mark.parametrize(
    ("observation", "expected"),
    [
        (seen(), set()),
        (nobody(0.0), {FramingHint.NOBODY}),
        (seen(height=1.6, centre=(0.5, 0.75)), {FramingHint.TOO_NEAR, FramingHint.FEET_CUT_OFF}),
        (seen(centre=(0.5, 0.75)), {FramingHint.FEET_CUT_OFF}),
        (with_ankles_at(1.05), {FramingHint.FEET_CUT_OFF}),
        (seen(centre=(0.5, 0.25)), {FramingHint.HEAD_CUT_OFF}),
        (seen(height=0.95, arms_deg=170.0, centre=(0.5, 0.52)), {FramingHint.ARMS_CUT_OFF}),
        (seen(height=0.2), {FramingHint.TOO_FAR}),
        (seen(centre=(0.08, 0.5), arms_deg=5.0, height=0.4), {FramingHint.OFF_CENTRE}),
        (seen(picture=PictureFlags.DARK | PictureFlags.SECOND_PERSON), {FramingHint.DARK, FramingHint.SECOND_PERSON}),
        (seen(picture=PictureFlags.FROZEN), {FramingHint.CAMERA_FROZEN}),
    ],
)
def test_faults_of_one_frame(observation, expected):
    found = faults(observation, SETTINGS)
    assert expected <= found
    assert found - expected <= {FramingHint.ARMS_CUT_OFF}


def test_unseen_ankles_that_would_be_in_the_picture_are_no_reason_to_step_back():
    assert FramingHint.FEET_CUT_OFF not in faults(with_ankles_at(np.nan, visibility=0.0), SETTINGS)


def test_upper_body_mode_never_speaks_of_legs():
    settings = FramingSettings(upper_body_only=True)
    for observation in (seen(centre=(0.5, 0.75)), seen(hidden=LEGS), with_ankles_at(1.3)):
        assert faults(observation, settings) <= {FramingHint.ARMS_CUT_OFF}


@pytest.mark.parametrize("fps", [15.0, 30.0, 60.0])
def test_a_hint_needs_half_a_second_and_goes_after_half_a_second(fps):
    judge = FramingJudge(SETTINGS)
    shown = []
    for index in range(int(4 * fps)):
        time_s = index / fps
        away = 1.0 <= time_s < 2.5
        shown.append((time_s, judge.step(nobody(time_s) if away else seen(time_s), time_s)))
    on = [time_s for time_s, hint in shown if hint is FramingHint.NOBODY]
    assert 1.4 <= min(on) <= 1.6
    assert 2.9 <= max(on) <= 3.1


def test_a_passing_fault_is_not_mentioned():
    judge = FramingJudge(SETTINGS)
    for index in range(150):
        time_s = index / 30
        away = index % 15 < 6
        assert judge.step(nobody(time_s) if away else seen(time_s), time_s) is None


def test_the_most_urgent_hint_comes_first():
    judge = FramingJudge(SETTINGS)
    for index in range(90):
        hint = judge.step(seen(index / 30, PictureFlags.DARK, height=1.6, centre=(0.5, 0.75)), index / 30)
    assert hint is FramingHint.TOO_NEAR


def test_settings_are_checked():
    with pytest.raises(SettingsError):
        FramingSettings(too_small=2.0)
