"""Energy, holds, timing bands, extension, the way over the floor."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.errors import SettingsError
from coach.judging.energy_judge import EnergyJudge
from coach.judging.extension_judge import ExtensionJudge, ExtensionVerdict
from coach.judging.hold_judge import HoldJudge, long_spans
from coach.judging.path_judge import PathJudge, PathVerdict
from coach.judging.running_mean import RunningMean
from coach.judging.timing_judge import TimingJudge, TimingVerdict
from coach.judging.verdicts import EnergyVerdict
from coach.pose.observation import FlowEnergy
from coach.settings.judging_hits import HitSettings
from coach.settings.judging_whole import (
    EnergySettings,
    ExtensionSettings,
    HoldSettings,
    PathSettings,
    TimingJudgeSettings,
)
from tests.builders_judging import at, lost, make_tables, times

ENERGY = EnergySettings()


def flow(whole: float, background: float = 0.0) -> FlowEnergy:
    return FlowEnergy(whole, np.full(6, whole), background)


def energies(judge: EnergyJudge, energy_at, *, end_s=6.0, fps=30.0, position=at):
    return [(t, judge.step(energy_at(t), position(t), t)) for t in times(0.0, end_s, fps)]


def wavy(duration_s: float = 30.0, fps: float = 30.0) -> np.ndarray:
    time_s = np.arange(int(duration_s * fps) + 1) / fps
    return 0.5 + 0.3 * np.sin(2 * np.pi * time_s)


@pytest.mark.parametrize(
    ("ratio", "verdict"),
    [(1.0, EnergyVerdict.GOOD), (0.8, EnergyVerdict.GOOD), (0.4, EnergyVerdict.LOW), (2.2, EnergyVerdict.HIGH)],
)
def test_energy_against_the_teachers(ratio, verdict):
    tables = make_tables(energy=wavy())
    readings = energies(EnergyJudge(tables, ENERGY), lambda t: flow(ratio * tables.energy[tables.index_at(t)]))
    assert readings[-1][1].verdict is verdict
    assert readings[-1][1].student / readings[-1][1].teacher == pytest.approx(ratio)


@pytest.mark.parametrize("fps", [15.0, 30.0, 60.0])
def test_low_energy_is_noticed_within_two_and_a_half_seconds_at_any_frame_rate(fps):
    tables = make_tables(fps=fps)
    readings = energies(EnergyJudge(tables, ENERGY), lambda t: flow(0.5 if t < 3.0 else 0.2), fps=fps, end_s=8.0)
    low_s = next(t for t, reading in readings if reading.verdict is EnergyVerdict.LOW)
    assert 3.3 < low_s < 5.5


def test_energy_does_not_flicker_at_the_limit():
    rng = np.random.default_rng(2)
    tables = make_tables()
    limit = 0.5 * (ENERGY.low_ratio + ENERGY.low_release_ratio)
    readings = energies(EnergyJudge(tables, ENERGY), lambda _: flow(0.5 * limit + rng.normal(0, 0.03)), end_s=20.0)
    verdicts = [reading.verdict for _, reading in readings if reading.verdict is not EnergyVerdict.UNSEEN]
    assert sum(a is not b for a, b in itertools.pairwise(verdicts)) <= 1


def test_energy_of_a_slower_dancer_is_measured_by_their_tempo():
    tables = make_tables()
    readings = energies(EnergyJudge(tables, ENERGY), lambda _: flow(0.3), position=lambda t: at(t, 0.6 * t))
    assert readings[-1][1].verdict is EnergyVerdict.GOOD


@pytest.mark.parametrize(
    ("energy", "position", "teacher"),
    [
        (None, at, 0.5),
        (flow(math.nan), at, 0.5),
        (flow(0.1, background=1.0), at, 0.5),
        (flow(0.1), lost, 0.5),
        (flow(0.1), at, 0.0),
        (flow(0.1), at, math.nan),
        (flow(0.0), lambda t: at(t, 3.0), 0.5),
    ],
    ids=["none", "nan", "camera moves", "lost", "teacher still", "teacher unknown", "follower waits"],
)
def test_energy_abstains(energy, position, teacher):
    tables = make_tables(energy=np.full(901, teacher))
    readings = energies(EnergyJudge(tables, ENERGY), lambda _: energy, position=position)
    assert readings[-1][1].verdict is EnergyVerdict.UNSEEN


def test_moving_through_a_hold_is_noticed_and_holding_is_not():
    curve = np.full(901, 0.5)
    curve[150:240] = 0.02
    tables = make_tables(energy=curve)
    mover, holder = (HoldJudge(tables, HoldSettings(), ENERGY) for _ in range(2))
    broken = [t for t in times(0.0, 10.0) if mover.step(flow(0.5), at(t), t)]
    assert 5.3 < min(broken) < 6.0
    assert max(broken) < 8.0
    assert not any(holder.step(flow(curve[round(t * 30)]), at(t), t) for t in times(0.0, 10.0))


def test_only_long_spans_count():
    time_s = np.arange(10) * 0.5
    flags = np.array([1, 1, 0, 1, 1, 1, 1, 1, 0, 1], dtype=bool)
    np.testing.assert_array_equal(np.flatnonzero(long_spans(flags, time_s, 1.0, 0.5)), [4, 5, 6])


@pytest.mark.parametrize(
    ("early_ms", "verdict"),
    [
        (0.0, TimingVerdict.ON),
        (99.0, TimingVerdict.ON),
        (-99.0, TimingVerdict.ON),
        (180.0, TimingVerdict.EARLY),
        (-180.0, TimingVerdict.LATE),
        (300.0, TimingVerdict.OFF_EARLY),
        (-300.0, TimingVerdict.OFF_LATE),
    ],
)
def test_timing_bands(early_ms, verdict):
    judge = TimingJudge(TimingJudgeSettings())
    for time_s in times(0.0, 2.0):
        reading = judge.step(early_ms, time_s)
    assert reading.verdict is verdict
    assert reading.median_ms == early_ms


def test_timing_is_not_moved_by_an_outlier_and_unknown_without_measurements():
    judge = TimingJudge(TimingJudgeSettings())
    assert judge.step(None, 0.0).verdict is TimingVerdict.UNKNOWN
    for index, time_s in enumerate(times(0.0, 3.0)):
        reading = judge.step(900.0 if index % 5 == 0 else 10.0, time_s)
    assert reading.verdict is TimingVerdict.ON
    assert judge.step(None, 9.0).verdict is TimingVerdict.UNKNOWN
    for time_s in times(20.0, 22.0):
        elsewhere = judge.step(-26000.0, time_s)
    assert elsewhere.verdict is TimingVerdict.UNKNOWN


def test_one_measurement_is_no_verdict_however_long_ago_it_was():
    judge = TimingJudge(TimingJudgeSettings())
    readings = [judge.step(300.0 if time_s == 0.0 else None, time_s) for time_s in times(0.0, 2.0)]
    assert {reading.verdict for reading in readings} == {TimingVerdict.UNKNOWN}


def test_a_verdict_is_forgotten_with_what_it_was_made_of():
    rules = TimingJudgeSettings()
    judge, between_ms = TimingJudge(rules), -rules.on_ms * 0.5 * (1.0 + rules.release_ratio)
    for time_s in times(0.0, 2.0):
        assert judge.step(-200.0, time_s).verdict in (TimingVerdict.LATE, TimingVerdict.UNKNOWN)
    for time_s in times(2.1, 5.0):
        judge.step(None, time_s)
    for time_s in times(5.1, 7.0):
        reading = judge.step(between_ms, time_s)
    assert reading.verdict is TimingVerdict.ON


def reaches(judge: ExtensionJudge, reach_at, end_s=5.0):
    for time_s in times(0.0, end_s):
        reading = judge.step(np.asarray(reach_at(time_s), dtype=np.float64), at(time_s), time_s)
    return reading


def test_a_dancer_who_reaches_as_far_is_good_whatever_one_arm_does():
    tables, rules = make_tables(), ExtensionSettings()
    assert reaches(ExtensionJudge(tables, rules), lambda _: (1.2, 1.2, 0.8)).verdict is ExtensionVerdict.GOOD
    assert reaches(ExtensionJudge(tables, rules), lambda _: (0.45, 1.2, 0.8)).verdict is ExtensionVerdict.GOOD


def test_a_dancer_who_does_everything_smaller_is_small():
    reading = reaches(ExtensionJudge(make_tables(), ExtensionSettings()), lambda _: (0.8, 0.8, 0.55))
    assert reading.verdict is ExtensionVerdict.SMALL
    assert reading.ratio == pytest.approx((0.35 + 0.35 + 0.2) / (0.75 + 0.75 + 0.45))


@pytest.mark.parametrize(("size", "verdict"), [(1.0, ExtensionVerdict.GOOD), (0.6, ExtensionVerdict.SMALL)])
def test_arms_that_stay_up_and_hardly_move_are_small(size, verdict):
    def reach(time_s: float) -> tuple[float, float, float]:
        swing = math.sin(4.0 * time_s)
        return 1.0 + 0.4 * swing, 1.0 - 0.4 * swing, 0.8

    tables = make_tables(reach=np.array([reach(index / 30.0) for index in range(901)]))
    middle = np.array([1.0, 1.0, 0.8])
    judge = ExtensionJudge(tables, ExtensionSettings())
    reading = reaches(judge, lambda t: middle + size * (np.array(reach(t)) - middle), end_s=8.0)
    assert reading.verdict is verdict
    assert reading.ratio == pytest.approx(size, abs=0.02)


def test_extension_abstains_when_too_little_is_seen_or_the_teacher_does_not_reach():
    rules = ExtensionSettings()
    unseen = reaches(ExtensionJudge(make_tables(), rules), lambda _: (0.5, math.nan, math.nan))
    at_rest = make_tables(reach=np.tile([0.45, 0.45, 0.35], (901, 1)))
    assert unseen.verdict is ExtensionVerdict.UNSEEN
    assert reaches(ExtensionJudge(at_rest, rules), lambda _: (0.4, 0.4, 0.3)).verdict is ExtensionVerdict.UNSEEN


def breathing(size: float, level: float) -> np.ndarray:
    """Mask areas that change, in shares of their own mean."""
    time_s = np.arange(901) / 30.0
    return level * (1.0 + 0.1 * size * np.sin(4.0 * time_s))


@pytest.mark.parametrize("level", [0.06, 0.1, 0.18], ids=["slim", "as the teacher", "baggy"])
@pytest.mark.parametrize(
    ("reach_share", "mask_size", "verdict"),
    [
        (0.6, 0.6, ExtensionVerdict.SMALL),
        (0.6, 1.0, ExtensionVerdict.GOOD),
        (0.77, 0.5, ExtensionVerdict.SMALL),
        (0.77, 0.8, ExtensionVerdict.GOOD),
        (1.0, 0.5, ExtensionVerdict.GOOD),
    ],
    ids=["both small", "outline as large", "a doubt, outline small", "a doubt, outline says little", "reach is there"],
)
def test_the_outline_is_a_second_witness(level, reach_share, mask_size, verdict):
    tables = replace(make_tables(), mask_area=breathing(1.0, 0.1))
    judge, area = ExtensionJudge(tables, ExtensionSettings()), breathing(mask_size, level)
    rest = np.array([0.45, 0.45, 0.35])
    reach = rest + reach_share * (np.array([1.2, 1.2, 0.8]) - rest)
    for time_s in times(0.0, 6.0):
        reading = judge.step(reach, at(time_s), time_s, area[round(time_s * 30)])
    assert reading.verdict is verdict


def test_the_outline_says_nothing_while_the_teachers_hardly_changes():
    tables = replace(make_tables(), mask_area=breathing(0.1, 0.1))
    judge, area = ExtensionJudge(tables, ExtensionSettings()), breathing(1.0, 0.1)
    for time_s in times(0.0, 6.0):
        reading = judge.step(np.array([0.8, 0.8, 0.55]), at(time_s), time_s, area[round(time_s * 30)])
    assert reading.verdict is ExtensionVerdict.SMALL


def walk(judge: PathJudge, velocity, end_s=3.0, fps=30.0):
    for time_s in times(0.0, end_s, fps):
        reading = judge.step(np.array(velocity) * time_s, at(time_s), time_s)
    return reading


@pytest.mark.parametrize("fps", [15.0, 30.0, 60.0])
@pytest.mark.parametrize("angle_deg", [0.0, 60.0, 90.0, 180.0])
def test_path_is_the_cosine_of_the_directions(angle_deg, fps):
    teacher = (0.5, 0.0)
    angle = math.radians(angle_deg)
    reading = walk(
        PathJudge(make_tables(velocity=teacher), PathSettings()),
        (0.3 * math.cos(angle), 0.3 * math.sin(angle)),
        fps=fps,
    )
    assert reading.cosine == pytest.approx(math.cos(angle), abs=1e-6)
    assert reading.verdict is (PathVerdict.WRONG if angle_deg == 180.0 else PathVerdict.GOOD)


def test_path_abstains_where_the_teacher_stays_in_place():
    assert walk(PathJudge(make_tables(), PathSettings()), (0.5, 0.0)).verdict is PathVerdict.UNSEEN


def test_a_dancer_who_stays_earns_no_direction():
    assert walk(PathJudge(make_tables(velocity=(0.5, 0.0)), PathSettings()), (0.0, 0.0)).cosine == 0.0


def test_path_forgets_over_a_gap():
    judge = PathJudge(make_tables(velocity=(0.5, 0.0)), PathSettings())
    walk(judge, (0.5, 0.0))
    assert judge.step(np.array([9.0, 0.0]), at(5.0), 5.0).verdict is PathVerdict.UNSEEN
    assert judge.step(np.full(2, np.nan), at(5.1), 5.1).verdict is PathVerdict.UNSEEN


@settings(deadline=None)
@given(values=st.lists(st.floats(-10, 10), min_size=1, max_size=20), gap_s=st.floats(0.01, 0.2))
def test_a_running_mean_lies_between_its_values(values, gap_s):
    mean = RunningMean(0.5)
    for value in values:
        mean.step(value, gap_s)
    assert min(values) - 1e-9 <= mean.value <= max(values) + 1e-9


@settings(deadline=None)
@given(value=st.floats(-5, 5), parts=st.integers(1, 8))
def test_a_running_mean_does_not_depend_on_the_frame_rate(value, parts):
    coarse, fine = RunningMean(0.5), RunningMean(0.5)
    for mean, steps in ((coarse, 1), (fine, parts)):
        mean.step(1.0, 0.4)
        for _ in range(steps):
            mean.step(value, 0.4 / steps)
    assert fine.value == pytest.approx(coarse.value, abs=1e-9)


@pytest.mark.parametrize(
    "make",
    [
        lambda: EnergySettings(low_ratio=0.9),
        lambda: EnergySettings(smoothing_s=0.0),
        lambda: TimingJudgeSettings(on_ms=300.0),
        lambda: ExtensionSettings(small_ratio=0.95),
        lambda: HitSettings(missed_ratio=0.9),
        lambda: HitSettings(soft_count=9),
        lambda: ExtensionSettings(mask_small_ratio=0.95),
        lambda: PathSettings(window_s=math.inf),
        lambda: HoldSettings(still_share=0.9),
    ],
)
def test_settings_are_checked(make):
    with pytest.raises(SettingsError):
        make()
