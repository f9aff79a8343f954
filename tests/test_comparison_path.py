"""The warping path: active range, slope limits, the band, and the offset from movement alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.alignment.offline_dtw import Band, align
from coach.alignment.tracked_position import MirrorMode
from coach.comparison.active_range import active_range_s, movement_energy
from coach.comparison.errors import NothingInCommonError
from coach.comparison.movement_sync import agreement, movement_fit
from coach.comparison.result.alignment import Alignment
from coach.comparison.result.sync import SoundRelation, SyncMethod
from coach.comparison.slope_limit import limit_slope, smooth
from coach.comparison.synchronise import Clip, synchronise
from coach.comparison.timing import span_text, timing_ms, timing_result
from coach.comparison.warping import warp
from coach.pose.feature_vector import features_of_track
from coach.pose.mirror import mirrored_reference
from coach.pose.reference import Audio
from coach.settings.alignment import AlignmentSettings
from coach.settings.comparison import ComparisonSettings
from tests.builders_alignment import TALL, RandomRoutine, regular_times
from tests.builders_comparison import dance, rearranged, scaled, slowed, whole_dance

SETTINGS = ComparisonSettings()
EVIDENCE = AlignmentSettings().evidence


def clip(reference: object) -> Clip:
    return Clip.of_reference(reference, SETTINGS)  # type: ignore[arg-type]


@settings(deadline=None)
@given(st.lists(st.floats(-2.0, 5.0), min_size=2, max_size=60), st.floats(0.02, 0.2))
def test_slopes_stay_within_the_limits(steps: list[float], gap_s: float) -> None:
    times = np.arange(len(steps)) * gap_s
    places = np.cumsum(steps)
    limited = limit_slope(times, places, 0.2, 4.0)
    slopes = np.diff(limited) / gap_s
    assert slopes.min() >= 0.2 - 1e-6
    assert slopes.max() <= 4.0 + 1e-6
    np.testing.assert_allclose(limit_slope(times, limited, 0.2, 4.0), limited, atol=1e-9)


@settings(deadline=None)
@given(st.floats(0.2, 4.0), st.floats(-5.0, 5.0), st.floats(0.05, 1.0))
def test_a_straight_line_is_left_alone(slope: float, start: float, width_s: float) -> None:
    times = np.arange(50) / 30
    line = start + slope * times
    np.testing.assert_allclose(limit_slope(times, line, 0.2, 4.0), line, atol=1e-9)
    np.testing.assert_allclose(smooth(times, line, width_s), line, atol=1e-6)


def test_path_both_ways() -> None:
    path = Alignment(np.array([[1.0, 0.0], [2.0, 1.0], [3.0, 1.0], [4.0, 3.0]]), np.zeros(4))
    np.testing.assert_allclose(path.teacher_at(np.array([0.5, 1.5, 3.5, 4.0, 9.0])), [np.nan, 0.5, 2.0, 3.0, np.nan])
    assert float(path.student_at(1.0)) == pytest.approx(2.5)
    assert float(path.student_at(2.0)) == pytest.approx(3.25)


def test_without_a_path_no_place_is_known() -> None:
    path = Alignment(np.zeros((0, 2)), np.zeros(0))
    for places in (path.teacher_at, path.student_at):
        assert np.isnan(places(1.0))
        assert np.isnan(places(np.array([[0.0, 1.0]]))).tolist() == [[True, True]]


def test_active_range_leaves_standing_about_out() -> None:
    times = np.arange(300) / 30
    energy = np.where((times > 2.0) & (times < 8.0), 0.5, 0.01)
    energy[15] = 0.9  # a twitch is no dance
    start_s, end_s = active_range_s(energy, times, SETTINGS.warping)
    assert start_s == pytest.approx(2.0, abs=0.3)
    assert end_s == pytest.approx(8.0, abs=0.3)
    assert active_range_s(np.zeros(300), times, SETTINGS.warping) == (0.0, pytest.approx(299 / 30))


def test_without_flow_the_pose_tells_where_movement_is() -> None:
    reference = dance()
    silent = replace(reference, flow_energy=np.full(reference.frame_count, np.nan))
    energy = movement_energy(silent)
    assert energy.shape == (reference.frame_count,)
    assert energy.max() > 0


def test_the_band_holds_the_path() -> None:
    """The dance repeats every 4 s: without the band a clip that begins late may land on any round."""
    routine = RandomRoutine(8, 20.0, repeat_s=4.0)
    times = regular_times(20.0)
    features = features_of_track(routine.track(times))
    part = features_of_track(routine.track(regular_times(6.0), regular_times(6.0) + 9.0, noise=0.02))
    found = align(features, times, part, regular_times(6.0) + 100.0, AlignmentSettings(), Band(91.0, 0.5))
    assert np.abs(found.student_s - found.teacher_s - 91.0).max() <= 0.5 + 1 / 30
    assert np.abs(found.teacher_at(np.arange(101.0, 105.0, 0.1)) - np.arange(10.0, 14.0, 0.1)).max() < 0.15


@settings(max_examples=25, deadline=None)
@given(st.floats(-3.0, 3.0))
def test_offset_from_movement_alone(offset_s: float) -> None:
    routine = RandomRoutine(11, 14.0)
    times = regular_times(14.0)
    student = routine.track(times, times - offset_s, body=TALL, noise=0.02)
    fit = movement_fit(
        features_of_track(routine.track(times)), times, features_of_track(student), times, EVIDENCE, SETTINGS.movement
    )
    found_s, mismatch = fit.best()
    assert found_s == pytest.approx(offset_s, abs=0.1)
    assert agreement(mismatch, SETTINGS.movement) > 0.5


def test_another_dance_agrees_far_less() -> None:
    first, second = dance(2.0, 11.0), dance(26.0, 36.0)
    own, other = (
        movement_fit(clip(first).features, clip(first).time_s, clip(student).features, clip(student).time_s,
                     EVIDENCE, SETTINGS.movement).best()[1]
        for student in (scaled(first, 0.8), second)
    )  # fmt: skip
    assert agreement(own, SETTINGS.movement) == 1.0
    assert agreement(other, SETTINGS.movement) < 0.7


def test_the_mirror_image_is_found_and_can_be_told() -> None:
    teacher, student = clip(dance()), clip(mirrored_reference(dance()))
    assert synchronise(teacher, student, SETTINGS, MirrorMode.AUTO).mirrored
    assert synchronise(teacher, student, SETTINGS, MirrorMode.ON).mirrored
    assert not synchronise(teacher, student, SETTINGS, MirrorMode.OFF).mirrored
    assert not synchronise(teacher, teacher, SETTINGS, MirrorMode.AUTO).mirrored


def test_movement_chooses_among_repeats_of_the_music() -> None:
    """The same eight bars again and again; only the movement knows which round it is."""
    reference = dance(2.0, 14.0)
    assert reference.audio is not None
    rate_hz = reference.audio.rate_hz
    rng = np.random.default_rng(0)
    round_ = (rng.normal(size=4 * rate_hz) * 5000).astype(np.int16)
    teacher = replace(reference, audio=Audio(np.tile(round_, 3), rate_hz))
    later = rearranged(reference, np.arange(120, 240), reference.track.time_s[:120])
    student = replace(later, audio=Audio(np.tile(round_, 1), rate_hz))
    found = synchronise(clip(teacher), clip(student), SETTINGS, MirrorMode.OFF).sync
    assert len(found.peaks) > 1
    assert found.offset_s == pytest.approx(-4.0, abs=0.05)
    assert "repeats" in found.words


def test_what_the_sound_can_say_is_said() -> None:
    reference = dance()
    silent = replace(reference, audio=None)
    assert synchronise(clip(reference), clip(reference), SETTINGS, MirrorMode.OFF).sync.method is SyncMethod.SOUND
    found = synchronise(clip(reference), clip(silent), SETTINGS, MirrorMode.OFF).sync
    assert (found.method, found.sound) == (SyncMethod.MOVEMENT, SoundRelation.MISSING)
    assert "no sound" in found.words
    noise = Audio((np.random.default_rng(0).normal(size=22050 * 12) * 3000).astype(np.int16), 22050)
    found = synchronise(clip(reference), clip(replace(reference, audio=noise)), SETTINGS, MirrorMode.OFF).sync
    assert (found.method, found.sound) == (SyncMethod.MOVEMENT, SoundRelation.DIFFERENT)
    assert found.offset_s == pytest.approx(0.0, abs=0.1)
    assert "no sound in common" in found.words


def test_intersection_of_two_parts() -> None:
    """The student's film begins 2 s later and ends 3 s earlier than the teacher's."""
    teacher, part = dance(2.0, 14.0), dance(4.0, 11.0)
    sides = clip(teacher), clip(part)
    found = warp(*sides, synchronise(*sides, SETTINGS, MirrorMode.OFF), SETTINGS)
    assert found.teacher_common_s == pytest.approx((2.0, 9.0), abs=0.15)
    assert found.student_common_s == pytest.approx((0.0, 7.0), abs=0.15)
    assert found.fits.all()


@pytest.mark.parametrize("factor", [0.9, 1.1])
def test_another_tempo_is_followed_and_told(factor: float) -> None:
    teacher = dance()
    sides = clip(teacher), clip(slowed(teacher, factor))
    synchronised = synchronise(*sides, SETTINGS, MirrorMode.OFF)
    found = warp(*sides, synchronised, SETTINGS)
    path = found.alignment.path_s
    assert np.abs(path[:, 1] - path[:, 0] / factor).max() < 0.1
    early_ms, tempo = timing_ms(found, synchronised.sync)
    assert tempo == pytest.approx(1 / factor, abs=0.01)
    words = timing_result(early_ms, tempo, synchronised.sync, 60 / 104, 100.0).words
    assert ("slower" if factor > 1 else "faster") in words


def test_late_by_a_count_is_said_in_counts() -> None:
    teacher = dance()
    sound = teacher.audio
    assert sound is not None
    late = rearranged(teacher, np.maximum(np.arange(teacher.frame_count) - 9, 0), teacher.track.time_s)
    sides = clip(teacher), clip(replace(late, audio=sound))
    synchronised = synchronise(*sides, SETTINGS, MirrorMode.OFF)
    found = warp(*sides, synchronised, SETTINGS)
    result = timing_result(*timing_ms(found, synchronised.sync), synchronised.sync, 60 / 104, 100.0)
    assert result.median_ms == pytest.approx(-300, abs=40)
    assert "late" in result.words
    assert "count" in result.words


def test_clips_without_anything_in_common() -> None:
    short = dance(2.0, 3.2)
    sides = clip(whole_dance()), clip(short)
    with pytest.raises(NothingInCommonError, match="in common"):
        warp(*sides, synchronise(*sides, SETTINGS, MirrorMode.OFF), SETTINGS)


def test_time_spans_in_words() -> None:
    assert span_text(14.2, 16.9) == "0:14-0:16"
    assert span_text(14.2, 14.9) == "0:14"
