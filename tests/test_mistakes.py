"""The student's planted mistakes: each shows where it should, in what it should, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import SettingsError
from coach.pose.joint_table import JOINT_NAMES
from coach.pose.mirror import mirrored_frame
from coach.routine.body import AVERAGE_BODY
from coach.routine.mistakes import MISTAKE_NAMES, MISTAKES, Mistake, planned_mistake
from coach.routine.student_script import StudentScript, student_with
from coach.settings.routine import StageCamera
from tests.builders_routine import UNHURRIED, angle_deg, landmark, routine

BEAT_S = routine().beat_s


def test_names_kinds_and_joints_are_real() -> None:
    assert set(MISTAKE_NAMES) >= {"bent-arm", "late", "low-energy", "small", "mirrored", "stops", "restarts"}
    for kind in MISTAKES.values():
        assert set(kind.expected.kinds) <= {"joint", "timing", "energy", "framing"}
        assert set(kind.expected.joints) <= set(JOINT_NAMES)
        assert kind.expected.kinds


@UNHURRIED
@given(st.floats(0.0, 49.0))
def test_a_clean_student_is_the_teacher(time_s: float) -> None:
    moment = StudentScript(routine()).moment(time_s)
    np.testing.assert_allclose(moment.pose.image, routine().truth(time_s).image, atol=1e-12)
    assert moment.reference_s == min(time_s, routine().duration_s)
    assert moment.mistakes == ()


@pytest.mark.parametrize("name", MISTAKE_NAMES)
def test_nothing_is_wrong_before_it_starts(name: str) -> None:
    student = student_with([name])
    start_s = student.mistakes[0].start_s
    for time_s in np.linspace(0.0, start_s, 9)[:-1]:
        np.testing.assert_allclose(student.pose(float(time_s)), routine().pose(float(time_s)))


def test_bent_arm_is_seen_in_the_picture_within_two_seconds() -> None:
    student = student_with(["bent-arm"])
    start_s = student.mistakes[0].start_s
    times = np.arange(start_s, start_s + 4.0, 1 / 30)
    own = np.array([angle_deg(student.moment(t).pose, "left_elbow") for t in times])
    teacher = np.array([angle_deg(routine().truth(t), "left_elbow") for t in times])
    wrong = np.abs(own - teacher) > 40
    assert wrong[times < start_s + 2.0].sum() > 15
    assert wrong.sum() > 45
    other = np.array([angle_deg(student.moment(t).pose, "right_elbow") for t in times])
    np.testing.assert_allclose(other, [angle_deg(routine().truth(t), "right_elbow") for t in times])


@UNHURRIED
@given(st.floats(11.0, 45.0))
def test_a_bent_arm_is_never_straight(time_s: float) -> None:
    world = student_with(["bent-arm"]).moment(time_s).pose.world[:, :3]
    upper = landmark(world, "left_elbow") - landmark(world, "left_shoulder")
    fore = landmark(world, "left_wrist") - landmark(world, "left_elbow")
    cosine = upper @ fore / np.linalg.norm(upper) / np.linalg.norm(fore)
    assert np.degrees(np.arccos(cosine)) > 59.0


@UNHURRIED
@given(st.floats(8.0, 45.0))
def test_a_bent_arm_does_not_flip(time_s: float) -> None:
    student = student_with(["bent-arm"])
    before, after = (student.moment(t).pose.world[:, :3] for t in (time_s, time_s + 1 / 60))
    assert np.linalg.norm(landmark(after, "left_wrist") - landmark(before, "left_wrist")) < 0.16


def test_low_knees_show_in_the_knee() -> None:
    student = student_with(["low-knees"])
    time_s = 60 * BEAT_S
    assert time_s < student.mistakes[0].start_s + 4.0
    assert angle_deg(student.moment(time_s).pose, "left_knee") > angle_deg(routine().truth(time_s), "left_knee") + 25


def test_late_is_late_by_its_lag_and_goes_on_being_so() -> None:
    student = student_with(["late"])
    start_s = student.mistakes[0].start_s
    assert student.reference_s(start_s + 2.0) == pytest.approx(start_s + 2.0 - 0.35)
    assert student.duration_s == pytest.approx(routine().duration_s + 0.35)
    references = [student.reference_s(t) for t in np.arange(0, 47, 0.02)]
    assert (np.diff(references) >= 0).all()


def speed(student: StudentScript, start_s: float, end_s: float) -> float:
    world = np.array([student.moment(t).pose.world[:, :3] for t in np.arange(start_s, end_s, 1 / 30)])
    return float(np.linalg.norm(np.diff(world, axis=0), axis=2).mean())


@pytest.mark.parametrize(("name", "most"), [("low-energy", 0.7), ("small", 0.75)])
def test_a_tame_student_moves_less(name: str, most: float) -> None:
    tame, lively = student_with([name]), student_with([])
    start_s = tame.mistakes[0].start_s + 0.8
    assert speed(tame, start_s, start_s + 8) < most * speed(lively, start_s, start_s + 8)


def test_low_energy_is_limp_where_small_is_only_small() -> None:
    times = np.arange(14.0, 20.0, 1 / 30)
    jerky = {}
    for name in ("low-energy", "small"):
        wrists = np.array([landmark(student_with([name]).moment(t).pose.world[:, :3], "left_wrist") for t in times])
        jerky[name] = np.percentile(np.linalg.norm(np.diff(wrists, n=2, axis=0), axis=1), 90)
    assert jerky["low-energy"] < 0.6 * jerky["small"]


def test_mirrored_is_the_mirror_image() -> None:
    student = student_with(["mirrored"])
    for time_s in (1.0, 13.0, 30.0):
        expected = mirrored_frame(routine().truth(time_s)).image
        np.testing.assert_allclose(student.moment(time_s).pose.image, expected, atol=1e-9)


def test_stops_stands_still_and_goes_on_where_it_stopped() -> None:
    student = student_with(["stops"])
    start_s = student.mistakes[0].start_s
    still = np.array([student.pose(t) for t in np.linspace(start_s, start_s + 3.99, 20)])
    assert np.ptp(still, axis=0).max() < 1e-9
    assert student.reference_s(start_s + 5.0) == pytest.approx(start_s + 1.0)
    assert student.duration_s == pytest.approx(routine().duration_s + 4.0)


def test_restarts_begins_again_without_a_jump() -> None:
    student = student_with(["restarts"])
    start_s = student.mistakes[0].start_s
    assert student.reference_s(start_s + 0.8 + 3.0) == pytest.approx(3.0)
    wrists = np.array(
        [
            landmark(student.moment(t).pose.world[:, :3], "left_wrist")
            for t in np.arange(start_s - 1, start_s + 3, 1 / 30)
        ]
    )
    assert np.linalg.norm(np.diff(wrists, axis=0), axis=1).max() < 0.3
    assert student.duration_s == pytest.approx(start_s + 0.8 + routine().duration_s)


def test_mistakes_combine_and_end() -> None:
    mistakes = (Mistake("bent-arm", 9.0, 14.0), Mistake("late", 9.0, 14.0), Mistake("stops", 20.0))
    student = StudentScript(routine(), mistakes)
    assert student.active_mistakes(10.0) == ("bent-arm", "late")
    assert student.active_mistakes(15.0) == ()
    np.testing.assert_allclose(student.pose(16.0), routine().pose(16.0))
    assert student.reference_s(30.0) == pytest.approx(26.0)


@UNHURRIED
@given(st.floats(0.6, 1.4))
def test_tempo_moves_everything(tempo: float) -> None:
    student = student_with(["bent-arm"], tempo=tempo)
    assert student.reference_s(10.0) == pytest.approx(10.0 * tempo)
    assert student.mistakes[0].start_s * tempo == pytest.approx(15 * BEAT_S)
    assert student.duration_s == pytest.approx(routine().duration_s / tempo)


def test_body_and_camera_are_the_students_own() -> None:
    plain = StudentScript(routine())
    broad = replace(plain, body=AVERAGE_BODY.varied(breadth=1.2))
    turned = replace(plain, camera=StageCamera(yaw_deg=30))
    shoulders = [
        abs(landmark(s.moment(9.5).pose.image, "left_shoulder") - landmark(s.moment(9.5).pose.image, "right_shoulder"))[
            0
        ]
        for s in (plain, broad, turned)
    ]
    assert shoulders[1] > 1.15 * shoulders[0]
    assert shoulders[2] < 0.9 * shoulders[0]


def test_bad_mistakes_are_refused_in_words() -> None:
    with pytest.raises(SettingsError, match="bent-arm"):
        Mistake("clumsy", 1.0)
    with pytest.raises(SettingsError, match="one of"):
        planned_mistake("clumsy", routine())
    with pytest.raises(SettingsError, match="before its end"):
        Mistake("late", 5.0, 4.0)
    with pytest.raises(SettingsError, match="tempo"):
        StudentScript(routine(), tempo=0.0)
