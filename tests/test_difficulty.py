"""How hard a dance is: faster, wider and with more limbs is harder; what was not seen is not guessed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.errors import SettingsError
from coach.pose.pose_frame import PoseTrack
from coach.practice.difficulty import Difficulty, estimate_difficulty
from coach.settings.home import DifficultySettings, HomeSettings
from tests.builders_pose import make_pose_track
from tests.builders_session import truth_reference

SETTINGS = DifficultySettings()
BEATS_S = np.arange(0.0, 6.0, 0.5)


def swinging(width_deg: float, per_s: float = 1.0, legs_deg: float = 0.0) -> PoseTrack:
    def pose_at(time_s: float) -> dict[str, object]:
        swing = np.sin(2 * np.pi * per_s * time_s)
        return {"arms_deg": 70.0 + width_deg * swing, "legs_deg": 15.0 + legs_deg * swing}

    return make_pose_track(180, pose_at=pose_at)


def of(track: PoseTrack) -> Difficulty:
    found = estimate_difficulty(track, BEATS_S, SETTINGS)
    assert found is not None
    return found


def test_standing_still_is_the_easiest() -> None:
    still = of(swinging(0.0))
    assert still.level == 1
    assert still.limbs_per_beat == 0.0


def test_wider_faster_and_with_legs_is_harder() -> None:
    small, wide = of(swinging(10.0)), of(swinging(60.0))
    assert wide.range_per_beat > 2 * small.range_per_beat
    assert wide.speed > small.speed
    quick, legs = of(swinging(60.0, 2.0)), of(swinging(60.0, 2.0, 12.0))
    assert quick.speed > 1.5 * wide.speed
    assert legs.limbs_per_beat > quick.limbs_per_beat
    levels = [one.level for one in (small, wide, quick, legs)]
    assert levels == sorted(levels)
    assert levels[0] < levels[-1] <= SETTINGS.levels


@settings(max_examples=20, deadline=None)
@given(st.floats(0.3, 3.0), st.integers(200, 1200))
def test_size_and_place_in_the_picture_do_not_matter(zoom: float, width_px: int) -> None:
    track = swinging(45.0)
    image = track.image.copy()
    image[..., :2] = 0.5 + (image[..., :2] - 0.5) * zoom * 0.3
    near = replace(track, image=image)
    assert of(near).speed == pytest.approx(of(track).speed, rel=0.02)
    assert of(near).level == of(track).level


def test_the_first_steps_are_easy() -> None:
    reference = truth_reference()
    found = estimate_difficulty(reference.track, reference.beats_s, SETTINGS)
    assert found is not None
    assert found.level in (1, 2)


def test_without_beats_half_seconds_count() -> None:
    track = swinging(45.0)
    found = estimate_difficulty(track, np.zeros(0), SETTINGS)
    assert found is not None
    assert found.range_per_beat == pytest.approx(of(track).range_per_beat, rel=0.1)


def test_nobody_is_not_judged() -> None:
    track = swinging(45.0)
    nobody = replace(track, image=np.full_like(track.image, np.nan))
    assert estimate_difficulty(nobody, BEATS_S, SETTINGS) is None


def test_a_limb_that_is_never_seen_counts_as_still() -> None:
    track = swinging(60.0)
    image = track.image.copy()
    image[:, 15:23:2] = np.nan
    found = estimate_difficulty(replace(track, image=image), BEATS_S, SETTINGS)
    assert found is not None
    assert found.limbs_per_beat < of(track).limbs_per_beat


def test_settings_are_checked() -> None:
    with pytest.raises(SettingsError, match="easy_speed"):
        DifficultySettings(easy_speed=0.9)
    with pytest.raises(SettingsError, match="scroll_s"):
        HomeSettings(scroll_s=0.0)
