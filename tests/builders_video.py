"""Small synthetic video and sound files for tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from coach.clock import ManualClock
from coach.devices.video_file import VideoFileSource

TIME_BASES = {"mpeg4": Fraction(1, 30)}  # MPEG-4 part 2 has no fine ones
STEADY_S = [index / 30 for index in range(20)]


def numbered_picture(number: int, size_px: tuple[int, int] = (64, 48)) -> NDArray[np.uint8]:
    """A picture whose brightness tells its number (modulo 20); brighter at the top left, to see how it is turned."""
    width, height = size_px
    picture = np.full((height, width, 3), 20 + 8 * (number % 20), np.uint8)
    picture[: height // 2, : width // 2] += 60
    return picture


def picture_number(bgr: NDArray[np.uint8]) -> int:
    """The number of a picture of `numbered_picture`, read off its (dark) lower right quarter, or any upright one."""
    height, width = bgr.shape[:2]
    return round((float(np.median(bgr[height // 2 + 4 :, width // 2 + 4 :])) - 19) / 8)


def write_video(
    path: Path,
    times_s: Sequence[float],
    *,
    size_px: tuple[int, int] = (64, 48),
    rotation_deg: int = 0,
    sample_aspect: Fraction | None = None,
    audio: tuple[NDArray[np.float32], int, float] | None = None,
    codec: str = "libx264",
    sound_codec: str | None = None,
    b_frames: int = 0,
    picture: Callable[[int, tuple[int, int]], NDArray[np.uint8]] = numbered_picture,
    options: dict[str, str] | None = None,
) -> Path:
    """Write one picture at each of ``times_s``; ``audio`` is (samples -1..1, rate_hz, start_s).

    With ``b_frames`` pictures are stored in another order than they are shown, which needs an edit list.
    """
    with av.open(str(path), "w", options=options or {}) as out:
        stream = out.add_stream(codec, rate=30)
        time_base = TIME_BASES.get(codec, Fraction(1, 90000))
        odd = size_px[0] % 2 or size_px[1] % 2
        stream.width, stream.height = size_px
        stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv444p" if odd else "yuv420p"
        stream.codec_context.time_base = stream.time_base = time_base
        stream.bit_rate = 4_000_000
        if codec == "libx264":
            stream.options = {"preset": "ultrafast", "crf": "10", "bf": str(b_frames), "g": "10"}
            stream.codec_context.max_b_frames = b_frames
        if sample_aspect is not None:
            stream.codec_context.sample_aspect_ratio = sample_aspect
        if rotation_deg:
            stream.set_display_rotation(rotation_deg)
        sound = None
        if audio is not None:
            usual = "aac" if path.suffix != ".mkv" else "pcm_s16le"
            sound = out.add_stream(sound_codec or usual, rate=audio[1], layout="mono")
        for index, time_s in enumerate(times_s):
            frame = av.VideoFrame.from_ndarray(picture(index, size_px), format="bgr24")
            frame.pts, frame.time_base = round(time_s / time_base), time_base
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
        if audio is not None and sound is not None:
            _mux_sound(out, sound, *audio)
    return path


def write_sound(
    path: Path, samples: NDArray[np.float32], rate_hz: int, codec: str, hole_s: tuple[float, float] = (0.0, 0.0)
) -> Path:
    """Write a music file (the suffix names the container); what falls into ``hole_s`` (from, to) is not stored."""
    with av.open(str(path), "w") as out:
        _mux_sound(out, out.add_stream(codec, rate=rate_hz, layout="mono"), samples, rate_hz, 0.0, hole_s)
    return path


def _mux_sound(
    out: object,
    stream: object,
    samples: NDArray[np.float32],
    rate_hz: int,
    start_s: float,
    hole_s: tuple[float, float] = (0.0, 0.0),
) -> None:
    pcm = (np.clip(samples, -1, 1) * 32767).astype(np.int16)
    for start in range(0, len(pcm), 1024):
        if hole_s[0] <= start / rate_hz < hole_s[1]:
            continue
        frame = av.AudioFrame.from_ndarray(pcm[np.newaxis, start : start + 1024], format="s16", layout="mono")
        frame.sample_rate, frame.time_base = rate_hz, Fraction(1, rate_hz)
        frame.pts = start + round(start_s * rate_hz)
        out.mux(stream.encode(frame))  # type: ignore[attr-defined]
    out.mux(stream.encode(None))  # type: ignore[attr-defined]


def tone(duration_s: float, rate_hz: int, frequency_hz: float = 440.0) -> NDArray[np.float32]:
    """A sine of half the full loudness."""
    return (0.5 * np.sin(2 * np.pi * frequency_hz * np.arange(int(duration_s * rate_hz)) / rate_hz)).astype(np.float32)


def clicks(duration_s: float, rate_hz: int, at_s: Sequence[float]) -> NDArray[np.float32]:
    """Silence with a short loud burst at each of ``at_s``."""
    samples = np.zeros(int(duration_s * rate_hz), np.float32)
    for time_s in at_s:
        start = round(time_s * rate_hz)
        samples[start : start + rate_hz // 200] = 0.9
    return samples


def truncate(path: Path, share: float) -> Path:
    """Cut the file's end off, leaving ``share`` of its bytes."""
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    return path


def all_frames(path, clock=None, **options):
    """All pictures of a video, and the source that they came from."""
    with VideoFileSource(path, clock or ManualClock(), **options) as source:
        frames = []
        while (frame := source.read(1.0)) is not None:
            frames.append(frame)
        return frames, source
