"""The drawn dancer as a camera, and how the real pose model sees it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from coach.clock import ManualClock
from coach.devices.drawn_source import DrawnSource
from coach.devices.pose_detector import PoseDetector
from coach.pose.joint_angles import joint_angles_deg
from coach.pose.joint_table import JOINTS
from coach.pose.landmark_table import LANDMARK_INDEX, MAIN_LANDMARKS
from coach.pose.pose_frame import PoseTrack
from coach.routine.student_script import StudentScript, student_with
from coach.settings.routine import DrawnSourceSettings
from tests.builders_routine import routine
from tests.builders_sensing import pose_model

SMALL = DrawnSourceSettings(frame_size_px=(320, 180), tail_s=0.2)


def test_pictures_come_in_order_and_end_after_the_dance() -> None:
    settings = replace(SMALL, fps=2.0, tail_s=2.0)
    with DrawnSource(StudentScript(routine()), settings, ManualClock()) as source:
        assert source.info.frame_size_px == (320, 180)
        assert source.info.duration_s == pytest.approx(routine().duration_s + 2.0)
        assert not source.info.live
        times = []
        while (frame := source.read(1.0)) is not None:
            assert frame.index == len(times)
            assert frame.bgr.shape == (180, 320, 3)
            assert frame.bgr.flags.c_contiguous
            times.append(frame.time_s)
        np.testing.assert_allclose(times, np.arange(len(times)) / 2.0)
        assert times[-1] == pytest.approx(routine().duration_s + 2.0, abs=0.5)
        assert source.read(1.0) is None


def test_the_same_script_gives_the_same_pictures() -> None:
    def pictures() -> list[np.ndarray]:
        with DrawnSource(student_with(["bent-arm"]), SMALL, ManualClock()) as source:
            return [frame.bgr for _ in range(5) if (frame := source.read(1.0)) is not None]

    first, second = pictures(), pictures()
    assert all((a == b).all() for a, b in zip(first, second, strict=True))
    assert all((a != b).any() for a, b in pairwise(first)), "noise even where nothing moves"


def test_a_loop_dances_again() -> None:
    settings = replace(SMALL, fps=1.0)
    with DrawnSource(StudentScript(routine()), settings, ManualClock(), loop=True) as source:
        assert source.info.duration_s is None
        frames = [source.read(1.0) for _ in range(60)]
        assert all(frame is not None for frame in frames)
        round_s = routine().duration_s + 0.2
        assert source.moment(round_s + 5.0).reference_s == pytest.approx(5.0)


def test_closed_gives_nothing() -> None:
    source = DrawnSource(settings=SMALL, clock=ManualClock())
    source.open()
    source.close()
    source.close()
    assert source.read(1.0) is None


@pytest.fixture(scope="module")
def seen_and_true() -> tuple[PoseTrack, PoseTrack]:
    """The routine at 5 pictures a second by the real model (as single pictures), and the truth."""
    settings = DrawnSourceSettings(fps=5.0, tail_s=0.0)
    seen, true = [], []
    with DrawnSource(StudentScript(routine()), settings, ManualClock()) as source, PoseDetector(pose_model()) as model:
        while (frame := source.read(1.0)) is not None:
            seen.append(model.detect(frame.bgr, frame.time_s).pose)
            true.append(source.moment(frame.time_s).pose)
    return PoseTrack.from_frames(seen), PoseTrack.from_frames(true)


def test_the_pose_model_sees_the_dancer_all_the_time(seen_and_true: tuple[PoseTrack, PoseTrack]) -> None:
    seen, true = seen_and_true
    present = np.isfinite(seen.image[:, 0, 0])
    assert present.mean() == 1.0
    main = [LANDMARK_INDEX[name] for name in MAIN_LANDMARKS]
    a, b = seen.square_xy()[present], true.square_xy()[present]
    torso = np.linalg.norm(b[:, [11, 12]].mean(axis=1) - b[:, [23, 24]].mean(axis=1), axis=1)
    error = np.linalg.norm(a[:, main] - b[:, main], axis=2) / torso[:, None]
    assert (error < 0.2).mean() >= 0.97


def test_the_pose_model_measures_the_dancers_angles(seen_and_true: tuple[PoseTrack, PoseTrack]) -> None:
    seen, true = seen_and_true
    ones = np.ones((len(true), 33))
    error = np.abs(joint_angles_deg(seen.square_xy(), ones) - joint_angles_deg(true.square_xy(), ones))
    for index, joint in enumerate(JOINTS):
        if joint.name.endswith(("shoulder", "elbow", "hip", "knee")) or joint.name == "trunk":
            assert np.nanmedian(error[:, index]) < 5.0, joint.name
