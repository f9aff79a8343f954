"""What to work on: the joints' mistakes and what else was off for long, with the student's time for a picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from coach.judging.cue_texts import CueTexts
from coach.judging.cue_words import Direction, Situation
from coach.judging.extension_judge import ExtensionVerdict
from coach.judging.mistake_spans import MistakeSpan
from coach.judging.path_judge import PathVerdict
from coach.judging.timing_judge import TimingVerdict
from coach.judging.verdicts import EnergyVerdict
from coach.pose.joint_table import JOINT_NAMES, SIGNED_JOINTS
from coach.practice.followed_frame import FollowedFrame
from coach.practice.run_record import WorstMoment
from coach.session.counted_body import LEG_JOINTS
from coach.session.judge_panel import PanelReading
from coach.settings.practice import RecordSettings

_TIMING: Final = {
    TimingVerdict.EARLY: "timing.early",
    TimingVerdict.LATE: "timing.late",
    TimingVerdict.OFF_EARLY: "timing.off_early",
    TimingVerdict.OFF_LATE: "timing.off_late",
}
_ISSUE_WEIGHT: Final = 0.7
"""Beside a joint that is just beyond its tolerance, which weighs 1 a second."""
_LEG: Final = "leg"
_PIECE_S: Final = 0.25


class WrongFrame(NamedTuple):
    """One joint wrong in one frame; ``size`` in tolerances, signed."""

    joint_index: int
    student_s: float
    reference_s: float
    size: float


class WrongFrames:
    """The worst frame of each joint in each short piece of one pass of a phrase."""

    def __init__(self) -> None:
        self._worst: dict[tuple[int, int, bool], WrongFrame] = {}

    def add(self, frames: Sequence[FollowedFrame]) -> None:
        """Take in some frames."""
        for frame in frames:
            comparison = frame.panel.comparison
            if not comparison.mistake.any():
                continue
            for index in np.flatnonzero(comparison.mistake).tolist():
                size = float(comparison.excess_deg[index] / comparison.tolerance_deg[index])
                key = (index, int(frame.place_s / _PIECE_S), size > 0)
                if key not in self._worst or abs(size) > abs(self._worst[key].size):
                    self._worst[key] = WrongFrame(index, frame.time_s, frame.place_s, size)

    def worst(self) -> Iterator[WrongFrame]:
        """All of them."""
        yield from self._worst.values()


def issues_of(panel: PanelReading, limb_timing_ms: Mapping[str, float]) -> Iterator[str]:
    """Keys of `CueTexts.plain` for all that is off in a frame apart from single joints."""
    timing = _TIMING.get(panel.timing.verdict)
    if timing is not None:
        yield timing
    if panel.extension.verdict is ExtensionVerdict.SMALL:
        yield "energy.small"
    elif panel.energy.verdict is EnergyVerdict.LOW:
        yield "energy.low"
    elif panel.hits.soft:
        yield "energy.hit"
    elif panel.energy.verdict is EnergyVerdict.HIGH:
        yield "energy.high"
    if panel.path.verdict is PathVerdict.WRONG:
        yield "path.wrong"
    for limb, timing_ms in limb_timing_ms.items():
        yield f"timing.{limb}_{'early' if timing_ms > 0 else 'late'}"


@dataclass
class _Issue:
    """One thing that was off in one pass of a phrase."""

    key: str
    lasted_s: float
    start_s: float
    end_s: float
    student_s: float


class PhraseIssues:
    """Adds up what was off during one pass of a phrase."""

    def __init__(self) -> None:
        self._found: dict[str, _Issue] = {}

    def add(self, frames: Sequence[FollowedFrame]) -> None:
        """Take in some frames."""
        for frame in frames:
            for key in issues_of(frame.panel, frame.limb_timing_ms):
                self._add(key, frame)

    def _add(self, key: str, frame: FollowedFrame) -> None:
        issue = self._found.get(key)
        if issue is None:
            self._found[key] = _Issue(key, frame.gap_s, frame.place_s, frame.place_s, frame.time_s)
            return
        issue.lasted_s += frame.gap_s
        issue.end_s = frame.place_s
        # The picture shows the middle of it, when it has shown.
        if frame.place_s - issue.start_s <= 2.0 * issue.lasted_s:
            issue.student_s += frame.gap_s / 2.0

    def longest(self, least_s: float) -> list[_Issue]:
        """What lasted at least so long."""
        return [issue for issue in self._found.values() if issue.lasted_s >= least_s]


def correction(span: MistakeSpan, texts: CueTexts) -> str:
    """What to do about a mistake, without the time."""
    situation = Situation.SIDE_ON if span.joint in SIGNED_JOINTS else Situation.ONE
    return texts.joint(span.joint, _direction(span), situation).text


def _direction(span: MistakeSpan) -> Direction:
    return Direction.TOO_LARGE if span.error_deg > 0 else Direction.TOO_SMALL


def things_to_work_on(
    spans: Sequence[MistakeSpan],
    wrong: Sequence[WrongFrame],
    issues: Sequence[_Issue],
    texts: CueTexts,
    settings: RecordSettings,
    *,
    upper_body_only: bool = False,
) -> tuple[WorstMoment, ...]:
    """The worst first, one of each kind.

    Parameters
    ----------
    spans : sequence of MistakeSpan
        The session's worst.
    wrong : sequence of WrongFrame
        Every wrong joint of every frame: the picture is that of the worst.
    issues : sequence
        Of all passes (`PhraseIssues.longest`).
    texts : CueTexts
    settings : RecordSettings
    upper_body_only : bool, optional
        Never a word about legs.
    """
    ranked: dict[object, tuple[float, WorstMoment]] = {}
    for span in spans:
        if span.wrong_s < settings.min_moment_s or (upper_body_only and span.joint in LEG_JOINTS):
            continue
        worst = _worst_frame(span, wrong)
        if worst is not None:
            _keep(ranked, (span.joint, _direction(span)), span.badness, _joint_moment(span, worst, texts))
    for issue in issues:
        if not (upper_body_only and _LEG in issue.key):
            text = texts.plain(issue.key).text
            middle_s = (issue.start_s + issue.end_s) / 2.0
            moment = WorstMoment(issue.start_s, issue.end_s, None, None, None, issue.student_s, middle_s, text)
            _keep(ranked, issue.key.replace("off_", ""), _ISSUE_WEIGHT * issue.lasted_s, moment)
    best_first = sorted(ranked.values(), key=lambda entry: -entry[0])
    return tuple(moment for _, moment in best_first[: settings.worst_count])


def _keep(ranked: dict[object, tuple[float, WorstMoment]], key: object, badness: float, moment: WorstMoment) -> None:
    if key not in ranked or badness > ranked[key][0]:
        ranked[key] = (badness, moment)


def _worst_frame(span: MistakeSpan, wrong: Sequence[WrongFrame]) -> WrongFrame | None:
    own = [
        frame
        for frame in wrong
        if JOINT_NAMES[frame.joint_index] == span.joint
        and span.start_s <= frame.reference_s <= span.end_s
        and frame.size * span.error_deg > 0
    ]
    return max(own, key=lambda frame: abs(frame.size), default=None)


def _joint_moment(span: MistakeSpan, worst: WrongFrame, texts: CueTexts) -> WorstMoment:
    return WorstMoment(
        start_s=span.start_s,
        end_s=span.end_s,
        joint=span.joint,
        error_deg=span.error_deg,
        tolerance_deg=span.tolerance_deg,
        student_s=worst.student_s,
        reference_s=worst.reference_s,
        text=correction(span, texts),
    )
