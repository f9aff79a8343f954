"""Early is early and late is late, by as much: dancers with exactly known timing before the live coach and offline."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coach.alignment.tracked_position import MirrorMode
from coach.comparison.compare import compare
from coach.pose.feature_vector import LIMB_FEATURES
from coach.pose.offline import clean_track
from coach.pose.pose_frame import FloatArray, PoseTrack
from coach.settings.comparison import ComparisonSettings
from coach.settings.pose import OfflineSmoothingSettings
from coach.vision.mask_shapes import MaskShapes
from tests.bench.judging_dances import Dance, at_places, danced, drawn_movement, sensed
from tests.bench.judging_plants import Plant, late_limb, other_proportions
from tests.bench.tracking_cases import AHEAD_S
from tests.bench.tracking_footage import landmarks
from tests.builders_alignment import RandomRoutine, regular_times
from tests.builders_comparison import dance
from tests.builders_timing import Shifted, clip_of, shifted, told_live, told_offline

LIVE_MS, OFFLINE_MS = 15.0, 10.0
"""By how much the median may be wrong."""
FREE_S = 2.0


def part(track: PoseTrack, start_s: float, end_s: float) -> PoseTrack:
    """A stretch, from time 0 on."""
    rows = (track.time_s >= start_s) & (track.time_s < end_s)
    return PoseTrack(track.time_s[rows] - start_s, track.image[rows], track.world[rows], track.frame_size_px)


@pytest.fixture(scope="module", params=["drawn", "random"])
def movement(request: pytest.FixtureRequest) -> PoseTrack:
    """The built-in routine, and one of random poses: 60 frames a second, so that a shift of any size is exact."""
    if request.param == "drawn":
        return part(drawn_movement(), 4.0, 24.0)
    return RandomRoutine(8, 20.0).track(regular_times(20.0, 60.0))


def live_ms(movement: PoseTrack, one: Shifted, seen: PoseTrack, *, with_music: bool = True) -> float:
    told = told_live(danced(movement).track, seen, one.music_s, with_music=with_music)
    return float(np.nanmedian(told.raw_ms[seen.time_s >= FREE_S]))


@pytest.mark.parametrize(("early_ms", "phase"), [(-200.0, 0.0), (-80.0, 0.3), (0.0, 0.5), (60.0, 0.8), (200.0, 0.2)])
def test_live_and_offline_tell_the_same_truth(movement: PoseTrack, early_ms: float, phase: float) -> None:
    """Another body, a noisy sensor, pictures between those of the teacher."""
    one = shifted(movement, early_ms, phase=phase)
    seen = sensed(other_proportions(one.dance, 1.12, 0.96), 30.0, seed=7).track
    assert live_ms(movement, one, seen) == pytest.approx(early_ms, abs=LIVE_MS)
    assert live_ms(movement, one, seen, with_music=False) == pytest.approx(early_ms, abs=LIVE_MS)
    offline_ms = told_offline(clip_of(danced(movement).track), clip_of(seen), -float(one.music_s[0]))
    assert np.median(offline_ms) == pytest.approx(early_ms, abs=OFFLINE_MS)


@pytest.mark.parametrize(
    ("fps", "first_late_s"), [(15.0, 0.0), (24.0, 0.0), (30.0, 0.012), (60.0, 0.0), (60.0, 0.008), (120.0, 0.0)]
)
def test_no_frame_rate_makes_late(movement: PoseTrack, fps: float, first_late_s: float) -> None:
    """Nor a first picture that is stamped late, as cameras do that are still starting."""
    one = shifted(movement, 0.0, fps=fps, phase=0.4, first_late_s=first_late_s)
    assert live_ms(movement, one, one.dance.track) == pytest.approx(0.0, abs=6.0)


@pytest.mark.parametrize("tempo", [0.5, 0.7, 0.9, 1.2, 1.4])
def test_nobody_is_early_for_being_slow(movement: PoseTrack, tempo: float) -> None:
    """Music and dancer together at another speed than the teacher's; without music, up to what the pace leaves."""
    teacher = danced(movement).track
    times = np.arange(int((movement.time_s[-1] - 0.5) / tempo * 30.0)) / 30.0
    slow = Dance(tempo * times, at_places(movement, tempo * times, times))
    seen = sensed(other_proportions(slow, 1.12, 0.96), 30.0, seed=7).track
    counted = seen.time_s >= 4.0
    for with_music, most_ms in ((True, 10.0), (False, 50.0)):
        told = told_live(teacher, seen, tempo * times, with_music=with_music)
        off_ms = told.raw_ms[counted]
        assert abs(np.nanmedian(off_ms)) <= most_ms
        assert np.isnan(off_ms).mean() < 0.05


@pytest.mark.parametrize("phase", [0.0, 0.25, 0.5, 0.75])
def test_a_part_of_a_frame_is_no_lateness_offline(phase: float) -> None:
    movement = part(drawn_movement(), 4.0, 16.0)
    for early_ms in (0.0, -40.0):
        one = shifted(movement, early_ms, phase=phase)
        told_ms = told_offline(clip_of(danced(movement).track), clip_of(one.dance.track), -float(one.music_s[0]))
        assert np.median(told_ms) == pytest.approx(early_ms, abs=3.0)


@pytest.mark.parametrize("early_ms", [-120.0, 70.0])
def test_the_whole_comparison_goes_by_the_sound(early_ms: float) -> None:
    """Two films of the same music, the student early or late to it."""
    teacher = dance(2.0, 14.0)
    moved_s = np.clip(teacher.track.time_s + 1e-3 * early_ms, 0.0, teacher.track.time_s[-1])
    student = replace(teacher, track=at_places(teacher.track, moved_s, teacher.track.time_s))
    timing = compare(teacher, student, MaskShapes(), ComparisonSettings(), MirrorMode.OFF).timing
    assert timing.median_ms == pytest.approx(early_ms, abs=OFFLINE_MS)
    assert ("early" if early_ms > 0 else "late") in timing.words


@pytest.mark.parametrize("fps", [15.0, 24.0, 30.0, 60.0])
def test_no_limb_is_late_because_of_the_references_frames(movement: PoseTrack, fps: float) -> None:
    teacher = danced(movement, fps=fps).track
    for phase in (0.1, 0.6):
        one = shifted(movement, 0.0, phase=phase)
        told = told_live(teacher, one.dance.track, one.music_s)
        for limb in LIMB_FEATURES:
            assert np.nanmedian(told.limbs_ms[limb][60:]) == pytest.approx(0.0, abs=8.0)


@pytest.mark.parametrize(("limb", "size_ms"), [("left_arm", -200.0), ("right_arm", 150.0), ("left_leg", -150.0)])
def test_a_late_limb_makes_no_other_early(movement: PoseTrack, limb: str, size_ms: float) -> None:
    """The followed place is drawn after an arm; what the limbs are told is not."""
    one = shifted(movement, 0.0)
    out = late_limb(one.dance, Plant("late", limb, size_ms, 0.0, np.inf), movement)
    told = told_live(danced(movement).track, sensed(out, 30.0, seed=5).track, one.music_s).limbs_ms
    middles = {name: float(np.nanmedian(values[60:])) for name, values in told.items()}
    assert middles.pop(limb) == pytest.approx(size_ms, abs=25.0)
    assert max(map(abs, middles.values())) < 20.0


@pytest.fixture(scope="module")
def pair(footage: Path) -> dict[str, PoseTrack]:
    """The two filmed dancers, every other picture, as the sensor saw them."""
    return {who: landmarks(footage / f"{who}.mp4", "plain", 2) for who in ("teacher", "student")}


def smoothed(track: PoseTrack) -> PoseTrack:
    return clean_track(track, OfflineSmoothingSettings())


@pytest.mark.parametrize("early_ms", [-100.0, 0.0, 50.0])
def test_a_filmed_dancer_against_the_own_movement(pair: dict[str, PoseTrack], early_ms: float) -> None:
    for track in map(smoothed, pair.values()):
        one = shifted(track, early_ms, fps=30.0, phase=0.3)
        seen = sensed(one.dance, 30.0, seed=9).track
        told = told_live(track, seen, one.music_s)
        assert np.nanmedian(told.raw_ms[60:]) == pytest.approx(early_ms, abs=LIVE_MS)
        offline_ms = told_offline(clip_of(track), clip_of(seen), -float(one.music_s[0]))
        assert np.median(offline_ms) == pytest.approx(early_ms, abs=OFFLINE_MS)


def test_two_dancers_change_roles_and_the_sign_changes(pair: dict[str, PoseTrack]) -> None:
    """Who of two dancers is early has no known truth, but whatever the coach adds of its own does not change sign.

    The sound's clock is the same for both. What is left is the student's: early, by cross-correlation of how both move
    (without poses at that, in the pictures alone) by 40 to 60 ms.
    """
    live, offline = [], []
    for teacher, student, ahead_s in (("teacher", "student", AHEAD_S), ("student", "teacher", -AHEAD_S)):
        start_s = max(0.0, ahead_s)
        seen = part(pair[student], start_s, start_s + 29.0)
        told = told_live(smoothed(pair[teacher]), seen, seen.time_s + start_s - ahead_s)
        near: FloatArray = told.raw_ms[(seen.time_s >= FREE_S) & (np.abs(told.raw_ms) < 400.0)]
        live.append(float(np.median(near)))
        first_s = start_s + float(seen.time_s[0])
        offline.append(float(np.median(told_offline(clip_of(pair[teacher]), clip_of(seen), ahead_s - first_s))))
    assert sum(live) / 2 == pytest.approx(0.0, abs=LIVE_MS)
    assert sum(offline) / 2 == pytest.approx(0.0, abs=OFFLINE_MS)
    assert live[0] > 0 > live[1]
    assert offline[0] > 0 > offline[1]
    assert live[0] - live[1] == pytest.approx(offline[0] - offline[1], abs=50.0)
