"""The follower on two people of flesh and blood, who dance the same choreography in two rooms."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from coach.alignment.position_tracker import PositionTracker
from coach.alignment.tracked_position import TrackState
from coach.pose.feature_vector import features_of_frame, features_of_track, mirror_features
from coach.pose.offline import clean_track
from coach.pose.one_euro import LiveSmoother
from coach.pose.pose_frame import PoseFrame, PoseTrack
from coach.routine.routine import first_steps_routine
from coach.settings.pose import OfflineSmoothingSettings
from tests.bench.tracking_cases import AHEAD_S
from tests.bench.tracking_footage import landmarks

EVERY = 2
FPS = 30.0 / EVERY


@pytest.fixture(scope="module")
def pair(footage: Path) -> tuple[PoseTrack, PoseTrack]:
    """Teacher and student, at half the frames: kept between runs, looked for once on each computer."""
    teacher, student = (landmarks(footage / f"{who}.mp4", "plain", EVERY) for who in ("teacher", "student"))
    return clean_track(teacher, OfflineSmoothingSettings()), student


def follow(pair: tuple[PoseTrack, PoseTrack], frames: np.ndarray, *, mirrored: bool = False) -> list:
    teacher, student = pair
    table = features_of_track(teacher)
    tracker, smoother = PositionTracker(table, mirror_features(table), teacher.time_s), LiveSmoother()
    found = []
    for number, frame in enumerate(frames):
        time_s = number / FPS
        pose = PoseFrame(time_s, student.image[frame], student.world[frame], student.frame_size_px)
        features = features_of_frame(smoother.step(pose))
        found.append(tracker.step(mirror_features(features) if mirrored else features, time_s))
    return found


def share_right(found: list, truth_s: np.ndarray, from_s: float = 1.0) -> float:
    told = np.array([np.nan if one.reference_s is None else one.reference_s for one in found])
    right = np.abs(told - truth_s) <= 0.5
    return float(right[(truth_s >= 1.0) & (np.arange(len(truth_s)) / FPS >= from_s)].mean())


def frame_at(teacher_s: float) -> int:
    return round((teacher_s + AHEAD_S) * FPS)


@pytest.mark.parametrize("mirrored", [False, True])
def test_follows_as_it_is_and_in_the_mirror(pair: tuple[PoseTrack, PoseTrack], mirrored: bool) -> None:
    frames = np.arange(len(pair[1]))
    found = follow(pair, frames, mirrored=mirrored)
    assert share_right(found, frames / FPS - AHEAD_S, AHEAD_S + 5.0 if mirrored else 1.0) >= 0.95
    assert all(one.mirrored is mirrored for one in found[-200:])


@pytest.mark.parametrize(("leave_s", "enter_s"), [(15.0, 0.0), (20.0, 0.0), (10.0, 18.0)])
def test_restart_and_skip(pair: tuple[PoseTrack, PoseTrack], leave_s: float, enter_s: float) -> None:
    frames = np.concatenate([np.arange(frame_at(leave_s)), np.arange(frame_at(enter_s), len(pair[1]))])
    assert share_right(follow(pair, frames), frames / FPS - AHEAD_S) >= 0.9


def test_stands_still_and_goes_on(pair: tuple[PoseTrack, PoseTrack]) -> None:
    stop = frame_at(20.0)
    frames = np.concatenate([np.arange(stop), np.full(45, stop), np.arange(stop, len(pair[1]))])
    found = follow(pair, frames)
    assert any(one.state is TrackState.LOST for one in found[stop + 10 : stop + 24])
    truth_s = frames / FPS - AHEAD_S
    told = [one.reference_s for one in found[stop + 24 : stop + 45] if one.reference_s is not None]
    assert all(abs(one - 20.0) < 1.0 for one in told)
    after = [one.reference_s for one in found[stop + 45 + 22 : stop + 45 + 90]]
    wanted = truth_s[stop + 45 + 22 : stop + 45 + 90]
    assert all(one is not None and abs(one - at_s) < 0.5 for one, at_s in zip(after, wanted, strict=True))


@pytest.mark.parametrize("who", ["teacher", "student"])
def test_a_stranger_is_not_followed(pair: tuple[PoseTrack, PoseTrack], who: str) -> None:
    """Either of them, and a reference that is another dance; the teacher's calm poses fit it well at every moment."""
    drawn = first_steps_routine().truth_track(FPS)
    track = pair[0] if who == "teacher" else pair[1]
    found = follow((drawn, track), np.arange(len(track)))
    assert np.mean([one.state in (TrackState.LOST, TrackState.SEARCHING) for one in found]) >= 0.9
