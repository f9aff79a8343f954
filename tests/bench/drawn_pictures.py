"""Known landmarks painted as a dancer and seen again by the real pose model: the sensor's errors with exact truth."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from coach.devices.model_source import PoseModelKind
from coach.devices.pose_detector import PoseDetector
from coach.devices.pose_models import ensure_pose_model
from coach.pose.body_size import BODY_HEIGHT_M, body_height
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.pose_frame import FloatArray, PoseTrack
from coach.storage.folders import user_folders
from coach.vision.backdrop import Backdrop
from coach.vision.draw_body import draw_dancer
from coach.vision.sensor_noise import SensorNoise

_HEIGHT_PX = 480
_NOISE_LEVEL = 6
_MIN_VISIBILITY = 0.5
_HIPS = [LANDMARK_INDEX["left_hip"], LANDMARK_INDEX["right_hip"]]


def model_path(kind: PoseModelKind = PoseModelKind.FULL) -> Path:
    """The pose model's bundle, fetched if need be."""
    return ensure_pose_model(kind, cache_dir=user_folders().models, report=print, progress=lambda _what, _share: None)


def detected(truth: PoseTrack, kind: PoseModelKind = PoseModelKind.FULL) -> PoseTrack:
    """What the pose model sees of ``truth`` drawn picture by picture; kept between runs."""
    digest = hashlib.sha256(np.ascontiguousarray(truth.image).tobytes() + kind.value.encode()).hexdigest()[:16]
    place = Path(tempfile.gettempdir()) / "dance-coach-bench" / f"drawn-{digest}.npz"
    if not place.exists():
        _detect(truth, kind, place)
    with np.load(place) as saved:
        return PoseTrack(truth.time_s, saved["image"], saved["world"], truth.frame_size_px)


def _detect(truth: PoseTrack, kind: PoseModelKind, place: Path) -> None:
    size_px = (round(_HEIGHT_PX * truth.frame_size_px[0] / truth.frame_size_px[1]), _HEIGHT_PX)
    backdrop, noise = Backdrop(size_px), SensorNoise(size_px, _NOISE_LEVEL)
    frames = []
    with PoseDetector(model_path(kind), with_mask=False) as detector:
        for index, time_s in enumerate(truth.time_s.tolist()):
            picture = backdrop.fresh()
            backdrop.draw_shadow(picture, truth.image[index])
            draw_dancer(picture, truth.image[index])
            noise.add_to(picture, index)
            frames.append(detector.detect(picture, time_s, truth.frame_size_px).pose)
    track = PoseTrack.from_frames(frames)
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_suffix(".part.npz")
    np.savez_compressed(part, image=track.image, world=track.world)
    part.replace(place)


def turned(track: PoseTrack, turn_deg: float) -> PoseTrack:
    """``track`` with the dancer turned about the vertical through the hips, seen in weak perspective."""
    cos, sin = np.cos(np.radians(turn_deg)), np.sin(np.radians(turn_deg))
    world = track.world.copy()
    world[..., 0] = cos * track.world[..., 0] + sin * track.world[..., 2]
    world[..., 2] = cos * track.world[..., 2] - sin * track.world[..., 0]
    xy = track.square_xy()
    height = float(np.nanmedian(body_height(xy, track.world, track.image[..., 3], _MIN_VISIBILITY)))
    aspect = track.frame_size_px[0] / track.frame_size_px[1]
    scale = height / BODY_HEIGHT_M
    centre: FloatArray = world[:, _HIPS, :3].mean(axis=1, keepdims=True)
    image = track.image.copy()
    image[..., :3] = scale * (world[..., :3] - centre)
    image[..., :2] += xy[:, _HIPS].mean(axis=1, keepdims=True)
    image[..., [0, 2]] /= aspect
    return replace(track, image=image, world=world)
