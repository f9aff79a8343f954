"""Both dancers in one video, in step: the same moment of the dance side by side, with the teacher's sound."""

from __future__ import annotations

import os
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import av
import numpy as np

from coach.clock import Clock
from coach.comparison.result.comparison_result import ComparisonResult
from coach.devices.side_by_side_stage import SideBySideClips, SideBySideStage
from coach.errors import VideoFileError
from coach.pose.reference import Audio
from coach.settings.report import SideBySideSettings

_SOUND_LEAD_S: Final = 0.5
"""The sound is written so far ahead of the pictures: a player that reads in order never waits for it."""
_SOUND_CHUNK: Final = 1024
_ADVICE: Final = "Check the folder and the free space, and try again"


def write_side_by_side(
    path: Path,
    result: ComparisonResult,
    clips: SideBySideClips,
    clock: Clock,
    settings: SideBySideSettings | None = None,
    on_progress: Callable[[float], None] | None = None,
) -> None:
    """Write an H.264 video in an MP4 file that browsers play while they load it.

    It runs on the teacher's clock over the warping path; the student's picture is the one of the matched moment.

    Parameters
    ----------
    path : Path
        Ends in ``.mp4``; replaced in one step when the video is complete.
    result : ComparisonResult
    clips : SideBySideClips
    clock : Clock
    settings : SideBySideSettings, optional
    on_progress : callable, optional
        Told the share that is done, 0..1.

    Raises
    ------
    VideoFileError
        A source cannot be read, the clips have nothing in common, or the file cannot be written.
    """
    settings = settings or SideBySideSettings()
    if len(result.alignment.path_s) < 2:
        raise VideoFileError(path, "the clips have nothing in common to show", "Compare two clips of the same dance")
    part = path.with_name(f".{path.stem}.part.mp4")
    stage = SideBySideStage(result, clips, clock, settings)
    try:
        _encode(part, stage, result, clips.sound, settings, on_progress or (lambda share: None))
        os.replace(part, path)
    except (av.error.FFmpegError, OSError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise VideoFileError(path, f"the video could not be written ({reason.lower()})", _ADVICE) from error
    finally:
        stage.close()
        part.unlink(missing_ok=True)


def _encode(
    path: Path,
    stage: SideBySideStage,
    result: ComparisonResult,
    sound: Audio | None,
    settings: SideBySideSettings,
    on_progress: Callable[[float], None],
) -> None:
    start_s, end_s = (float(result.alignment.path_s[index, 1]) for index in (0, -1))
    rate = Fraction(settings.rate_fps).limit_denominator(1001)
    count = max(1, int((end_s - start_s) * rate) + 1)
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as out:
        pictures = out.add_stream("libx264", rate=rate)
        pictures.width, pictures.height = stage.size_px
        pictures.pix_fmt = "yuv420p"
        pictures.codec_context.time_base = 1 / rate
        pictures.options = {"preset": settings.preset, "crf": str(settings.crf)}
        track = None if sound is None else _SoundTrack(out, sound, (start_s, start_s + count / rate), settings)
        for index in range(count):
            shown_s = float(index / rate)
            if track is not None:
                track.write_until(shown_s + _SOUND_LEAD_S)
            frame = av.VideoFrame.from_ndarray(stage.picture(start_s + shown_s), format="bgra")
            frame.pts, frame.time_base = index, 1 / rate
            out.mux(pictures.encode(frame))
            on_progress((index + 1) / count)
        if track is not None:
            track.finish()
        out.mux(pictures.encode(None))


class _SoundTrack:
    """Writes a stretch of the teacher's sound, piece by piece."""

    def __init__(self, out: Any, sound: Audio, span_s: tuple[float, float], settings: SideBySideSettings) -> None:
        self._out, self._rate_hz, self._done = out, sound.rate_hz, 0
        first, last = (max(0, round(second * sound.rate_hz)) for second in span_s)
        self._pcm = sound.pcm[first:last]
        self._stream = out.add_stream("aac", rate=sound.rate_hz, layout="mono")
        self._stream.bit_rate = settings.sound_bit_rate

    def write_until(self, time_s: float) -> None:
        """Write what belongs before ``time_s``, from the video's beginning."""
        until = min(len(self._pcm), int(time_s * self._rate_hz))
        while self._done < until:
            piece = np.ascontiguousarray(self._pcm[np.newaxis, self._done : self._done + _SOUND_CHUNK])
            frame = av.AudioFrame.from_ndarray(piece, format="s16", layout="mono")
            frame.sample_rate, frame.time_base, frame.pts = self._rate_hz, Fraction(1, self._rate_hz), self._done
            self._out.mux(self._stream.encode(frame))
            self._done += piece.shape[1]

    def finish(self) -> None:
        """Write the rest."""
        self.write_until(len(self._pcm) / self._rate_hz)
        self._out.mux(self._stream.encode(None))
