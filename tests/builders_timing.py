"""Dancers who are early or late by exactly known amounts, and what the live coach and the comparison say of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coach.alignment.limb_timing import LimbTiming
from coach.alignment.position_tracker import PositionTracker
from coach.alignment.timing import TimingMeter
from coach.alignment.tracked_position import FollowMode, MirrorMode
from coach.comparison.result.sync import SoundRelation, SyncMethod, SyncResult
from coach.comparison.synchronise import Clip, Synchronised
from coach.comparison.timing import timing_ms
from coach.comparison.warping import warp
from coach.pose.feature_vector import LIMB_FEATURES, features_of_frame, features_of_track, mirror_features
from coach.pose.observation import Observation
from coach.pose.offline import build_reference
from coach.pose.one_euro import LiveSmoother
from coach.pose.pose_frame import FloatArray, PoseTrack
from coach.pose.reference import Reference, ReferenceInfo
from coach.settings.alignment import TimingSettings
from coach.settings.comparison import ComparisonSettings
from tests.bench.judging_dances import Dance, at_places

SETTINGS = ComparisonSettings()
START_S = 1.0
"""The dancer begins here, so that a place before or after it exists."""


@dataclass(frozen=True)
class Shifted:
    """A dancer who is always early or late by the same.

    Attributes
    ----------
    dance : Dance
        Before any sensor.
    music_s : ndarray [shape=(N,)], float64
        Where the music is at each frame.
    early_ms : float
        The truth.
    """

    dance: Dance
    music_s: FloatArray
    early_ms: float


def shifted(
    movement: PoseTrack, early_ms: float, *, fps: float = 30.0, phase: float = 0.0, first_late_s: float = 0.0
) -> Shifted:
    """``movement`` danced early (or late) by ``early_ms``.

    Parameters
    ----------
    movement : PoseTrack
    early_ms : float
    fps : float
    phase : float
        By how much of a frame the student's pictures lie after the teacher's.
    first_late_s : float
        How much too late the first picture was stamped, as cameras do that are still starting.
    """
    count = int((movement.time_s[-1] - 2.0 * START_S) * fps)
    time_s = np.arange(count) / fps
    time_s[0] += first_late_s
    music_s = START_S + phase / fps + time_s
    place_s = music_s + 1e-3 * early_ms
    return Shifted(Dance(place_s, at_places(movement, place_s, time_s - time_s[0])), music_s, early_ms)


@dataclass(frozen=True)
class Told:
    """What live coaching says, frame by frame; nan where it says nothing.

    Attributes
    ----------
    raw_ms, timing_ms : ndarray [shape=(N,)], float64
        Before and after the equipment's share was taken off.
    limbs_ms : dict of ndarray [shape=(N,)], float64
    """

    raw_ms: FloatArray
    timing_ms: FloatArray
    limbs_ms: dict[str, FloatArray]


def told_live(
    reference: PoseTrack, seen: PoseTrack, music_s: FloatArray, *, with_music: bool = True, mirrored: bool = False
) -> Told:
    """A whole clip through smoothing, follower and meters.

    Parameters
    ----------
    reference : PoseTrack
    seen : PoseTrack
        As the sensor saw the student, not smoothed.
    music_s : ndarray [shape=(N,)], float64
    with_music : bool
        Without, the follower gets to know nothing of the music; ``raw_ms`` is measured against it all the same.
    mirrored : bool
        Whether ``seen`` is the mirror image.
    """
    table = features_of_track(reference)
    mirror = MirrorMode.ON if mirrored else MirrorMode.OFF
    mode = FollowMode.ALONG if with_music else FollowMode.FOLLOW
    tracker = PositionTracker(table, mirror_features(table), reference.time_s, mirror=mirror, mode=mode)
    meter, smoother = TimingMeter(), LiveSmoother()
    limbs = LimbTiming(mirror_features(table) if mirrored else table, reference.time_s, TimingSettings())
    rows = []
    for index, music in enumerate(music_s.tolist()):
        features = features_of_frame(smoother.step(seen.frame(index)))
        position = tracker.step(features, float(seen.time_s[index]), music_s=music if with_music else None)
        timing = meter.step(position, music)
        by_limb = limbs.step(features, position)
        rows.append((timing.raw_ms, timing.timing_ms, *(by_limb[limb] for limb in LIMB_FEATURES)))
    raw_ms, timing, *of_limbs = np.array(rows, dtype=np.float64).T
    return Told(raw_ms, timing, dict(zip(LIMB_FEATURES, of_limbs, strict=True)))


def clip_of(track: PoseTrack) -> Reference:
    """A clip as the comparison wants it, made offline of what the sensor saw."""
    observations = [Observation(track.frame(index), None, None) for index in range(len(track))]
    return build_reference(ReferenceInfo("clip", "clip"), observations)


def told_offline(teacher: Reference, student: Reference, offset_s: float) -> FloatArray:
    """Early in ms along the path of the comparison, the sound saying that the student's clock is ``offset_s`` ahead."""
    sync = SyncResult(offset_s, 1.0, SyncMethod.SOUND, SoundRelation.SAME, None, (), "")
    sides = Clip.of_reference(teacher, SETTINGS), Clip.of_reference(student, SETTINGS)
    early_ms, _ = timing_ms(warp(*sides, Synchronised(sync, mirrored=False, certain=True), SETTINGS), sync)
    return early_ms[np.isfinite(early_ms)]
