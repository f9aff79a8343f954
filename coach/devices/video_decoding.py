"""Opening video and sound files and decoding pictures with PyAV: time stamps, turning, damage, errors in words."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.video.reformatter import VideoReformatter
from numpy.typing import NDArray

from coach.errors import VideoFileError
from coach.settings.devices import VideoFileSettings
from coach.vision.turning import turned

_ANOTHER = "Give the path of a video such as dance.mp4"
_TEXT_FORMATS = {"tty"}  # FFmpeg plays any .txt as "ANSI art"


def open_container(path: Path) -> Any:
    """Open a video or sound file for reading; raises `VideoFileError` in words. Only files, never addresses."""
    if path.is_dir():
        raise VideoFileError(path, "this is a folder, not a file", _ANOTHER)
    if not path.is_file():
        raise VideoFileError(path, "there is no such file", "Check the path")
    try:
        # Playlists inside a file must not make us open a network connection.
        container = av.open(str(path), options={"protocol_whitelist": "file"}, metadata_errors="replace")
    except PermissionError as error:
        raise VideoFileError(path, "this file may not be read", "Check its permissions") from error
    except (av.error.FFmpegError, ValueError) as error:
        problem = "this is not a video or sound file, or it is damaged at its beginning"
        raise VideoFileError(path, problem, _ANOTHER) from error
    if container.format.name in _TEXT_FORMATS:
        container.close()
        raise VideoFileError(path, "this is a text file", _ANOTHER)
    return container


def decoded_packets(container: Any, stream: Any) -> Iterator[list[Any] | None]:
    """What each packet of a track holds, pictures or pieces of sound; None for a damaged one."""
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets, None)
            if packet is None:
                return
            frames = packet.decode()
        except EOFError:
            return
        except (av.error.FFmpegError, OSError):
            frames = None
        yield frames


def video_stream(container: Any) -> Any | None:
    """The picture track of an open file, or None (the cover of a song is not one)."""
    for stream in container.streams.video:
        if not stream.disposition & av.stream.Disposition.attached_pic:
            return stream
    return None


class Pictures:
    """Decodes one picture track."""

    def __init__(self, container: Any, stream: Any, settings: VideoFileSettings) -> None:
        self._container, self._stream, self._settings = container, stream, settings
        self._reformatter = VideoReformatter()  # keeping it saves setting up the conversion for every picture
        stream.thread_type = "AUTO"
        stream.codec_context.thread_count = settings.decoder_threads
        self.damaged = 0

    @property
    def fps(self) -> float:
        """Average frame rate."""
        rate = self._stream.average_rate or self._stream.guessed_rate
        return float(rate) if rate else self._settings.unknown_rate_fps

    @property
    def announced_s(self) -> float | None:
        """Length of the picture track, if the file tells it."""
        return stamp_s(self._stream, self._stream.duration) or _tagged_s(self._stream) or self._container_s()

    @property
    def announced(self) -> int | None:
        """Number of pictures: told by the file, or estimated from its length, or unknown."""
        if self._stream.frames:
            return int(self._stream.frames)
        return None if self.announced_s is None else round(self.announced_s * self.fps)

    def _container_s(self) -> float | None:
        """Length of the whole file: only where no sound could make it longer than the pictures."""
        if self._container.duration is None or self._container.streams.audio:
            return None
        return float(self._container.duration / av.time_base)

    def frames(self, from_s: float | None = None) -> Iterator[tuple[float, Any]]:
        """Time stamp on the file's clock and picture, from the first not before ``from_s``."""
        if from_s is not None:
            self._container.seek(int(from_s / self._stream.time_base), stream=self._stream, backward=True)
        time_s = math.nan
        for frame in self._decoded():
            if frame.pts is not None:
                time_s = float(frame.pts * frame.time_base)
            else:  # a bare stream without time stamps
                time_s = 0.0 if math.isnan(time_s) else time_s + 1 / self.fps
            if from_s is None or time_s >= from_s - 1e-6:
                yield time_s, frame

    def _decoded(self) -> Iterator[Any]:
        in_a_row = 0
        for frames in decoded_packets(self._container, self._stream):
            if frames is not None:
                in_a_row = 0
                yield from frames
                continue
            self.damaged += 1
            in_a_row += 1
            if in_a_row >= self._settings.damaged_packets_limit:
                return

    def upright_size_px(self, frame: Any, height_limit_px: int | None) -> tuple[int, int]:
        """Width and height of what `upright` gives."""
        width, height = self._square_size_px(frame)
        if frame.rotation % 180:
            width, height = height, width
        scale = 1.0 if height_limit_px is None else min(1.0, height_limit_px / height)
        return max(1, round(width * scale)), max(1, round(height * scale))

    def upright(self, frame: Any, height_limit_px: int | None) -> NDArray[np.uint8]:
        """The picture as BGR, upright, with square picture elements, C-contiguous."""
        width, height = self.upright_size_px(frame, height_limit_px)
        if frame.rotation % 180:
            width, height = height, width
        resized = (width, height) != (frame.width, frame.height)
        bgr = self._reformatter.reformat(
            frame, width, height, "bgr24", interpolation="AREA" if resized else None, threads=1
        )
        return turned(np.ascontiguousarray(bgr.to_ndarray()), frame.rotation)

    def _square_size_px(self, frame: Any) -> tuple[int, int]:
        ratio = self._stream.sample_aspect_ratio
        return (round(frame.width * ratio) if ratio else frame.width), frame.height


def need_video_stream(container: Any, path: Path) -> Any:
    """The picture track; raises `VideoFileError` if there is none."""
    stream = video_stream(container)
    if stream is None:
        raise VideoFileError(path, "this file has no pictures", _ANOTHER)
    return stream


def need_first(
    frames: Iterator[tuple[float, Any]], path: Path, problem: str = "not one picture of this video can be read"
) -> tuple[float, Any]:
    """The first of ``frames``; raises `VideoFileError` with ``problem`` if there is none."""
    first = next(frames, None)
    if first is None:
        raise VideoFileError(path, problem, "It may be empty or damaged: give another one")
    return first


def stamp_s(stream: Any, stamp: int | None) -> float | None:
    """A time stamp of ``stream`` in seconds."""
    return None if stamp is None else float(stamp * stream.time_base)


def _tagged_s(stream: Any) -> float | None:
    """Length of a Matroska track, which only a tag like ``00:01:02.500000000`` tells."""
    parts = str(stream.metadata.get("DURATION", "")).split(":")
    try:
        hours, minutes, seconds = (float(part) for part in parts)
    except ValueError:
        return None
    return hours * 3600 + minutes * 60 + seconds
