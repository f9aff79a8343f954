"""The built-in routine: a body that stays one body, feet on the floor, and a dance that tells where one is."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import SettingsError
from coach.pose.landmark_table import BONES
from coach.pose.mirror import mirrored_frame
from coach.routine import first_steps
from coach.routine.body import AVERAGE_BODY, Body
from coach.routine.camera import photograph
from coach.routine.channels import CHANNEL_COUNT, CHANNEL_INDEX, CHANNEL_NAMES, LEFT_FOOT, RIGHT_FOOT
from coach.routine.dancer_pose import mirrored_pose, mixed_pose, sample_pose
from coach.routine.interpolate import MovementCurve, monotone_slopes
from coach.routine.key_poses import Arm, KeyPose
from coach.routine.routine import first_steps_routine
from coach.routine.skeleton import stage_landmarks
from coach.settings.routine import MovementSettings, StageCamera
from tests.builders_routine import UNHURRIED, angle_deg, landmark, routine, truth

TIMES = st.floats(0.0, 47.0)
LIMBS = [
    (f"{side}_{start}", f"{side}_{end}", length)
    for side in ("left", "right")
    for start, end, length in (
        ("shoulder", "elbow", AVERAGE_BODY.upper_arm),
        ("elbow", "wrist", AVERAGE_BODY.forearm),
        ("hip", "knee", AVERAGE_BODY.thigh),
        ("knee", "ankle", AVERAGE_BODY.shin),
    )
]


def test_length_sections_and_beats_fit_together() -> None:
    dance = routine()
    assert 40.0 <= dance.duration_s <= 48.0
    assert dance.sections[0].start_s == 0.0
    assert dance.sections[-1].end_s == dance.duration_s
    assert all(before.end_s == after.start_s for before, after in pairwise(dance.sections))
    assert 4 <= len({section.name for section in dance.sections}) == len(dance.sections)
    assert len(dance.beats_s) == dance.beat_count
    assert (np.diff(dance.key_moments_s) > 0).all()


@UNHURRIED
@given(TIMES)
def test_limbs_keep_their_lengths(time_s: float) -> None:
    stage = stage_landmarks(routine().pose(time_s), AVERAGE_BODY)
    for start, end, length in LIMBS:
        assert np.linalg.norm(landmark(stage, start) - landmark(stage, end)) == pytest.approx(length, abs=2e-3)


@UNHURRIED
@given(TIMES, st.floats(0.8, 1.25), st.floats(0.85, 1.15))
def test_any_body_stands_on_the_floor(time_s: float, arms: float, legs: float) -> None:
    stage = stage_landmarks(routine().pose(time_s), AVERAGE_BODY.varied(arms=arms, legs=legs))
    soles = [landmark(stage, name)[1] for name in ("left_foot_index", "right_foot_index", "left_heel", "right_heel")]
    assert -0.01 < min(soles) < 0.12
    assert np.isfinite(stage).all()


def test_a_standing_foot_does_not_slide() -> None:
    dance = routine()
    values = np.array([dance.pose(time_s) for time_s in np.arange(0, dance.duration_s, 1 / 60)])
    for side, foot in (("left", LEFT_FOOT), ("right", RIGHT_FOOT)):
        places, lift = values[:, foot][:, :2], values[:, foot][:, 2]
        travel = np.linalg.norm(np.diff(places, axis=0), axis=1)
        flat = (lift[1:] < 1e-6) & (lift[:-1] < 1e-6)
        assert travel[flat].max() < 1e-6, side


def test_elbows_bend_as_elbows_do() -> None:
    world = truth().world[..., :3]
    for side in ("left", "right"):
        upper = landmark(world, f"{side}_elbow") - landmark(world, f"{side}_shoulder")
        fore = landmark(world, f"{side}_wrist") - landmark(world, f"{side}_elbow")
        cosine = (upper * fore).sum(axis=1) / np.linalg.norm(upper, axis=1) / np.linalg.norm(fore, axis=1)
        flexion_deg = np.degrees(np.arccos(np.clip(cosine, -1, 1)))
        assert flexion_deg.max() < 150


def test_movement_is_smooth_but_lively() -> None:
    wrist_m_s = np.linalg.norm(np.diff(landmark(truth().world[..., :3], "left_wrist"), axis=0), axis=1) * 30
    assert wrist_m_s.max() < 7.0
    assert np.median(wrist_m_s) > 0.4


def test_whole_body_stays_in_the_picture_with_margins() -> None:
    image = truth().image
    assert image[..., :2].min() > 0.06
    assert image[..., :2].max() < 0.94


def test_the_dance_has_what_it_promises() -> None:
    dance, beat_s = routine(), routine().beat_s
    facing = [dance.pose(beat * beat_s)[CHANNEL_INDEX["facing"]] for beat in (30, 38, 47, 69)]
    assert facing == pytest.approx([0, 180, 360, 300], abs=1)
    hips = landmark(np.array([stage_landmarks(dance.pose(b * beat_s), AVERAGE_BODY) for b in (50.2, 51.7)]), "left_hip")
    assert hips[1, 1] - hips[0, 1] > 0.2, "a deep plié, then up on the toes"
    freeze = np.array([dance.pose(time_s) for time_s in np.linspace(64.1 * beat_s, 65.9 * beat_s, 20)])
    assert np.ptp(freeze, axis=0).max() < 1e-9


def test_no_two_stretches_are_alike() -> None:
    """Two seconds of the dance tell where one is: no other two seconds look the same all the way."""
    xy = truth().square_xy()
    hips = (landmark(xy, "left_hip") + landmark(xy, "right_hip")) / 2
    shape = ((xy - hips[:, None]) / 0.2)[::3].reshape(-1, 66)
    window, count = 20, len(shape) - 20
    worst = np.inf
    for start in range(0, count, 5):
        others = [other for other in range(0, count, 2) if abs(other - start) > 30]
        distance = [np.sqrt(((shape[start : start + window] - shape[o : o + window]) ** 2).mean()) for o in others]
        worst = min(worst, *distance)
    assert worst > 0.15, "shapes differ by more than 15 % of a torso somewhere"


@UNHURRIED
@given(TIMES, st.floats(0.001, 0.02))
def test_pose_is_continuous_in_time(time_s: float, step_s: float) -> None:
    before, after = routine().pose(time_s), routine().pose(time_s + step_s)
    assert np.abs(after - before).max() < 900.0 * step_s + 1e-6


def test_poses_are_reached_on_their_beats() -> None:
    # A step's foot stands exactly on its beat; arms are within the whip's lead and lag.
    dance = routine()
    key = next(key for key in first_steps.key_poses() if key.beat == 16)
    pose = dance.truth((key.beat + 0.25) * dance.beat_s)
    for side in ("left", "right"):
        assert angle_deg(pose, f"{side}_elbow") > 172
        assert angle_deg(pose, f"{side}_shoulder") == pytest.approx(95, abs=8)


def test_mirroring_the_pose_mirrors_the_picture() -> None:
    for time_s in (0.7, 13.2, 21.5, 39.0):
        values = routine().pose(time_s)
        size = (960, 540)
        plain = photograph(stage_landmarks(values, AVERAGE_BODY), StageCamera(), size, time_s)
        mirrored = photograph(stage_landmarks(mirrored_pose(values), AVERAGE_BODY), StageCamera(), size, time_s)
        np.testing.assert_allclose(mirrored_frame(plain).image, mirrored.image, atol=1e-9)
        np.testing.assert_allclose(mirrored_pose(mirrored_pose(values)), values)


def test_a_mixed_turn_takes_the_short_way() -> None:
    before, after = np.zeros(CHANNEL_COUNT), np.zeros(CHANNEL_COUNT)
    before[CHANNEL_INDEX["facing"]], after[CHANNEL_INDEX["facing"]] = 350.0, 10.0
    assert mixed_pose(before, after, 0.5)[CHANNEL_INDEX["facing"]] == pytest.approx(360.0)


def test_camera_from_the_side_and_from_afar() -> None:
    near, far = routine().truth(9.4), routine().truth(9.4, camera=StageCamera(distance_m=6, view_height_m=5.5))
    assert np.ptp(far.image[:, 1]) == pytest.approx(np.ptp(near.image[:, 1]) / 2, rel=0.03)
    side = routine().truth(0.0, camera=StageCamera(yaw_deg=90))
    across = landmark(side.image, "left_shoulder") - landmark(side.image, "right_shoulder")
    assert abs(across[0]) < 0.005
    assert across[2] < 0, "the camera stands on the dancer's left, so the left shoulder is nearer"
    np.testing.assert_allclose(landmark(near.world, "left_hip")[:3], -landmark(near.world, "right_hip")[:3], atol=1e-9)


def test_a_face_turned_away_is_less_visible() -> None:
    away, front = routine().truth(38 * routine().beat_s), routine().truth(0.0)
    assert landmark(away.image, "nose")[3] < 0.5 < landmark(front.image, "nose")[3]
    assert landmark(away.image, "left_shoulder")[0] < landmark(away.image, "right_shoulder")[0]


def test_every_bone_can_be_drawn() -> None:
    frame = sample_pose()
    assert all(np.isfinite(landmark(frame.image, name)).all() for bone in BONES for name in bone)


@UNHURRIED
@given(st.lists(st.floats(-100, 100), min_size=3, max_size=8))
def test_interpolation_never_overshoots(knots: list[float]) -> None:
    times = np.arange(len(knots), dtype=float)
    values = np.repeat(np.array(knots)[:, None], CHANNEL_COUNT, axis=1)
    curve = MovementCurve(times, values, monotone_slopes(times, values), replace(MovementSettings(), bounce_m=0.0))
    x = CHANNEL_INDEX["x"]
    for index in range(len(knots) - 1):
        inside = [curve.pose(index + share)[x] for share in np.linspace(0, 1, 9)]
        low, high = sorted(knots[index : index + 2])
        assert low - 1e-9 <= min(inside) <= max(inside) <= high + 1e-9


def test_keys_out_of_order_are_refused() -> None:
    keys = (KeyPose(0.0, hold=2.0), KeyPose(1.0))
    with pytest.raises(ValueError, match="follow one another"):
        MovementCurve.from_keys(keys, MovementSettings())


def test_tempo_changes_length_only() -> None:
    fast = first_steps_routine(MovementSettings(bpm=120))
    assert fast.duration_s == pytest.approx(routine().duration_s * 104 / 120)
    slow_pose, fast_pose = routine().pose(routine().beat_s * 16.2), fast.pose(fast.beat_s * 16.2)
    np.testing.assert_allclose(slow_pose, fast_pose, atol=1.0)


def test_channel_names_are_paired() -> None:
    lefts = [name for name in CHANNEL_NAMES if name.startswith("left_")]
    assert all(name.replace("left", "right") in CHANNEL_NAMES for name in lefts)
    assert len(set(CHANNEL_NAMES)) == CHANNEL_COUNT


def test_arm_key_poses_name_what_they_say() -> None:
    assert Arm(90, 0, 90, 0) != first_steps.UP
    with pytest.raises(SettingsError, match="torso"):
        Body(torso=0.0)
    with pytest.raises(SettingsError, match="bpm"):
        MovementSettings(bpm=float("nan"))
