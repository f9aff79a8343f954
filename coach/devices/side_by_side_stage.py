"""Both dancers in one picture, in step, with the verdicts on the student and a strip of words below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from coach.clock import Clock, clock_text
from coach.comparison.result.comparison_result import ComparisonResult
from coach.comparison.result.frame_table import JointCode
from coach.devices.matched_dancer import DancerClip, MatchedDancer
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
_ON_TIME_MS: Final = 20.0


@dataclass(frozen=True)
class SideBySideClips:
    """What there is of both dancers, and the sound on the teacher's clock (None: the video is silent)."""

    teacher: DancerClip
    student: DancerClip
    sound: Audio | None = None


class SideBySideStage:
    """Composes one picture after the other.

    Attributes
    ----------
    size_px : (int, int)
        Width and height of every picture, both even.
    """

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
