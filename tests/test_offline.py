"""From a raw recorded stream to a reference."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from coach.errors import CoachError, SettingsError
from coach.pose.joint_angles import joint_angles_deg
from coach.pose.key_moments import key_moments_s, pose_speed
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.offline import NoDancerError, build_reference, increasing
from coach.pose.pose_frame import PoseFrame
from coach.pose.reference import Audio, ReferenceInfo, Section
from coach.settings.pose import KeyMomentSettings, OfflineSettings, PoseSettings
from tests.builders_pose import make_observation, make_pose_frame, make_pose_frames, make_pose_track

INFO = ReferenceInfo(name="waltz", title="Waltz")
WRIST = LANDMARK_INDEX["left_wrist"]


def _observations(n: int = 60, fps: float = 30.0, **options):
    return [make_observation(frame) for frame in make_pose_frames(n, fps, **options)]


def test_a_recording_becomes_a_reference_that_starts_at_zero():
    audio = Audio(np.zeros(100, np.int16), 8000)
    sections = (Section("verse", 0.0, 1.0),)
    reference = build_reference(
        INFO, _observations(start_s=12.5), audio=audio, sections=sections, beats_s=np.array([0.0, 0.5])
    )
    assert reference.info == INFO
    assert reference.track.time_s[0] == 0.0
    assert reference.duration_s == pytest.approx(59 / 30)
    assert reference.fps == pytest.approx(30.0)
    assert reference.audio is audio
    assert reference.sections == sections
    assert reference.beats_s.tolist() == [0.0, 0.5]
    assert reference.masks.shape == (60, 256, 32)
    assert reference.masks[7].any()
    assert reference.trajectory.shape == (60, 2)
    assert np.isfinite(reference.trajectory).all()
    assert (reference.flow_energy == 0.5).all()
    assert reference.flow_energy_parts.shape == (60, 6)


def test_times_come_from_the_stamps_and_not_from_counting():
    rng = np.random.default_rng(0)
    stamps_s = np.cumsum(rng.uniform(0.02, 0.05, 80))
    reference = build_reference(INFO, [make_observation(make_pose_frame(time_s)) for time_s in stamps_s])
    np.testing.assert_allclose(reference.track.time_s, stamps_s - stamps_s[0])
    assert reference.fps == pytest.approx(1 / np.median(np.diff(stamps_s)))


def test_repeated_and_backward_stamps_are_dropped():
    good = _observations(30)
    stuttering = [*good[:10], good[9], good[4], *good[10:], replace(good[0], pose=make_pose_frame(math.nan))]
    assert increasing(stuttering) == good
    assert build_reference(INFO, stuttering).frame_count == 30


def test_what_is_unknown_is_nan_or_an_empty_mask():
    observations = _observations(30)
    observations[0] = make_observation(observations[0].pose, energy=None, mask=False)
    reference = build_reference(INFO, observations)
    assert math.isnan(reference.flow_energy[0])
    assert np.isnan(reference.flow_energy_parts[0]).all()
    assert not reference.masks[0].any()
    assert np.isfinite(reference.flow_energy[1:]).all()
    assert reference.audio is None
    assert reference.beats_s.size == 0


def test_short_gaps_are_filled_long_ones_missing():
    frames = make_pose_frames(90)
    for index in (*range(20, 24), *range(50, 80)):
        frames[index] = PoseFrame.missing(frames[index].time_s, (640, 480))
    track = build_reference(INFO, [make_observation(frame) for frame in frames]).track
    assert np.isfinite(track.image[20:24]).all()
    assert (track.image[20:24, :, 3] < 0.5).all()
    assert np.isnan(track.image[50:80, :, :3]).all()
    assert (track.image[50:80, :, 3] == 0).all()


def test_noise_falls_and_the_dance_stays():
    rng = np.random.default_rng(3)
    truth = make_pose_track(120)
    noisy = make_pose_frames(120, noise=0.004, rng=rng)
    raw = joint_angles_deg(np.stack([frame.square_xy() for frame in noisy]), np.ones((120, 33)))
    track = build_reference(INFO, [make_observation(frame) for frame in noisy]).track
    right = joint_angles_deg(truth.square_xy(), truth.image[..., 3])
    smooth = joint_angles_deg(track.square_xy(), track.image[..., 3])
    assert np.nanmean(np.abs(smooth - right)) < 0.75 * np.nanmean(np.abs(raw - right))


@pytest.mark.parametrize(
    ("observations", "words"),
    [
        ([], "there are no pictures"),
        ([make_observation(PoseFrame.missing(i / 30, (640, 480))) for i in range(40)], "no person was found"),
        (_observations(5), "only 5 of its 5 pictures"),
    ],
)
def test_too_little_of_a_person_is_said_in_one_sentence_with_advice(observations, words):
    with pytest.raises(NoDancerError, match=words) as caught:
        build_reference(INFO, observations)
    assert isinstance(caught.value, CoachError)
    assert isinstance(caught.value, ValueError)
    assert "whole body" in str(caught.value)
    assert caught.value.problem in str(caught.value)


def test_pictures_of_two_sizes_or_masks_of_a_wrong_shape_are_refused():
    observations = _observations(20)
    with pytest.raises(ValueError, match="one size"):
        build_reference(INFO, [*observations, make_observation(make_pose_frame(9.0, frame_size_px=(320, 240)))])
    wrong = replace(observations[3], mask_bits=np.zeros((16, 2), np.uint8))
    with pytest.raises(ValueError, match="mask must have shape"):
        build_reference(INFO, [*observations[:3], wrong, *observations[4:]])


def test_the_callers_observations_are_left_alone():
    observations = _observations(30, hidden=("left_knee",))
    kept = [one.pose.image.copy() for one in observations]
    build_reference(INFO, observations)
    for one, before in zip(observations, kept, strict=True):
        np.testing.assert_array_equal(one.pose.image, before)


# --- Key moments ----------------------------------------------------------------------------------------------------


def _hits(time_s: np.ndarray, rests_s: list[float]) -> np.ndarray:
    """Lively movement that comes to rest around each of ``rests_s``."""
    return 1.0 - 0.95 * sum(np.exp(-0.5 * ((time_s - rest) / 0.12) ** 2) for rest in rests_s)


def test_key_moments_are_where_movement_comes_to_rest():
    track = make_pose_track(180)
    rests_s = [1.0, 2.5, 4.2]
    found = key_moments_s(track, _hits(track.time_s, rests_s), KeyMomentSettings())
    np.testing.assert_allclose(found, rests_s, atol=0.04)


def test_key_moments_bridge_unknown_energy_and_keep_apart():
    track = make_pose_track(180)
    energy = _hits(track.time_s, [1.0, 1.3, 4.0])
    energy[::7] = np.nan
    found = key_moments_s(track, energy, KeyMomentSettings())
    assert len(found) == 2
    assert np.diff(found).min() >= KeyMomentSettings().min_apart_s


def test_without_energy_the_pose_itself_tells():
    def pose_at(time_s: float) -> dict[str, object]:
        return {"arms_deg": 90 - 60 * math.cos(math.pi * time_s)}  # rests at every whole second

    track = make_pose_track(150, pose_at=pose_at)
    found = key_moments_s(track, np.full(150, np.nan), KeyMomentSettings())
    np.testing.assert_allclose(found, [1.0, 2.0, 3.0, 4.0], atol=0.04)


def test_standing_still_or_nobody_has_no_key_moments():
    still = make_pose_track(60, pose_at=lambda _: {})
    assert key_moments_s(still, np.full(60, 0.1), KeyMomentSettings()).size == 0
    nobody = replace(still, image=np.full_like(still.image, np.nan))
    assert key_moments_s(nobody, np.full(60, np.nan), KeyMomentSettings()).size == 0
    assert pose_speed(still) == pytest.approx(np.zeros(60), abs=1e-9)


def test_settings_are_checked_and_come_together():
    with pytest.raises(SettingsError, match="min_person_frame_count"):
        OfflineSettings(min_person_frame_count=0)
    assert PoseSettings().offline == OfflineSettings()
