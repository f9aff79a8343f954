"""Dancers seen from different sides are not compared joint by joint."""

from __future__ import annotations

import numpy as np
import pytest

from coach.judging.side_seen import SideSeen, across, turned_apart_deg
from coach.judging.teacher_tables import TeacherTables
from coach.pose.mirror import mirrored_frame
from coach.routine.routine import first_steps_routine
from coach.settings.judging import JudgingSettings
from coach.settings.routine import StageCamera
from tests.bench.judging_dances import reference_of


def world_seen_from(yaw_deg: float) -> np.ndarray:
    return first_steps_routine().truth(5.0, camera=StageCamera(yaw_deg=yaw_deg)).world


@pytest.mark.parametrize("yaw_deg", [0.0, 30.0, -75.0, 120.0])
def test_walking_round_the_dancer_turns_the_side_by_as_much(yaw_deg):
    apart = turned_apart_deg(across(world_seen_from(yaw_deg)), across(world_seen_from(0.0)))
    assert apart == pytest.approx(abs(yaw_deg), abs=3.0)


def test_the_mirror_image_of_the_tables_is_that_of_the_poses():
    reference = reference_of("drawn")
    tables = TeacherTables.from_reference(reference, JudgingSettings())
    mirrored = tables.mirrored()
    assert mirrored.across is not None
    for index in (40, 400, 900):
        frame = mirrored_frame(reference.track.frame(index))
        assert mirrored.across[index] == pytest.approx(across(frame.world), abs=1e-9)


def test_missing_landmarks_leave_the_last_side_and_no_objection():
    side = SideSeen(0.15)
    nobody = np.full((33, 4), np.nan)
    assert turned_apart_deg(side.step(nobody, 0.0), np.array([1.0, 0.0])) == 0.0
    seen = side.step(world_seen_from(0.0), 0.1)
    assert side.step(nobody, 0.2) == pytest.approx(seen)


@pytest.mark.parametrize("fps", [15.0, 30.0, 60.0])
def test_the_side_follows_a_turn_at_any_frame_rate(fps):
    side = SideSeen(0.15)
    for index in range(int(fps) + 1):
        now = side.step(world_seen_from(0.0 if index == 0 else 90.0), index / fps)
    assert turned_apart_deg(now, across(world_seen_from(90.0))) < 3.0
