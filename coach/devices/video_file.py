"""A video file as a source of frames with their own time stamps (one clock with the file's sound)."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coach.clock import Clock
from coach.devices.frame_source import Frame, FrameSource, SourceInfo
from coach.devices.video_decoding import (
    Pictures,
    need_first,
    need_video_stream,
    open_container,
    stamp_s,
    video_stream,
)
from coach.devices.video_facts import VideoFacts, VideoHealth
from coach.errors import Sentence, VideoFileError
from coach.settings.devices import VideoFileSettings


def first_picture_s(path: Path) -> float | None:
    """Time stamp of the first picture on the file's clock; None if there is no picture (a song)."""
    with open_container(path) as container:
        stream = video_stream(container)
        if stream is None:
            return None
        first = next(Pictures(container, stream, VideoFileSettings()).frames(), None)
        return None if first is None else first[0]


def probe(path: Path, settings: VideoFileSettings | None = None) -> VideoFacts:
    """Look at a video file without reading all of it; raises `VideoFileError` if it has no picture."""
    settings = settings or VideoFileSettings()
    with open_container(path) as container:
        pictures = Pictures(container, need_video_stream(container, path), settings)
        start_s, frame = need_first(pictures.frames(), path)
        audio = container.streams.audio[0] if container.streams.audio else None
        return VideoFacts(
            duration_s=pictures.announced_s,
            fps=pictures.fps,
            size_px=pictures.upright_size_px(frame, None),
            frame_count=pictures.announced,
            has_audio=audio is not None,
            video_start_s=start_s,
            audio_start_s=stamp_s(audio, audio.start_time) if audio is not None else None,
            rotation_deg=int(frame.rotation) % 360,
        )


class VideoFileSource(FrameSource):
    """All pictures of a video file, in order, as fast as they are read (`PacedSource` slows them to real time).

    Times are the file's own time stamps, counted from the first picture given, also with a variable frame rate.
    Turned (phone) and non-square pictures come upright and square. Damaged pieces are left out: see `health`.

    Parameters
    ----------
    path : Path
    clock : Clock
        Stamps the moment when a picture is handed out.
    settings : VideoFileSettings, optional
    start_s, end_s : float, optional
        Give only this stretch, in seconds after the file's first picture.
    height_limit_px : int, optional
        Make higher pictures so small while decoding (cheaper than afterwards); never enlarges.
    """

    def __init__(
        self,
        path: Path,
        clock: Clock,
        settings: VideoFileSettings | None = None,
        *,
        start_s: float = 0.0,
        end_s: float = math.inf,
        height_limit_px: int | None = None,
    ) -> None:
        super().__init__()
        self._path, self._clock, self._settings = path, clock, settings or VideoFileSettings()
        self._start_s, self._end_s, self._height_limit_px = start_s, end_s, height_limit_px
        self._guard = threading.Lock()  # the file must not be closed while another thread decodes
        self._container: Any = None
        self._pictures: Pictures | None = None
        self._frames: Iterator[tuple[float, Any]] = iter(())
        self._first_s = self._last_s = 0.0
        self._given = self._skipped = 0
        self._ended = False

    @property
    def health(self) -> VideoHealth:
        """How reading went so far; complete once `read` gave None."""
        pictures = self._pictures
        if pictures is None:
            raise RuntimeError("the source is not open")
        read_s = self._last_s if self._given else 0.0
        trimmed = self._start_s > 0 or math.isfinite(self._end_s)
        return VideoHealth(
            decoded=self._given,
            duration_s=read_s,
            announced=pictures.announced,
            announced_s=pictures.announced_s,
            damaged_packets=pictures.damaged,
            skipped_stamps=self._skipped,
            truncated=self._ended and not trimmed and self._lacks_something(pictures, read_s),
        )

    def _lacks_something(self, pictures: Pictures, read_s: float) -> bool:
        if pictures.announced_s is None:
            return pictures.damaged > 0
        missing_s = pictures.announced_s - read_s - 1 / pictures.fps
        return missing_s > max(self._settings.missing_s, self._settings.missing_share * pictures.announced_s)

    def _open(self) -> SourceInfo:
        self._container = open_container(self._path)
        try:
            stream = need_video_stream(self._container, self._path)
            self._pictures = Pictures(self._container, stream, self._settings)
            frames = self._pictures.frames()
            file_start_s, frame = need_first(frames, self._path)
            if self._start_s > 0:
                frames = self._pictures.frames(from_s=file_start_s + self._start_s)
                file_time_s, frame = need_first(
                    frames, self._path, Sentence("it ends before {start_s:g} s", start_s=self._start_s)
                )
            else:
                file_time_s = file_start_s
        except VideoFileError:
            self._container.close()
            raise
        self._frames = _chain(file_time_s, frame, frames)
        self._first_s, self._last_s = file_time_s, -math.inf
        self._end_s += file_start_s - file_time_s
        announced_s = self._pictures.announced_s
        left_s = None if announced_s is None else announced_s - (file_time_s - file_start_s)
        return SourceInfo(
            description=self._path.name,
            frame_size_px=self._pictures.upright_size_px(frame, self._height_limit_px),
            fps=self._pictures.fps,
            duration_s=left_s if left_s is None else min(left_s, self._end_s),
            live=False,
        )

    def _read(self, timeout_s: float) -> Frame | None:
        with self._guard:
            found = None if self._closed else self._next()
            if self._closed:  # closing did not get the guard in time and left it to us
                self._container.close()
                return None
        if found is None:
            self._ended = True
            return None
        time_s, bgr = found
        self._given += 1
        return Frame(self._given - 1, time_s, bgr, self._clock.now_s())

    def _next(self) -> tuple[float, NDArray[np.uint8]] | None:
        assert self._pictures is not None
        for file_time_s, frame in self._frames:
            time_s = file_time_s - self._first_s
            if time_s > self._end_s:
                return None
            if time_s <= self._last_s:
                self._skipped += 1
                continue
            self._last_s = time_s
            return time_s, self._pictures.upright(frame, self._height_limit_px)
        return None

    def _close(self) -> None:
        if self._container is not None and self._guard.acquire(timeout=self._settings.close_timeout_s):
            try:
                self._frames = iter(())
                self._container.close()
            finally:
                self._guard.release()


def _chain(time_s: float, frame: Any, rest: Iterator[tuple[float, Any]]) -> Iterator[tuple[float, Any]]:
    yield time_s, frame
    yield from rest
