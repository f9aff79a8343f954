"""One dancer of a comparison, moment by moment: the video's picture with the skeleton over it, or a drawn figure."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coach.clock import Clock
from coach.devices.frame_source import Frame
from coach.devices.video_file import VideoFileSource
from coach.judging.verdicts import JointVerdict
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.mirror import mirrored_track
from coach.pose.pose_frame import FloatArray, PoseFrame, PoseTrack
from coach.settings.report import OverlayLook, Rgb
from coach.vision import compose
from coach.vision.compose import Box
from coach.vision.figure import FigureColours, draw_figure
from coach.vision.marks import bgra
from coach.vision.match_overlay import MatchOverlay
from coach.vision.pictures import Picture

READ_TIMEOUT_S = 5.0


@dataclass(frozen=True)
class DancerClip:
    """What is there of one dancer.

    Attributes
    ----------
    track : PoseTrack
        Landmarks, on the clock of the video (0 is its first picture).
    video : Path or None
        None for a reference that came without its video: the dancer is drawn.
    mirrored : bool
        Show picture and landmarks as in a mirror.
    """

    track: PoseTrack
    video: Path | None = None
    mirrored: bool = False


class VideoReader:
    """The pictures of a video at times that never fall; must be closed."""

    def __init__(self, path: Path, clock: Clock, height_limit_px: int) -> None:
        self._source = VideoFileSource(path, clock, height_limit_px=height_limit_px)
        self._source.open()
        self._shown: Frame | None = None
        self._next: Frame | None = self._source.read(READ_TIMEOUT_S)

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height of the pictures."""
        return self._source.info.frame_size_px

    def at(self, time_s: float) -> Picture:
        """The picture nearest to ``time_s``; the last one after the end."""
        while self._next is not None and self._nearer(self._next.time_s, time_s):
            self._shown, self._next = self._next, self._source.read(READ_TIMEOUT_S)
        assert self._shown is not None  # an open video has a first picture, and that is always taken
        return self._shown.bgr

    def _nearer(self, next_s: float, time_s: float) -> bool:
        return self._shown is None or next_s - time_s <= time_s - self._shown.time_s

    def close(self) -> None:
        """Close the file."""
        self._source.close()


class MatchedDancer:
    """Paints one dancer into a box of a picture; times must not fall. Must be closed.

    Parameters
    ----------
    clip : DancerClip
    look : OverlayLook
    bone_rgb : (int, int, int)
        Of the skeleton, or of the figure where there is no video.
    unsure_visibility : float
        Landmarks below it are dashed.
    """

    def __init__(
        self,
        clip: DancerClip,
        clock: Clock,
        look: OverlayLook,
        bone_rgb: Rgb,
        *,
        height_limit_px: int,
        unsure_visibility: float,
    ) -> None:
        self._track = mirrored_track(clip.track) if clip.mirrored else clip.track
        self._mirrored, self._look, self._bone_rgb = clip.mirrored, look, bone_rgb
        self._unsure = unsure_visibility
        self._video = None if clip.video is None else VideoReader(clip.video, clock, height_limit_px)

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height of the pictures, for their shape."""
        return self._track.frame_size_px if self._video is None else self._video.size_px

    def paint(
        self,
        pixels: Picture,
        box: Box,
        time_s: float,
        verdicts: Mapping[str, JointVerdict] | None = None,
        parts: Collection[str] = (),
    ) -> None:
        """Paint the dancer at ``time_s`` into ``box`` of ``pixels`` (h, w, 4)."""
        inside = compose.region(pixels, box)
        place = compose.contain(self.size_px, (0, 0, box[2], box[3]))
        if self._video is None or place[2:] != box[2:]:
            inside[:] = bgra(self._look.panel)
        picture = compose.region(inside, place)
        if self._video is not None:
            compose.scale_into(picture, self._video.at(time_s), mirrored=self._mirrored)
        pose = self.pose_at(time_s)
        if pose is None:
            return
        points_px = pose.image[:, :2] * np.array([place[2], place[3]], dtype=np.float64)
        overlay = MatchOverlay(picture, points_px, pose.visibility >= self._unsure, self._look, place[3])
        if self._video is None:
            self._figure(picture, pose, points_px, parts)
        else:
            overlay.bones(self._bone_rgb)
            overlay.parts(parts)
        overlay.joints(verdicts or {})

    def pose_at(self, time_s: float) -> PoseFrame | None:
        """The pose nearest to ``time_s``; None if nobody was seen there, or if the track does not reach so far."""
        times_s = self._track.time_s
        after = int(np.clip(np.searchsorted(times_s, time_s), 1, max(1, len(times_s) - 1)))
        index = min(range(max(0, after - 1), min(after + 1, len(times_s))), key=lambda i: abs(times_s[i] - time_s))
        pose = self._track.frame(index)
        return pose if pose.present else None

    def _figure(self, picture: Picture, pose: PoseFrame, points_px: FloatArray, parts: Collection[str]) -> None:
        look = self._look
        torso_px = _torso_px(points_px)
        if not math.isfinite(torso_px):
            return
        far: Rgb = look.teacher_far if self._bone_rgb == look.teacher else look.text_dim
        colours = FigureColours(bgra(self._bone_rgb), bgra(far), bgra(look.mistake), bgra(look.panel))
        draw_figure(picture, points_px, pose.image[:, 2] * picture.shape[1], torso_px, colours, parts)

    def close(self) -> None:
        """Close the video, if there is one."""
        if self._video is not None:
            self._video.close()


def _torso_px(points_px: FloatArray) -> float:
    shoulders, hips = (
        points_px[[LANDMARK_INDEX[f"{side}_{part}"] for side in ("left", "right")]].mean(axis=0)
        for part in ("shoulder", "hip")
    )
    return float(np.hypot(*(shoulders - hips)))
