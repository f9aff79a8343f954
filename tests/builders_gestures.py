"""People who ask for something: the drawn dancer with many bodies, cameras and sensors."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from coach.gestures.gesture import Gesture, GestureAction, GestureState
from coach.gestures.gesture_reader import GestureReader
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.mirror import mirrored_frame
from coach.pose.pose_frame import FloatArray, PoseFrame
from coach.routine.acts import HoldGesture, Performer, Stand
from coach.routine.body import AVERAGE_BODY, Body
from coach.routine.camera import photograph
from coach.routine.skeleton import stage_landmarks
from coach.settings.gestures import GestureSettings
from coach.settings.routine import StageCamera

SIZE_PX = (960, 540)
LEGS = [
    LANDMARK_INDEX[f"{side}_{part}"] for side in ("left", "right") for part in ("knee", "ankle", "heel", "foot_index")
]
ARMS = [LANDMARK_INDEX[f"{side}_{part}"] for side in ("left", "right") for part in ("elbow", "wrist")]
ALL_BOUND = {gesture: list(GestureAction)[index % len(GestureAction)] for index, gesture in enumerate(Gesture)}


@dataclass(frozen=True)
class Sensing:
    """How a person is seen.

    Attributes
    ----------
    noise : float
        Of every landmark, in torso lengths, standard deviation.
    drop_share : float
        Of the frames in which each arm landmark is lost.
    legs : bool
        Whether the picture shows them.
    """

    body: Body = AVERAGE_BODY
    camera: StageCamera = field(default_factory=StageCamera)
    fps: float = 30.0
    noise: float = 0.0
    drop_share: float = 0.0
    legs: bool = True
    mirrored: bool = False
    seed: int = 0


def varied(seed: int) -> Sensing:
    """Somebody, somewhere: bodies, cameras, clothes and sensors as they come."""
    rng = np.random.default_rng(seed)
    body = AVERAGE_BODY.varied(
        arms=float(rng.uniform(0.88, 1.12)), legs=float(rng.uniform(0.9, 1.1)), breadth=float(rng.uniform(0.85, 1.25))
    ).scaled(float(rng.uniform(0.7, 1.15)))
    camera = StageCamera(yaw_deg=float(rng.uniform(-30, 30)), height_m=float(rng.uniform(0.7, 1.5)))
    return Sensing(
        body=body,
        camera=camera,
        fps=float(rng.uniform(15, 60)),
        noise=float(rng.uniform(0.0, 0.025)),
        drop_share=float(rng.choice([0.0, 0.05, 0.1])),
        legs=bool(rng.random() < 0.7),
        mirrored=bool(rng.random() < 0.5),
        seed=seed,
    )


def sensed_poses(poses: Callable[[float], FloatArray], times_s: Iterable[float], how: Sensing) -> list[PoseFrame]:
    """Pose vectors as a sensor would report them."""
    rng = np.random.default_rng(how.seed)
    frames = []
    for time_s in times_s:
        stage = stage_landmarks(poses(float(time_s)), how.body)
        frame = photograph(stage, how.camera, SIZE_PX, float(time_s))
        frames.append(spoilt(frame, how, rng))
    return frames


def spoilt(frame: PoseFrame, how: Sensing, rng: np.random.Generator) -> PoseFrame:
    """The frame with noise, lost joints, legs out of the picture, as a mirror shows it."""
    image = frame.image.copy()
    xy = frame.square_xy()
    torso = float(np.linalg.norm(xy[[11, 12]].mean(axis=0) - xy[[23, 24]].mean(axis=0)))
    image[:, :2] += rng.normal(0.0, how.noise * torso, (33, 2)) / (SIZE_PX[0] / SIZE_PX[1], 1.0)
    lost = [index for index in ARMS if rng.random() < how.drop_share]
    if not how.legs:
        lost += LEGS
    image[lost] = (np.nan, np.nan, np.nan, 0.0)
    frame = replace(frame, image=image)
    return mirrored_frame(frame) if how.mirrored else frame


def asking(gesture: Gesture, how: Sensing, hold_s: float = 2.0, before_s: float = 1.0) -> list[PoseFrame]:
    """Stand, hold a gesture, stand."""
    performer = Performer(Stand())
    order = (Stand(lasts_s=before_s), HoldGesture(gesture, hold_s), Stand())
    performer.do(order, 0.0)
    end_s = before_s + order[1].lasts_s + 1.0
    return sensed_poses(performer.pose, np.arange(round(end_s * how.fps)) / how.fps, how)


def read(frames: Iterable[PoseFrame], reader: GestureReader | None = None) -> list[GestureState]:
    """What a reader of all gestures makes of it."""
    reader = reader or GestureReader(ALL_BOUND, GestureSettings())
    return [reader.step(frame, frame.time_s) for frame in frames]
