"""Features: the same for teacher and student, whatever the body, the place and the distance."""

from __future__ import annotations

import numpy as np
import pytest

from coach.pose.feature_vector import (
    FEATURE_COUNT,
    FEATURE_NAMES,
    LIMB_FEATURES,
    MOTION_ONLY,
    features_of_frame,
    features_of_track,
    mirror_features,
)
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.mirror import mirrored_track
from coach.pose.pose_frame import PoseFrame, PoseTrack
from tests.builders_alignment import CHILD, TALL, RandomRoutine, regular_times

TIMES = regular_times(4.0)
TRACK = RandomRoutine(1, 5.0).track(TIMES)


def test_frame_and_track_agree() -> None:
    table = features_of_track(TRACK)
    assert table.shape == (len(TRACK), FEATURE_COUNT)
    assert len(FEATURE_NAMES) == FEATURE_COUNT
    for index in (0, 17, 80):
        np.testing.assert_array_equal(features_of_frame(TRACK.frame(index)), table[index])


def test_mirror_twice_is_nothing_and_mirror_is_the_mirrored_track() -> None:
    table = features_of_track(TRACK)
    np.testing.assert_array_equal(mirror_features(mirror_features(table)), table)
    np.testing.assert_allclose(mirror_features(table), features_of_track(mirrored_track(TRACK)), atol=1e-12)
    assert not np.allclose(mirror_features(table), table)


def test_place_and_distance_do_not_matter() -> None:
    image = TRACK.image.copy()
    image[..., :2] = 0.5 + 0.6 * (image[..., :2] - 0.5)
    image[..., 0] += 0.1
    smaller = PoseTrack(TRACK.time_s, image, TRACK.world, TRACK.frame_size_px)
    np.testing.assert_allclose(features_of_track(smaller), features_of_track(TRACK), atol=1e-9)


@pytest.mark.parametrize("body", [CHILD, TALL])
def test_proportions_hardly_matter(body: object) -> None:
    routine = RandomRoutine(1, 5.0)
    other = features_of_track(routine.track(TIMES, body=body))  # type: ignore[arg-type]
    same = features_of_track(TRACK)
    bones = slice(0, MOTION_ONLY.start)
    assert np.median(np.abs(other - same)[:, bones]) < 0.05


def test_an_unseen_joint_takes_only_its_own_bones_away() -> None:
    frame = TRACK.frame(10)
    image = frame.image.copy()
    image[LANDMARK_INDEX["left_wrist"]] = (np.nan, np.nan, np.nan, 0.0)
    features = features_of_frame(PoseFrame(0.0, image, frame.world, frame.frame_size_px))
    gone = {name for name, value in zip(FEATURE_NAMES, features, strict=True) if np.isnan(value)}
    assert gone == {"left_elbow-left_wrist.x", "left_elbow-left_wrist.y"}


def test_upper_body_only_still_has_arms() -> None:
    frame = TRACK.frame(10)
    image = frame.image.copy()
    for name in ("hip", "knee", "ankle"):
        for side in ("left", "right"):
            image[LANDMARK_INDEX[f"{side}_{name}"], 3] = 0.0
    features = features_of_frame(PoseFrame(0.0, image, frame.world, frame.frame_size_px))
    arms = [*LIMB_FEATURES["left_arm"], *LIMB_FEATURES["right_arm"]]
    assert np.isfinite(features[arms]).all()
    assert np.isnan(features[list(LIMB_FEATURES["left_leg"])]).all()


def test_nobody_has_no_features() -> None:
    assert np.isnan(features_of_frame(PoseFrame.missing(0.0, (640, 480)))).all()


def test_limbs_name_their_own_bones() -> None:
    for limb, features in LIMB_FEATURES.items():
        side = limb.split("_")[0]
        assert len(features) == 4
        assert all(FEATURE_NAMES[index].startswith(side) for index in features)
