"""From results to the figures that the judging has to show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.judging.cue_texts import CueTexts
from coach.judging.verdicts import Cue, CueKind, FramingHint
from coach.pose.joint_table import JOINT_INDEX, JOINTS
from tests.bench.judging_plants import LIMB_JOINTS, Plant
from tests.bench.judging_run import MISTAKE, UNSEEN, Result

BLAME = (CueKind.JOINT, CueKind.TIMING, CueKind.ENERGY, CueKind.PATH)
_AFTER_S, _STILL_FELT_S, _CUE_S, _SLOW_SWEEP_DEG = 0.2, 0.7, 4.0, 60.0
_HIT_LAG_S = 0.5
"""A hit is judged so long after it."""
_TEXTS = CueTexts("en")
_SHARPER = _TEXTS.plain("energy.hit").text
_MIN_JUDGED, _MIN_EFFECT = 0.6, 0.7
_HEAVY = {joint.name for joint in JOINTS if joint.weight >= 0.8}


@dataclass(frozen=True)
class Bend:
    """One planted bend and what became of it."""

    plant: Plant
    sweep_deg: float
    hit: bool
    after_s: float
    cue_after_s: float

    @property
    def slow(self) -> bool:
        """Whether the teacher's joint turns little meanwhile, so that a bend cannot be a shift in time."""
        return self.sweep_deg < _SLOW_SWEEP_DEG

    @property
    def heavy(self) -> bool:
        """Whether the joint is worth a cue by itself."""
        return self.plant.part in _HEAVY


def bends(results: Sequence[Result]) -> list[Bend]:
    """All planted bends that show and can be seen."""
    found = []
    for result in results:
        if result.case.group == "joint":
            found += [bend for plant in result.case.plants if (bend := _bend(result, plant)) is not None]
    return found


def _bend(result: Result, plant: Plant) -> Bend | None:
    column, time_s = JOINT_INDEX[plant.part], result.time_s
    during = (time_s >= plant.start_s) & (time_s <= plant.end_s)
    verdicts = result.verdicts[during, column]
    change = np.abs(result.change_deg[during, column])
    if not during.any() or (verdicts != UNSEEN).mean() < _MIN_JUDGED or not result.followed[during].all():
        return None
    if not np.nanmean(change) >= _MIN_EFFECT * abs(plant.size):
        return None
    teacher = result.teacher_deg[during, column]
    watched = (time_s >= plant.start_s) & (time_s <= plant.end_s + _AFTER_S)
    wrong = np.flatnonzero(watched & (result.verdicts[:, column] == MISTAKE))
    cues = [cue for cue in _between(result.cues, plant.start_s, plant.end_s + _CUE_S) if cue.joint == plant.part]
    return Bend(
        plant,
        float(np.nanmax(teacher) - np.nanmin(teacher)),
        len(wrong) > 0,
        float(time_s[wrong[0]] - plant.start_s) if len(wrong) else np.inf,
        cues[0].time_s - plant.start_s if cues else np.inf,
    )


def named(results: Sequence[Result]) -> tuple[int, int, int]:
    """Joint cues soon after a planted bend: how many, that name its joint, that name a joint whose angle it changed."""
    right = changed = total = 0
    for result in results:
        if result.case.group != "joint":
            continue
        for cue in result.cues:
            recent = [p for p in result.case.plants if p.start_s <= cue.time_s <= p.end_s + _CUE_S]
            if cue.kind is not CueKind.JOINT or cue.joint is None or not recent:
                continue
            total += 1
            right += any(cue.joint == plant.part for plant in recent)
            window = (result.time_s <= cue.time_s) & (result.time_s >= recent[0].start_s)
            changed += bool(result.planted[window, JOINT_INDEX[cue.joint]].any())
    return total, right, changed


def false_share(results: Sequence[Result]) -> float:
    """Share of ``mistake`` among judged (frame, joint) where nothing is planted, nor was a moment ago."""
    wrong = judged = 0
    for result in results:
        innocent = ~_lasting(result.planted, result.time_s) & (result.verdicts != UNSEEN)
        wrong += int((result.verdicts[innocent] == MISTAKE).sum())
        judged += int(innocent.sum())
    return wrong / max(judged, 1)


def _lasting(planted: NDArray[np.bool_], time_s: NDArray[np.float64]) -> NDArray[np.bool_]:
    frames = round(_STILL_FELT_S / float(np.median(np.diff(time_s))))
    sums = np.cumsum(np.concatenate([np.zeros((frames + 1, planted.shape[1])), planted]), axis=0)
    return np.asarray(sums[frames + 1 :] - sums[: -frames - 1] > 0)


def blames_per_minute(results: Sequence[Result]) -> float:
    """Blaming cues a minute."""
    count = sum(cue.kind in BLAME for result in results for cue in result.cues)
    minutes = sum(float(result.time_s[-1]) for result in results) / 60.0
    return count / max(minutes, 1e-9)


@dataclass(frozen=True)
class LateLimb:
    """What became of one limb out of time."""

    called: bool
    right_sign: bool
    cued: bool
    form_cued: bool
    form_share: float


def late_limbs(results: Sequence[Result]) -> list[LateLimb]:
    """Every planted limb out of time."""
    return [_late(result, plant) for result in results if result.case.group == "late" for plant in result.case.plants]


def _late(result: Result, plant: Plant) -> LateLimb:
    during = (result.time_s >= plant.start_s) & (result.time_s <= plant.end_s + 0.5)
    told = [limbs[plant.part] for limbs, now in zip(result.limbs, during, strict=True) if now and plant.part in limbs]
    columns = [JOINT_INDEX[joint] for joint in LIMB_JOINTS[plant.part]]
    verdicts = result.verdicts[np.ix_(during, columns)]
    cues = _between(result.cues, plant.start_s, plant.end_s + _CUE_S)
    limb_text = _TEXTS.plain(f"timing.{plant.part}_{'late' if plant.size < 0 else 'early'}").text
    right = bool(told) and float(np.median(np.sign(told))) == np.sign(plant.size)
    return LateLimb(
        called=bool(told),
        right_sign=right,
        cued=any(cue.text == limb_text for cue in cues),
        form_cued=any(cue.joint in LIMB_JOINTS[plant.part] for cue in cues if cue.kind is CueKind.JOINT),
        form_share=float((verdicts == MISTAKE).sum() / max((verdicts != UNSEEN).sum(), 1)),
    )


def whole_called(results: Sequence[Result]) -> dict[str, list[str]]:
    """For each fault of the whole body what was said meanwhile (kinds and texts), case by case."""
    said: dict[str, list[str]] = {}
    for result in results:
        if result.case.group == "whole":
            plant = result.case.plants[0]
            cues = [cue for cue in _between(result.cues, plant.start_s, plant.end_s + _CUE_S) if cue.kind in BLAME]
            said.setdefault(plant.kind, []).append("; ".join(f"{cue.kind.value}:{cue.text}" for cue in cues) or "-")
    return said


@dataclass
class HitCount:
    """The teacher's hits that could be judged, those of them that the dancer had, and the cues that asked for sharper
    ones."""

    had: int = 0
    judged: int = 0
    cues: int = 0


def hits_had(results: Sequence[Result]) -> tuple[HitCount, HitCount]:
    """Where hits were planted soft, and in the cases without such a stretch (all cues there are wrong)."""
    soft, others = HitCount(), HitCount()
    for result in results:
        planted = soft_plants(result)
        spans_s = [(plant.start_s + _HIT_LAG_S, plant.end_s + _HIT_LAG_S) for plant in planted]
        for time_s, before, after in zip(result.time_s[1:], result.hits, result.hits[1:], strict=False):
            if planted and not any(start <= time_s <= end for start, end in spans_s):
                continue
            count = soft if planted else others
            count.had += after.had - before.had
            count.judged += after.judged - before.judged
        (soft if planted else others).cues += sum(cue.text == _SHARPER for cue in result.cues)
    return soft, others


def soft_plants(result: Result) -> list[Plant]:
    """The stretches whose hits were planted soft."""
    return [plant for plant in result.case.plants if plant.kind == "soft"]


@dataclass(frozen=True)
class HiddenLimb:
    """What became of one hidden limb: blame among its (frame, joint), and how soon it was shown as unseen."""

    blame: float
    unseen_after_s: float
    unseen_share: float


def hidden_limbs(results: Sequence[Result]) -> list[HiddenLimb]:
    """Every hidden limb; the blame is a share of all its frames, seen or not."""
    found = []
    for result in results:
        if result.case.group != "hidden":
            continue
        plant = result.case.plants[0]
        during = (result.time_s >= plant.start_s) & (result.time_s <= plant.end_s)
        verdicts = result.verdicts[np.ix_(during, [JOINT_INDEX[name] for name in LIMB_JOINTS[plant.part]])]
        unseen = np.flatnonzero((verdicts == UNSEEN).any(axis=1))
        after_s = float(result.time_s[during][unseen[0]] - plant.start_s) if len(unseen) else np.inf
        found.append(HiddenLimb(float((verdicts == MISTAKE).mean()), after_s, float((verdicts == UNSEEN).mean())))
    return found


def cut_off_told_s(result: Result) -> float:
    """When the dancer was told that the feet cannot be seen."""
    hints = (FramingHint.FEET_CUT_OFF, FramingHint.TOO_NEAR)
    return next((float(t) for t, hint in zip(result.time_s, result.framing, strict=True) if hint in hints), np.inf)


def rank_correlation(first: Sequence[float], second: Sequence[float]) -> float:
    """Spearman's: Pearson's of the ranks (no ties expected)."""
    ranks = [np.argsort(np.argsort(values)).astype(float) for values in (first, second)]
    return float(np.corrcoef(*ranks)[0, 1])


def cue_spread(results: Sequence[Result]) -> tuple[bool, float]:
    """Whether the cues at all frame rates are the same, and the largest difference of their times in seconds."""
    told = [[cue for cue in result.cues if cue.kind in BLAME] for result in results]
    if len({tuple((cue.kind, cue.text) for cue in cues) for cues in told}) > 1:
        return False, np.inf
    times = np.array([[cue.time_s for cue in cues] for cues in told])
    return True, float(np.ptp(times, axis=0).max()) if times.size else 0.0


def _between(cues: Sequence[Cue], start_s: float, end_s: float) -> list[Cue]:
    return [cue for cue in cues if start_s <= cue.time_s <= end_s]
