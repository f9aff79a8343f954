"""Both dancers in one video, in step: the same moment of the dance side by side, with the teacher's sound."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import av
import numpy as np

from coach.clock import Clock, clock_text
from coach.comparison.result.comparison_result import ComparisonResult
from coach.comparison.result.frame_table import JointCode
from coach.devices.matched_dancer import DancerClip, MatchedDancer
from coach.errors import VideoFileError
from coach.judging.verdicts import JointVerdict
from coach.pose.joint_table import JOINTS
from coach.pose.reference import Audio
from coach.settings.report import Rgb, SideBySideSettings
from coach.vision.compose import Box
from coach.vision.marks import bgra
from coach.vision.match_overlay import write
from coach.vision.pictures import Picture
from coach.vision.text import TextStyle

_VERDICTS: Final = {
    JointCode.UNSEEN: JointVerdict.UNSEEN,
    JointCode.GOOD: JointVerdict.GOOD,
    JointCode.STYLE: JointVerdict.STYLE,
    JointCode.MISTAKE: JointVerdict.MISTAKE,
}
_MOST_PARTS: Final = 2
_SOUND_LEAD_S: Final = 0.5
"""The sound is written so far ahead of the pictures: a player that reads in order never waits for it."""
_SOUND_CHUNK: Final = 1024
_ON_TIME_MS: Final = 20.0
_ADVICE: Final = "Check the folder and the free space, and try again"


@dataclass(frozen=True)
class SideBySideClips:
    """What there is of both dancers, and the sound on the teacher's clock (None: the video is silent)."""

    teacher: DancerClip
    student: DancerClip
    sound: Audio | None = None


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
    stage = _Stage(result, clips, clock, settings)
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
    stage: _Stage,
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


class _Stage:
    """Composes one picture after the other."""

    def __init__(
        self, result: ComparisonResult, clips: SideBySideClips, clock: Clock, settings: SideBySideSettings
    ) -> None:
        self._result, self._settings = result, settings
        look = settings.look

        def dancer(clip: DancerClip, rgb: Rgb) -> MatchedDancer:
            height_px, unsure = settings.height_px, settings.unsure_visibility
            return MatchedDancer(clip, clock, look, rgb, height_limit_px=height_px, unsure_visibility=unsure)

        self._teacher = dancer(clips.teacher, look.teacher)
        try:
            self._student = dancer(clips.student, look.bone)
        except BaseException:
            self._teacher.close()
            raise
        widths = [self._width_px(one.size_px) for one in (self._teacher, self._student)]
        right = widths[0] + settings.gap_px
        self._boxes: tuple[Box, Box] = (0, 0, widths[0], settings.height_px), (right, 0, widths[1], settings.height_px)
        width, height = right + widths[1], settings.height_px + settings.strip_px
        self.size_px = width + width % 2, height + height % 2  # H.264 in 4:2:0 has only even sizes
        self._pixels: Picture = np.empty((self.size_px[1], self.size_px[0], 4), np.uint8)
        self._pixels[:] = bgra(settings.look.ink)

    def _width_px(self, size_px: tuple[int, int]) -> int:
        return max(1, min(self._settings.width_limit_px, round(self._settings.height_px * size_px[0] / size_px[1])))

    def picture(self, teacher_s: float) -> Picture:
        """Shape (h, w, 4), BGRA; overwritten by the next call."""
        student_s = float(np.nan_to_num(self._result.alignment.student_at(teacher_s), nan=0.0))
        row = self._row(student_s)
        verdicts, parts = self._judged(row)
        self._pixels[self._settings.height_px :] = bgra(self._settings.look.ink)
        self._teacher.paint(self._pixels, self._boxes[0], teacher_s)
        self._student.paint(self._pixels, self._boxes[1], student_s, verdicts, parts)
        self._strip(teacher_s, student_s, row)
        return self._pixels

    def _row(self, student_s: float) -> int | None:
        times_s = self._result.frames.student_s
        return int(np.argmin(np.abs(times_s - student_s))) if len(times_s) else None

    def _judged(self, row: int | None) -> tuple[dict[str, JointVerdict], tuple[str, ...]]:
        """Each joint's verdict, and the body parts that are most off."""
        if row is None:
            return {}, ()
        frames = self._result.frames
        verdicts = {
            joint.name: _VERDICTS[int(code)] for joint, code in zip(JOINTS, frames.verdict[row].tolist(), strict=True)
        }
        heat: dict[str, float] = {}
        for index, joint in enumerate(JOINTS):
            if verdicts[joint.name] is JointVerdict.MISTAKE:
                own = abs(float(frames.excess_deg[row, index])) / float(frames.tolerance_deg[row, index])
                heat[joint.part] = max(heat.get(joint.part, 0.0), own)
        return verdicts, tuple(sorted(heat, key=lambda part: -heat[part])[:_MOST_PARTS])

    def _strip(self, teacher_s: float, student_s: float, row: int | None) -> None:
        settings, look = self._settings, self._settings.look
        if not settings.strip_px:
            return
        size_px = max(10, round(settings.strip_px * 0.26))
        upper, lower = (settings.height_px + round(settings.strip_px * share) for share in (0.28, 0.70))
        bold, plain = TextStyle(size_px, 600), TextStyle(size_px, 400)
        timing = "" if row is None else _timing_words(float(self._result.frames.timing_ms[row]))
        names = self._result.teacher.title, self._result.student.title
        for box, who, name, time_s, rgb, note in (
            (self._boxes[0], "Teacher", names[0], teacher_s, look.teacher, ""),
            (self._boxes[1], "You", names[1], student_s, look.text, timing),
        ):
            time_words = f"{who} {clock_text(time_s)}.{int(10 * time_s) % 10}"
            left, room_px = box[0] + size_px, box[2] - 2 * size_px
            left += write(self._pixels, time_words, (left, upper), bold, rgb, room_px) + size_px
            left += write(self._pixels, note, (left, upper), plain, look.text_dim, box[0] + box[2] - left)
            left += size_px if note else 0
            write(self._pixels, name, (left, upper), plain, rgb, box[0] + box[2] - left - size_px)
        words = self._words_at(student_s)
        write(self._pixels, words, (size_px, lower), plain, look.mistake, self.size_px[0] - 2 * size_px)

    def _words_at(self, student_s: float) -> str:
        """What to do, while one of the worst moments is on."""
        for moment in self._result.worst:
            if moment.student_s[0] <= student_s <= moment.student_s[1]:
                return moment.words
        return ""

    def close(self) -> None:
        """Close both videos."""
        self._teacher.close()
        self._student.close()


def _timing_words(timing_ms: float) -> str:
    if not np.isfinite(timing_ms):
        return ""
    if abs(timing_ms) < _ON_TIME_MS:
        return "on time"
    return f"{abs(timing_ms):.0f} ms {'early' if timing_ms > 0 else 'late'}"
