"""The judging benchmark counts what it says."""

from __future__ import annotations

import numpy as np
import pytest

from coach.judging.cue_texts import CueTexts
from coach.judging.hit_judge import HitReading
from coach.judging.verdicts import Cue, CueKind
from coach.pose.joint_table import JOINT_COUNT
from tests.bench import judging_run
from tests.bench.judging_cases import Case
from tests.bench.judging_figures import HitCount, hits_had, late_limbs
from tests.bench.judging_plants import Plant
from tests.bench.judging_run import GOOD, Result

TEXTS = CueTexts("en")


def result_of(case: Case, *, cues=(), hits=None, length_s: float = 20.0) -> Result:
    time_s = np.arange(round(10 * length_s)) / 10.0
    shape = (len(time_s), JOINT_COUNT)
    return Result(
        case=case,
        time_s=time_s,
        verdicts=np.full(shape, GOOD, dtype=np.int8),
        followed=np.ones(len(time_s), dtype=bool),
        planted=np.zeros(shape, dtype=bool),
        change_deg=np.zeros(shape),
        teacher_deg=np.zeros(shape),
        place_error_s=np.zeros(len(time_s)),
        cues=list(cues),
        limbs=[{} for _ in time_s],
        hits=[HitReading() for _ in time_s] if hits is None else hits,
    )


def said(key: str, time_s: float) -> Cue:
    text = TEXTS.plain(key)
    return Cue(time_s, time_s, CueKind.TIMING, None, text.text, text.speech)


@pytest.mark.parametrize(
    ("key", "cued"),
    [
        ("timing.left_arm_late", True),
        ("timing.right_arm_late", False),
        ("timing.left_arm_early", False),
        ("timing.late", False),
        ("timing.off_late", False),
    ],
)
def test_only_the_limbs_own_words_say_that_it_is_late(key: str, cued: bool) -> None:
    case = Case("late", "drawn", (Plant("late", "left_arm", -300.0, 5.0, 12.0),), 1)
    (limb,) = late_limbs([result_of(case, cues=[said(key, 9.0)])])
    assert limb.cued is cued


def test_hits_outside_a_soft_stretch_are_no_ones() -> None:
    """A case with a soft stretch says nothing of how many hits a faithful dancer has."""
    hits = [HitReading(had=second // 2, judged=second // 2) for second in np.repeat(np.arange(20), 10).tolist()]
    soft_case = Case("whole", "drawn", (Plant("soft", "", 0.5, 8.0, 14.0),), 1)
    soft, others = hits_had([result_of(soft_case, hits=hits)])
    assert (soft.judged, others) == (3, HitCount())
    soft, others = hits_had([result_of(Case("faithful", "drawn", (), 1), hits=hits)])
    assert (soft, others.judged) == (HitCount(), 9)


def test_a_dance_without_music_is_fed_none() -> None:
    heard: set[bool] = set()

    class Deaf:
        """Notes whether there was music."""

        def feed(self, _observation: object, music_s: float | None) -> object:
            heard.add(music_s is not None)
            return type("State", (), {"score": type("Score", (), {"total": 1.0})})

    dance = judging_run.danced(judging_run.reference_of("drawn").track, length_s=0.2)
    fed = judging_run.observations(dance, dance)
    for music in (True, False):
        heard.clear()
        judging_run._score(Deaf(), fed, dance, music=music)  # type: ignore[arg-type]
        assert heard == {music}
