"""The teacher's hits: found, compared, counted, and asked for when most of the last ones were missing."""

from __future__ import annotations

import math
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from coach.alignment.tracked_position import TrackedPosition
from coach.judging.cue_planner import CuePlanner
from coach.judging.cue_texts import CueTexts
from coach.judging.extension_judge import ExtensionReading, ExtensionVerdict
from coach.judging.hit_judge import HitJudge, HitReading
from coach.judging.hits import hit_times_s, sharpness, travelled
from coach.judging.moment import Moment
from coach.judging.sightings import SOFT_HITS, sightings
from coach.judging.verdicts import Cue, CueKind, EnergyVerdict
from coach.pose.observation import FlowEnergy
from coach.practice.work_on import issues_of
from coach.settings.cues import CueSettings
from coach.settings.judging_hits import HitSettings
from coach.settings.judging_whole import EnergySettings
from tests.builders_judging import at, energy_reading, joint_readings, lost, make_tables, times

ENERGY, HITS = EnergySettings(), HitSettings()
HIT_S = np.arange(2.0, 28.0, 1.5)
"""When the teacher hits."""


def curve(time_s: np.ndarray, soft_from_s: float = math.inf, soft_until_s: float = math.inf) -> np.ndarray:
    """Even movement that rises and stops at each hit; soft hits have the same energy, spread out."""
    energy = np.full(len(time_s), 0.4)
    for hit_s in HIT_S:
        hard = not soft_from_s <= hit_s < soft_until_s
        energy[(time_s >= hit_s - 0.2) & (time_s < hit_s)] += 0.8 if hard else 0.1
        energy[(time_s >= hit_s) & (time_s < hit_s + 0.3)] -= 0.38 if hard else 0.05
    return energy


def watched(
    soft_from_s: float = math.inf,
    soft_until_s: float = math.inf,
    *,
    force: float = 1.0,
    fps: float = 30.0,
    shift_s: float = 0.0,
    position: Callable[[float], TrackedPosition] = at,
    background: float = 0.0,
    end_s: float = 29.0,
) -> list[tuple[float, HitReading]]:
    """What the judge says of a student who hits until ``soft_from_s``."""
    fine_s = np.arange(3001) / 100.0
    judge = HitJudge(make_tables(energy=curve(np.arange(901) / 30.0)), HITS, ENERGY)
    student = force * curve(fine_s - shift_s, soft_from_s, soft_until_s)
    readings = []
    for time_s in times(0.0, end_s, fps):
        during = (fine_s > time_s - 1.0 / fps) & (fine_s <= time_s)
        whole = float(student[during].mean())
        energy = FlowEnergy(whole, np.full(6, np.nan), background) if time_s > 0 else None
        readings.append((time_s, judge.step(energy, position(time_s), time_s)))
    return readings


def test_hits_are_found_once_each():
    time_s = np.arange(901) / 30.0
    np.testing.assert_allclose(hit_times_s(curve(time_s), time_s, ENERGY), HIT_S, atol=0.07)


def test_even_movement_has_no_hits():
    time_s = np.arange(901) / 30.0
    assert len(hit_times_s(0.5 + 0.3 * np.sin(2 * np.pi * time_s), time_s, ENERGY)) == 0


@pytest.mark.parametrize("fps", [15.0, 30.0, 60.0])
def test_sharpness_is_a_fall_in_shares_of_the_level_at_any_frame_rate_and_force(fps):
    time_s = np.arange(int(10 * fps)) / fps
    energy = np.where((time_s > 4.0) & (time_s <= 5.0), 1.0, 0.2)
    for force in (0.5, 1.0, 3.0):
        sharp, level = sharpness(travelled(force * energy, time_s), 5.0, 0.3, 0.35, HITS)
        assert level == pytest.approx(force * (0.5 * 0.2 + 1.0 + 0.35 * 0.2) / 1.85, rel=0.05)
        assert sharp == pytest.approx(0.8 * force / level, rel=0.02)


def test_sharpness_is_unknown_where_it_was_not_measured():
    time_s = np.arange(300) / 30.0
    energy = np.full(300, 0.5)
    assert math.isnan(sharpness(travelled(energy, time_s), 9.9, 0.3, 0.35, HITS)[0])
    energy[145:152] = np.nan
    assert math.isnan(sharpness(travelled(energy, time_s), 5.0, 0.3, 0.35, HITS)[0])
    assert sharpness(travelled(energy, time_s), 8.0, 0.3, 0.35, HITS)[0] == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("fps", [15.0, 30.0, 60.0])
@pytest.mark.parametrize(("force", "shift_s"), [(1.0, 0.0), (0.7, 0.0), (1.5, 0.0), (1.0, 0.2), (1.0, -0.2)])
def test_who_hits_has_all_of_them_with_any_force_and_a_little_early_or_late(fps, force, shift_s):
    readings = watched(fps=fps, force=force, shift_s=shift_s)
    last = readings[-1][1]
    assert last.had == last.judged == last.streak >= len(HIT_S) - 2
    assert not any(reading.soft for _, reading in readings)


@pytest.mark.parametrize("fps", [15.0, 30.0, 60.0])
def test_who_moves_softly_is_called_after_a_few_hits_until_they_come_back(fps):
    readings = watched(9.0, 18.0, fps=fps)
    soft_s = [time_s for time_s, reading in readings if reading.soft]
    third_s, first_again_s = HIT_S[HIT_S >= 9.0][2], HIT_S[HIT_S >= 18.0][0]
    assert third_s < soft_s[0] < third_s + 0.6
    assert soft_s[-1] < first_again_s + 0.6
    last = readings[-1][1]
    assert last.judged - last.had == np.count_nonzero((HIT_S >= 9.0) & (HIT_S < 18.0))
    assert last.streak == np.count_nonzero((HIT_S >= 18.0) & (HIT_S < 28.0))


def test_one_or_two_missing_hits_are_nobodys_business():
    assert not any(reading.soft for _, reading in watched(9.0, 12.0))


@pytest.mark.parametrize(
    "options",
    [
        {"background": 1.0},
        {"position": lost},
        {"position": lambda t: at(t, 0.5 * t)},
        {"position": lambda t: at(t, 3.0)},
        {"force": 0.3},
    ],
    ids=["camera moves", "lost", "half the tempo", "follower waits", "hardly moves"],
)
def test_hits_are_not_judged(options):
    readings = watched(5.0, **options)
    assert all(not reading.soft and reading.judged == 0 for _, reading in readings)


def test_a_jump_forgets_what_was_missing_and_keeps_the_count():
    judge = HitJudge(make_tables(energy=curve(np.arange(901) / 30.0)), HITS, ENERGY)
    student = curve(np.arange(901) / 30.0, 5.0)
    for time_s in times(0.0, 12.0):
        before = judge.step(FlowEnergy(student[round(30 * time_s)], np.zeros(6), 0.0), at(time_s), time_s)
    judge.reset()
    after = judge.step(FlowEnergy(0.4, np.zeros(6), 0.0), at(12.1, 20.0), 12.1)
    assert before.soft
    assert after == HitReading(before.had, before.judged, before.streak, soft=False)


def moment(time_s: float, hits: HitReading, **facts: object) -> Moment:
    return Moment(time_s, at(time_s), joint_readings(), hits=hits, **facts)  # type: ignore[arg-type]


def test_who_dances_small_or_with_little_energy_is_told_that_and_not_about_hits():
    soft = HitReading(1, 5, 0, soft=True)
    small = ExtensionReading(0.6, ExtensionVerdict.SMALL)
    low = energy_reading(0.2, 0.5, EnergyVerdict.LOW)
    assert [seen.key for seen in sightings(moment(1.0, soft), 0.2)] == [SOFT_HITS]
    for facts in ({"extension": small}, {"energy": low}):
        assert SOFT_HITS not in {seen.key for seen in sightings(moment(1.0, soft, **facts), 0.2)}


@pytest.mark.parametrize(
    ("energy", "wanted"),
    [(EnergyVerdict.GOOD, ["energy.hit"]), (EnergyVerdict.LOW, ["energy.low"]), (EnergyVerdict.HIGH, ["energy.hit"])],
)
def test_soft_hits_are_something_to_work_on(energy, wanted):
    soft = moment(1.0, HitReading(1, 5, 0, soft=True), energy=energy_reading(0.5, 0.5, energy))
    panel: Any = SimpleNamespace(
        timing=soft.timing, extension=soft.extension, energy=soft.energy, hits=soft.hits, path=soft.path
    )
    assert list(issues_of(panel, {})) == wanted


def spoken(language: str, soft_until_s: float) -> list[Cue]:
    """Soft from second 5 on, then one hit after the other."""
    planner = CuePlanner(CueSettings(), CueTexts(language), np.zeros(0), 60.0)
    cues = []
    for time_s in times(0.0, 20.0):
        soft = 5.0 <= time_s < soft_until_s
        streak = int(max(time_s - soft_until_s, 0.0))
        cue = planner.step(moment(time_s, HitReading(streak=0 if soft else streak, soft=soft)))
        cues += [] if cue is None else [cue]
    return cues


@pytest.mark.parametrize(("language", "text"), [("en", "Sharper! Then stop"), ("de", "Schärfer! Dann Stopp")])
def test_sharper_is_said_once_and_sharper_hits_are_praised(language, text):
    cues = [cue for cue in spoken(language, 10.0) if cue.time_s > 5.0]
    assert (cues[0].kind, cues[0].text) == (CueKind.ENERGY, text)
    assert 5.4 < cues[0].time_s < 9.0
    assert [cue.text for cue in cues[1:2]] == [CueTexts(language).plain("praise.improved").text]
    assert 13.0 <= cues[1].time_s < 14.5
    assert sum(cue.text == text for cue in cues) == 1


def test_no_better_while_hits_stay_soft():
    better = CueTexts("en").plain("praise.improved").text
    assert better not in {cue.text for cue in spoken("en", 30.0)}
