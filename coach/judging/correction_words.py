"""From an issue to its words: which way, one side or both, and to which side a dancer leans."""

from __future__ import annotations

import math
from typing import Final

from coach.judging.cue_texts import CueText, CueTexts
from coach.judging.cue_words import Direction, Situation, kind_of
from coach.judging.issues import Issue, IssueMemory
from coach.judging.sightings import BANDED_TIMING, IssueKey
from coach.judging.verdicts import CueKind
from coach.pose.landmark_table import mirrored_name

SIDE_ON_BELOW: Final = 0.2
"""Shoulder width over torso length below which the dancer stands side-on: there a lean is a bow."""

UPRIGHT_WITHIN_DEG: Final = 8.0
"""A teacher who leans less than this stands upright."""

OFF_ABOVE_SIZE: Final = 1.5
"""Size of a timing issue from which it is "off"."""

LIFTED_BELOW_DEG: Final = 130.0
"""At a hip angle below this the teacher lifts the knee."""


def correction_text(issue: Issue, both_sides: bool, texts: CueTexts, facing: float) -> CueText:
    """How to say ``issue``.

    Parameters
    ----------
    issue : Issue
    both_sides : bool
        Whether the other side has the same fault (`has_partner`): said once for both.
    texts : CueTexts
    facing : float
        See `moment.Moment`.
    """
    if issue.key.kind is not CueKind.JOINT:
        off = issue.key in BANDED_TIMING and issue.size > OFF_ABOVE_SIZE
        return texts.plain(f"{issue.key.kind.value}.{'off_' if off else ''}{issue.key.subject}")
    joint = issue.key.subject
    direction = _direction(issue)
    if kind_of(joint) == joint:
        situation, side = _lean(issue.error, issue.target, facing)
        return texts.joint(joint, direction, situation, side)
    return texts.joint(joint, direction, _limb_situation(issue, both_sides))


def has_partner(issue: Issue, issues: IssueMemory) -> bool:
    """Whether the same joint of the other side is wrong in the same way."""
    if issue.key.kind is not CueKind.JOINT or kind_of(issue.key.subject) == issue.key.subject:
        return False
    other = issues.get(IssueKey(CueKind.JOINT, mirrored_name(issue.key.subject)))
    return other is not None and other in issues.ripe() and _direction(other) is _direction(issue)


def _direction(issue: Issue) -> Direction:
    return Direction.TOO_SMALL if issue.error < 0 else Direction.TOO_LARGE


def _limb_situation(issue: Issue, both_sides: bool) -> Situation:
    lifted = kind_of(issue.key.subject) == "hip" and math.isfinite(issue.target) and issue.target < LIFTED_BELOW_DEG
    if lifted:
        return Situation.LIFTED
    return Situation.BOTH if both_sides else Situation.ONE


def _lean(error_deg: float, target_deg: float, facing: float) -> tuple[Situation, str]:
    """Situation and own side to which the dancer leans too far; the picture's right is the left of who faces it."""
    if abs(facing) < SIDE_ON_BELOW:
        return Situation.SIDE_ON, "left"
    side = "left" if error_deg * facing > 0 else "right"
    if not math.isfinite(target_deg) or abs(target_deg) < UPRIGHT_WITHIN_DEG:
        return Situation.UPRIGHT, side
    return (Situation.LESS if target_deg * error_deg > 0 else Situation.MORE), side
