"""A clapping or jumping dancer and a blinking screen with known latencies, seen by a camera that is not exact."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.pose_frame import PoseFrame
from coach.practice.flash import FlashPattern
from coach.routine.body import AVERAGE_BODY
from coach.routine.camera import photograph
from coach.routine.dancer_pose import mixed_pose
from coach.routine.key_poses import Arm, KeyPose, pose_vector
from coach.routine.skeleton import stage_landmarks
from coach.settings.routine import MovementSettings, StageCamera
from tests.builders_pose import make_pose_frame

FPS = 30.0


def camera_times(
    duration_s: float, chances: np.random.Generator, *, jitter_s: float = 0.004, dropped: float = 0.03
) -> np.ndarray:
    """When pictures are taken: 30 a second, some late, a few never."""
    times_s = chances.uniform(0, 1 / FPS) + np.arange(0.0, duration_s, 1 / FPS)
    times_s = times_s + chances.normal(0, jitter_s, len(times_s)).clip(-0.012, 0.012)
    return np.sort(times_s[chances.random(len(times_s)) >= dropped])


def clapping(
    contacts_s: np.ndarray, times_s: np.ndarray, chances: np.random.Generator, *, noise: float = 0.004
) -> Iterator[PoseFrame]:
    """Hands that meet at ``contacts_s``; ``noise`` in picture heights."""
    for time_s in times_s:
        apart = 0.06 + 0.5 * _way(contacts_s, float(time_s))
        yield _noisy(_hands(float(time_s), apart), chances, noise)


def drawn_clapping(contacts_s: np.ndarray, times_s: np.ndarray) -> Iterator[PoseFrame]:
    """The drawn dancer, who claps before the chest with arms that turn in their joints."""
    settings = MovementSettings()
    together, apart = (
        pose_vector(KeyPose(0.0, left_arm=arm, right_arm=arm), settings)
        for arm in (Arm(30.0, 60.0, 95.0, 170.0), Arm(55.0, 20.0, 75.0, 20.0))
    )
    for time_s in times_s:
        mixed = mixed_pose(together, apart, _way(contacts_s, float(time_s)))
        yield photograph(stage_landmarks(mixed, AVERAGE_BODY), StageCamera(), (640, 480), float(time_s))


def jumping(
    landings_s: np.ndarray, times_s: np.ndarray, chances: np.random.Generator, *, noise: float = 0.003
) -> Iterator[PoseFrame]:
    """Feet that land at ``landings_s`` after a quarter of a second in the air."""
    for time_s in times_s:
        before_s = landings_s[landings_s >= time_s]
        flight_s = before_s[0] - time_s if len(before_s) else np.inf
        height = 4.9 * flight_s * max(0.0, 0.3 - flight_s) / 2.2  # a picture is about 2.2 m high
        yield _noisy(_raised(make_pose_frame(float(time_s)), height), chances, noise)


def brightness(
    pattern: FlashPattern,
    latency_s: float,
    times_s: np.ndarray,
    chances: np.random.Generator,
    *,
    exposure_s: float = 0.02,
    step: float = 30.0,
    noise: float = 0.6,
) -> Iterator[tuple[float, np.ndarray]]:
    """Six regions, of which two see the screen, one of them with a slow auto exposure and a person walking by."""
    for time_s in times_s:
        exposed_s = time_s - latency_s - np.linspace(0, exposure_s, 9)
        seen = float(np.mean([pattern.bright(float(each)) for each in exposed_s if each >= 0] or [0.0]))
        slow = 10 * np.sin(time_s) + 5 * np.sin(3.1 * time_s)
        regions = np.array([90, 100, 80, 120, 60, 110.0]) + slow
        regions[1] += step * seen
        regions[4] += 0.4 * step * seen + 12 * (int(time_s) % 3 == 0)
        yield float(time_s), regions + chances.normal(0, noise, 6)


def _way(contacts_s: np.ndarray, time_s: float) -> float:
    """0 at a contact: it closes ever faster within 0.22 s and opens more slowly."""
    after_s = time_s - contacts_s
    ways = np.where(after_s < 0, 1 - (1 + after_s / 0.22).clip(0, 1) ** 1.6, np.sin((after_s / 0.3).clip(0, 1) * 1.57))
    return float(ways[np.abs(after_s).argmin()])


def _hands(time_s: float, apart: float) -> PoseFrame:
    pose = make_pose_frame(time_s)
    image = pose.image.copy()
    width_px, height_px = pose.frame_size_px
    middle = (image[LANDMARK_INDEX["left_shoulder"], 0] + image[LANDMARK_INDEX["right_shoulder"], 0]) / 2
    for name, side in (("left_wrist", 0.5), ("right_wrist", -0.5)):
        image[LANDMARK_INDEX[name], 0] = middle + side * apart * height_px / width_px * 0.5
        image[LANDMARK_INDEX[name], 1] = image[LANDMARK_INDEX["left_shoulder"], 1] + 0.1
    return pose.with_image(image)


def _raised(pose: PoseFrame, height: float) -> PoseFrame:
    image = pose.image.copy()
    image[:, 1] -= height
    return pose.with_image(image)


def _noisy(pose: PoseFrame, chances: np.random.Generator, noise: float) -> PoseFrame:
    image = pose.image.copy()
    image[:, :2] += chances.normal(0, noise, (len(image), 2))
    return pose.with_image(image)
