"""Small pictures of the worst moments: the dancer cut out of the video, the limb that is off drawn over it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from coach.clock import Clock
from coach.devices.matched_dancer import DancerClip, MatchedDancer
from coach.pose.pose_frame import PoseFrame
from coach.settings.report import Rgb, StillSettings
from coach.vision import compose
from coach.vision.compose import Box
from coach.vision.jpeg import encode_jpeg
from coach.vision.marks import bgra
from coach.vision.pictures import Picture


class WantedMoment(NamedTuple):
    """A picture to make: when, and which body parts (``left_leg``) stand out."""

    time_s: float
    parts: tuple[str, ...] = ()


def moment_pictures(
    clip: DancerClip,
    moments: Sequence[WantedMoment],
    bone_rgb: Rgb,
    clock: Clock,
    settings: StillSettings | None = None,
) -> list[bytes | None]:
    """JPEG files of the moments, in their order; the video is read once.

    None where there is no video (the page draws the figure) or the time is not known.

    Raises
    ------
    VideoFileError
        The video cannot be read.
    """
    settings = settings or StillSettings()
    found: list[bytes | None] = [None] * len(moments)
    if clip.video is None or not moments:
        return found
    dancer = MatchedDancer(
        clip, clock, settings.look, bone_rgb, height_limit_px=settings.decode_height_px, unsure_visibility=0.0
    )
    try:
        for index in sorted(range(len(moments)), key=lambda place: moments[place].time_s):
            if math.isfinite(moments[index].time_s):
                found[index] = _still(dancer, moments[index], settings)
    finally:
        dancer.close()
    return found


def _still(dancer: MatchedDancer, moment: WantedMoment, settings: StillSettings) -> bytes:
    width_px, height_px = dancer.size_px
    whole = np.zeros((height_px, width_px, 4), np.uint8)
    dancer.paint(whole, (0, 0, width_px, height_px), moment.time_s, parts=moment.parts)
    cut = compose.region(whole, _crop(dancer.pose_at(moment.time_s), (width_px, height_px), settings))
    still = np.empty((settings.height_px, round(settings.height_px * settings.aspect), 4), np.uint8)
    still[:] = bgra(settings.look.panel)
    place = compose.contain((cut.shape[1], cut.shape[0]), (0, 0, still.shape[1], still.shape[0]))
    compose.scale_into(compose.region(still, place), _bgr(cut), mirrored=False)
    return encode_jpeg(still, settings.quality_percent)


def _bgr(pixels: Picture) -> Picture:
    return np.ascontiguousarray(pixels[..., :3])


def _crop(pose: PoseFrame | None, size_px: tuple[int, int], settings: StillSettings) -> Box:
    """The part of the picture that shows the dancer, in the shape of the still where the picture is large enough."""
    if pose is None:
        return 0, 0, *size_px
    points = pose.image[:, :2] * np.array(size_px, dtype=np.float64)
    low, high = np.nanmin(points, axis=0), np.nanmax(points, axis=0)
    room_px = settings.margin * float(high[1] - low[1])
    height_px = max(float(high[1] - low[1]) + 2 * room_px, (float(high[0] - low[0]) + 2 * room_px) / settings.aspect)
    wanted = np.minimum([height_px * settings.aspect, height_px], size_px)
    corner = np.clip((low + high) / 2 - wanted / 2, 0.0, np.array(size_px) - wanted)
    left, top, width, height = (round(float(value)) for value in (*corner, *wanted))
    return left, top, max(1, width), max(1, height)
