"""Landmarks of the two test videos through the product's own decoder and pose model, kept between runs."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.clock import SystemClock
from coach.devices.model_source import PoseModelKind
from coach.devices.pose_detector import PoseDetector
from coach.devices.pose_models import ensure_pose_model
from coach.devices.video_file import VideoFileSource
from coach.pose.pose_frame import PoseTrack
from coach.storage.folders import user_folders
from coach.vision.pictures import flip, resize_to_height

Picture = NDArray[np.uint8]

_HEIGHT_PX = 480
_GREY = 96


def landmarks(video: Path, picture: str, every: int = 1) -> PoseTrack:
    """The poses in ``video`` with its pictures altered (`altered`), raw as the model gives them.

    Only one of ``every`` frames is looked at.
    """
    place = _cache_place(video, picture if every == 1 else f"{picture}-{every}")
    if not place.exists():
        _extract(video, picture, every, place)
    with np.load(place) as saved:
        size = (int(saved["size"][0]), int(saved["size"][1]))
        return PoseTrack(saved["time_s"], saved["image"], saved["world"], size)


def altered(bgr: Picture, picture: str, rng: np.random.Generator) -> Picture:
    """The picture as it is, dark and noisy, small within a grey frame, or flipped left-right."""
    if picture == "dark":
        noisy = bgr * np.float32(0.35) + rng.normal(0.0, 8.0, bgr.shape).astype(np.float32)
        return np.clip(noisy, 0, 255).astype(np.uint8)
    if picture == "small":
        height, width = bgr.shape[:2]
        inner = resize_to_height(bgr, round(0.6 * height))
        outer = np.full_like(bgr, _GREY)
        left = (width - inner.shape[1]) // 2
        outer[height - inner.shape[0] :, left : left + inner.shape[1]] = inner
        return outer
    return flip(bgr) if picture == "flipped" else bgr


def _extract(video: Path, picture: str, every: int, place: Path) -> None:
    model = ensure_pose_model(
        PoseModelKind.FULL, cache_dir=user_folders().models, report=print, progress=lambda _what, _share: None
    )
    rng = np.random.default_rng(7)
    frames, number = [], -1
    with VideoFileSource(video, SystemClock()) as source, PoseDetector(model, with_mask=False) as detector:
        while (frame := source.read(10.0)) is not None:
            number += 1
            if number % every:
                continue
            small = altered(resize_to_height(frame.bgr, _HEIGHT_PX), picture, rng)
            frames.append(detector.detect(np.ascontiguousarray(small), frame.time_s, frame.size_px).pose)
    track = PoseTrack.from_frames(frames)
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_suffix(".part.npz")
    np.savez_compressed(
        part, time_s=track.time_s, image=track.image, world=track.world, size=np.array(track.frame_size_px)
    )
    part.replace(place)


def _cache_place(video: Path, picture: str) -> Path:
    digest = hashlib.sha256(video.read_bytes()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / "dance-coach-bench" / f"{video.stem}-{digest}-{picture}.npz"
