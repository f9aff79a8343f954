"""Pictures, masks and models for the tests of sensing."""

from __future__ import annotations

import functools
import io
import os
import zipfile
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from coach.devices import network_guard
from coach.devices.model_source import ModelSource, PoseModelKind, Progress, SourceError
from coach.devices.pose_bundle import DETECTOR_MEMBER, LANDMARKS_MEMBER
from coach.devices.pose_models import ensure_pose_model
from coach.errors import PoseModelError
from coach.pose.landmark_table import LANDMARK_COUNT, LANDMARK_INDEX
from coach.storage.folders import user_folders

STANDING = {
    "nose": (0.0, -0.93),
    "left_ear": (0.045, -0.93),
    "right_ear": (-0.045, -0.93),
    "left_shoulder": (0.11, -0.818),
    "right_shoulder": (-0.11, -0.818),
    "left_elbow": (0.20, -0.66),
    "right_elbow": (-0.20, -0.66),
    "left_wrist": (0.26, -0.52),
    "right_wrist": (-0.26, -0.52),
    "left_index": (0.28, -0.45),
    "right_index": (-0.28, -0.45),
    "left_hip": (0.07, -0.53),
    "right_hip": (-0.07, -0.53),
    "left_knee": (0.09, -0.285),
    "right_knee": (-0.09, -0.285),
    "left_ankle": (0.10, -0.039),
    "right_ankle": (-0.10, -0.039),
    "left_heel": (0.10, -0.01),
    "right_heel": (-0.10, -0.01),
    "left_foot_index": (0.15, -0.005),
    "right_foot_index": (-0.15, -0.005),
}
"""A person facing the camera: body heights right of and below the point between the feet."""


def standing_xy(foot_xy: tuple[float, float], height: float) -> NDArray[np.float64]:
    """Landmarks (33, 2) of a standing person; those of no interest are nan."""
    xy = np.full((LANDMARK_COUNT, 2), np.nan)
    for name, (x, y) in STANDING.items():
        xy[LANDMARK_INDEX[name]] = (foot_xy[0] + x * height, foot_xy[1] + y * height)
    return xy


def drawn_person(
    size_px: tuple[int, int] = (640, 480), centre_x_px: float | None = None, height_px: float | None = None
) -> NDArray[np.uint8]:
    """A person that the pose model sees, on a plain wall with a few things on it."""
    width, height = size_px
    body = 0.85 * height if height_px is None else height_px
    foot = (width / 2 if centre_x_px is None else centre_x_px, 0.95 * height)
    picture = room(size_px)
    at = {name: (foot[0] + x * body, foot[1] + y * body) for name, (x, y) in STANDING.items()}

    def point(name: str) -> tuple[int, int]:
        return round(at[name][0]), round(at[name][1])

    def limb(names: tuple[str, ...], share: float, colour: tuple[int, int, int]) -> None:
        for start, end in pairwise(names):
            cv2.line(picture, point(start), point(end), colour, max(2, round(share * body)), cv2.LINE_AA)

    skin, shirt, trousers, shoes = (150, 180, 225), (60, 60, 190), (110, 60, 40), (30, 30, 30)
    for side in ("left", "right"):
        limb((f"{side}_hip", f"{side}_knee", f"{side}_ankle"), 0.085, trousers)
        limb((f"{side}_heel", f"{side}_foot_index"), 0.04, shoes)
    trunk = np.array(
        [
            point(f"{side}_{part}")
            for side, part in (("left", "shoulder"), ("right", "shoulder"), ("right", "hip"), ("left", "hip"))
        ]
    )
    cv2.fillConvexPoly(picture, trunk, shirt, cv2.LINE_AA)
    cv2.polylines(picture, [trunk], True, shirt, round(0.07 * body), cv2.LINE_AA)
    for side in ("left", "right"):
        limb((f"{side}_shoulder", f"{side}_elbow"), 0.06, shirt)
        limb((f"{side}_elbow", f"{side}_wrist", f"{side}_index"), 0.04, skin)
    head = (round(foot[0]), round(foot[1] - 0.93 * body))
    cv2.line(picture, head, (head[0], round(foot[1] - 0.82 * body)), skin, round(0.055 * body), cv2.LINE_AA)
    cv2.ellipse(picture, head, (round(0.052 * body), round(0.07 * body)), 0, 0, 360, skin, -1, cv2.LINE_AA)
    cv2.ellipse(
        picture,
        (head[0], round(head[1] - 0.03 * body)),
        (round(0.055 * body), round(0.05 * body)),
        0,
        180,
        360,
        (30, 40, 60),
        -1,
        cv2.LINE_AA,
    )
    for side in (-1, 1):
        cv2.circle(
            picture,
            (round(head[0] + side * 0.02 * body), round(head[1] - 0.005 * body)),
            max(1, round(0.007 * body)),
            (40, 30, 30),
            -1,
            cv2.LINE_AA,
        )
    cv2.ellipse(
        picture,
        (head[0], round(head[1] + 0.035 * body)),
        (round(0.02 * body), round(0.008 * body)),
        0,
        0,
        180,
        (70, 70, 160),
        max(1, round(0.006 * body)),
        cv2.LINE_AA,
    )
    return picture


def room(size_px: tuple[int, int] = (640, 480), seed: int = 0) -> NDArray[np.uint8]:
    """A wall with structure everywhere, for flow to hold on to."""
    width, height = size_px
    rng = np.random.default_rng(seed)
    coarse = rng.integers(120, 220, (max(2, height // 12), max(2, width // 12)), dtype=np.uint8)
    wall = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.ascontiguousarray(np.stack([wall, wall, wall], axis=2))


def pretend_unguarded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give Python an environment of its own in which nothing is blocked; native code keeps the real, guarded one."""
    environment = network_guard.user_environment()
    monkeypatch.setattr(os, "environ", environment)
    monkeypatch.setattr(network_guard, "_before", None)


@functools.lru_cache
def _model_or_reason(kind: PoseModelKind) -> Path | str:
    lines: list[str] = []
    try:
        return ensure_pose_model(
            kind, cache_dir=user_folders().models, report=lines.append, progress=lambda _what, _share: None
        )
    except PoseModelError as error:
        return " ".join((*lines, str(error)))


def pose_model(kind: PoseModelKind = PoseModelKind.FULL) -> Path:
    """The real model from the user's cache (fetched there at most once); skips the test where there is none."""
    found = _model_or_reason(kind)
    if isinstance(found, str):
        pytest.skip(f"no pose model: {found}")
    return found


def bundle_bytes(fill: bytes = b"\0", *, metadata: bool = True, compressed: bool = False) -> bytes:
    """Something with the structure of a model bundle and no network in it."""
    network = b"\0\0\0\0TFL3" + (b"TFLITE_METADATA M001" if metadata else b"") + fill * 120_000
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for member in (DETECTOR_MEMBER, LANDMARKS_MEMBER):
            info = zipfile.ZipInfo(member, (1980, 1, 1, 0, 0, 0))
            archive.writestr(info, network, zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED)
    return packed.getvalue()


class FakeSource(ModelSource):
    """Gives ``content`` as a bundle, or fails with ``error``; counts how often it was asked."""

    def __init__(self, name: str, content: bytes | None = None, error: Exception | None = None) -> None:
        self.name = name
        self.content = content
        self.error = error
        self.calls = 0

    def offers(self, kind: PoseModelKind) -> bool:
        return True

    def fetch(self, kind: PoseModelKind, work_folder: Path, progress: Progress) -> dict[PoseModelKind, Path]:
        self.calls += 1
        if self.error is not None:
            raise self.error
        if self.content is None:
            raise SourceError("has nothing")
        place = work_folder / kind.file_name
        place.write_bytes(self.content)
        progress(self.name, 1.0)
        return {kind: place}
