"""Sound of a video or music file as mono PCM, on the clock of the file's pictures."""

from __future__ import annotations

import contextlib
import math
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from coach.devices.video_decoding import decoded_packets, open_container
from coach.devices.video_file import first_picture_s
from coach.errors import VideoFileError
from coach.pose.reference import Audio
from coach.settings.devices import SoundSettings

_PCM_SCALE = 32767.0
_ATEMPO_EARLY_S = 0.012  # measured on clicks: the filter gives everything so much of the original's time too early


def read_audio(
    path: Path, settings: SoundSettings | None = None, *, start_s: float = 0.0, end_s: float = math.inf
) -> Audio | None:
    """Read the sound of a file.

    Sample 0 belongs to the first picture of a video (silence is put in front, or sound cut off, where the two tracks
    do not start together); a song without pictures starts with its first sound.

    Parameters
    ----------
    path : Path
        Video or music file.
    settings : SoundSettings, optional
    start_s, end_s : float
        Only this stretch, in seconds after sample 0.

    Returns
    -------
    Audio or None
        None if the file has no sound (or nothing of it can be read).

    Raises
    ------
    VideoFileError
        The file is missing or not a video or sound file.
    """
    settings = settings or SoundSettings()
    origin_s = first_picture_s(path)
    with open_container(path) as container:
        if not container.streams.audio:
            return None
        track = _Track(settings, None if origin_s is None else origin_s + start_s)
        for frame in _decoded(container):
            track.add(frame, skip_s=start_s)
            if track.length_s >= end_s - start_s:
                break
        pcm = track.finish()
    if math.isfinite(end_s):
        pcm = pcm[: round((end_s - start_s) * settings.rate_hz)]
    return Audio(pcm, settings.rate_hz) if len(pcm) else None


def write_wav(audio: Audio, path: Path) -> None:
    """Write ``audio`` as a WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(audio.rate_hz)
        file.writeframes(audio.pcm.astype("<i2").tobytes())


def read_wav(path: Path) -> Audio:
    """Read a mono 16-bit WAV file as it is; raises `VideoFileError` for anything else."""
    try:
        with wave.open(str(path), "rb") as file:
            if (file.getnchannels(), file.getsampwidth()) != (1, 2):
                raise VideoFileError(path, "this is not a mono 16-bit WAV file", "Convert it first")
            pcm = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").astype(np.int16)
            return Audio(pcm, file.getframerate())
    except (OSError, EOFError, wave.Error) as error:
        raise VideoFileError(path, f"this WAV file cannot be read ({error})", "Delete it and try again") from error


def to_pcm(samples: NDArray[np.floating[Any]]) -> NDArray[np.int16]:
    """Samples in -1..1 as 16-bit PCM; louder ones (decoders do give them) are clipped, nan is silence."""
    pcm: NDArray[np.int16] = np.round(np.nan_to_num(np.clip(samples, -1.0, 1.0)) * _PCM_SCALE).astype(np.int16)
    return pcm


def from_pcm(pcm: NDArray[np.int16]) -> NDArray[np.float32]:
    """16-bit PCM as samples in -1..1."""
    return (pcm / _PCM_SCALE).astype(np.float32)


def filtered_tempo(audio: Audio, tempo: float) -> NDArray[np.float32]:
    """``audio`` at another tempo with FFmpeg's ``atempo`` (pitch kept, its early output delayed; not cut to length).

    Parameters
    ----------
    audio : Audio
    tempo : float
        Above 1 is faster.
    """
    lead = round(_ATEMPO_EARLY_S / tempo * audio.rate_hz)
    graph = av.filter.Graph()
    chain = [graph.add_abuffer(format="s16", sample_rate=audio.rate_hz, layout="mono")]
    while tempo < 0.5:  # the filter's own range ends there
        chain.append(graph.add("atempo", "0.5"))
        tempo /= 0.5
    chain += [graph.add("atempo", f"{tempo:.9f}"), graph.add("aformat", "sample_fmts=flt")]
    chain.append(graph.add("abuffersink"))
    graph.link_nodes(*chain).configure()
    frame = av.AudioFrame.from_ndarray(audio.pcm[np.newaxis], format="s16", layout="mono")
    frame.sample_rate = audio.rate_hz
    graph.push(frame)
    graph.push(None)
    parts = [np.zeros(lead, np.float32)]
    with contextlib.suppress(av.error.BlockingIOError, av.error.EOFError):  # both say: no more
        while True:
            parts.append(np.asarray(graph.pull().to_ndarray(), dtype=np.float32).ravel())
    return np.concatenate(parts, dtype=np.float32)


class _Track:
    """Collects mono PCM; decoded pieces are put where their time stamps say."""

    def __init__(self, settings: SoundSettings, origin_s: float | None) -> None:
        self._rate_hz, self._gap_s = settings.rate_hz, settings.gap_s
        self._origin_s = origin_s
        self._resampler: av.AudioResampler | None = None
        self._parts: list[NDArray[np.int16]] = []
        self._length = 0
        self._cut = 0  # samples before the origin, still to be thrown away
        self._next_s: float | None = None  # time at which the next piece should start

    @property
    def length_s(self) -> float:
        return self._length / self._rate_hz

    def add(self, frame: Any, skip_s: float) -> None:
        """Append one decoded piece."""
        time_s = float(frame.pts * frame.time_base) if frame.pts is not None else self._next_s
        if self._origin_s is None:
            self._origin_s = (time_s or 0.0) + skip_s
        if time_s is None:
            time_s = self._origin_s
        if self._next_s is None or abs(time_s - self._next_s) > self._gap_s:
            self._jump_to(time_s - self._origin_s)
            self._next_s = time_s
        self._next_s += frame.samples / frame.sample_rate
        if self._resampler is None:
            self._resampler = av.AudioResampler("flt", "mono", self._rate_hz)
        frame.pts = None  # the resampler would answer odd stamps with silence of its own
        self._collect(self._resampler.resample(frame))

    def finish(self) -> NDArray[np.int16]:
        self._flush()
        return np.concatenate(self._parts) if self._parts else np.zeros(0, np.int16)

    def _jump_to(self, position_s: float) -> None:
        """Go on at ``position_s`` after the origin: with silence in between, or without what would overlap."""
        self._flush()
        missing = round(position_s * self._rate_hz) - self._length
        if missing > 0:
            self._append(np.zeros(missing, np.int16))
        self._cut = max(0, -missing)

    def _flush(self) -> None:
        if self._resampler is not None:
            self._collect(self._resampler.resample(None))
            self._resampler = None

    def _collect(self, frames: list[Any]) -> None:
        for frame in frames:
            pcm = to_pcm(frame.to_ndarray().ravel())
            cut = min(self._cut, len(pcm))
            self._cut -= cut
            self._append(pcm[cut:])

    def _append(self, pcm: NDArray[np.int16]) -> None:
        self._parts.append(pcm)
        self._length += len(pcm)


def _decoded(container: Any) -> Iterator[Any]:
    """Pieces of the first sound track; damaged ones are left out (their time stays silent)."""
    for pieces in decoded_packets(container, container.streams.audio[0]):
        yield from pieces or ()
