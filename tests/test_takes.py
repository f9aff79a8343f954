"""Further takes: matched with the reference and kept with it; where they differ, nobody is blamed for differing too."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from coach.alignment.tracked_position import MirrorMode
from coach.app.options import ExtractOptions
from coach.app.recording.extract import run_extract
from coach.app.recording.saving import save_take
from coach.errors import ReferenceFileError, SettingsError
from coach.judging.angle_judge import TABLE_TOLERANCE_DEG, AngleJudge
from coach.judging.teacher_takes import matched_share, moments_of
from coach.judging.verdicts import JointVerdict
from coach.pose.joint_table import JOINT_COUNT, JOINT_INDEX
from coach.pose.observation import Observation
from coach.pose.offline import build_reference
from coach.pose.reference import Reference, ReferenceInfo
from coach.session.choreography import Choreography
from coach.session.coaching_session import CoachingSession, SessionOptions
from coach.settings.judging import JudgingSettings
from coach.settings.judging_takes import TakeSettings
from coach.settings.session import CoachSettings
from coach.storage.reference_hdf5 import read_reference, write_reference
from tests.bench.judging_dances import danced, drawn_movement, observations, sensed
from tests.bench.judging_plants import Plant, bent
from tests.builders_judging import REST_DEG, SEEN, at, make_tables, times

SETTINGS = CoachSettings()
LENGTH_S, FREE_S = 20.0, (8.0, 13.0)
FREE, BOUND = JOINT_INDEX["left_elbow"], JOINT_INDEX["right_elbow"]


@lru_cache
def take_of(size_deg: float, seed: int, tempo: float = 1.0, start_s: float = 0.0) -> tuple[Observation, ...]:
    """The dance with the left elbow as its dancer likes it for a while."""
    dance = danced(drawn_movement(), tempo=tempo, start_s=start_s, length_s=LENGTH_S / tempo)
    if size_deg:
        during_s = [(place_s - start_s) / tempo for place_s in FREE_S]
        dance = bent(dance, Plant("joint", "left_elbow", size_deg, *during_s))
    return tuple(observations(sensed(dance, 30.0, seed), dance))


def reference_of(seen: tuple[Observation, ...], *takes: Reference) -> Reference:
    return replace(build_reference(ReferenceInfo("a", "A"), list(seen)), takes=takes)


@pytest.fixture(scope="module")
def plain() -> Reference:
    return reference_of(take_of(0.0, 1))


@pytest.fixture(scope="module")
def free(plain: Reference) -> Reference:
    takes = (take_of(-50.0, 2, 1.06), take_of(-35.0, 3, 0.95, 0.7), take_of(0.0, 4))
    return replace(plain, takes=tuple(reference_of(take) for take in takes))


def test_a_take_at_another_tempo_is_matched(plain: Reference, free: Reference) -> None:
    faster, later, _ = free.takes
    rules, time_s = TakeSettings(), plain.track.time_s
    found_s = moments_of(faster, plain, rules, SETTINGS.alignment)
    assert matched_share(found_s) > 0.95
    assert np.nanmedian(np.abs(1.06 * found_s - time_s)) < 0.05
    found_s = moments_of(later, plain, rules, SETTINGS.alignment)
    assert matched_share(found_s) > 0.9
    assert np.nanmedian(np.abs(0.7 + 0.95 * found_s - time_s)) < 0.05


def test_freedom_is_where_the_takes_differ(plain: Reference, free: Reference) -> None:
    assert Choreography.of_reference(plain, SETTINGS).tables.freedom_deg is None
    choreography = Choreography.of_reference(free, SETTINGS)
    freedom = choreography.tables.freedom_deg
    assert freedom is not None
    time_s = plain.track.time_s
    inside = (time_s > FREE_S[0] + 0.7) & (time_s < FREE_S[1] - 0.7)
    outside = (time_s < FREE_S[0] - 0.7) | (time_s > FREE_S[1] + 0.7)
    largest = TakeSettings().spread_factor * np.sqrt((50.0**2 + 35.0**2) / 3)
    assert 0.4 * largest < np.median(freedom[inside, FREE]) < largest
    assert np.median(freedom[outside, FREE]) < TABLE_TOLERANCE_DEG[FREE]
    assert np.median(freedom[inside, BOUND]) < TABLE_TOLERANCE_DEG[BOUND]
    assert (np.delete(freedom, FREE, axis=1) > np.delete(TABLE_TOLERANCE_DEG, FREE)).mean() < 0.05
    assert (freedom <= TakeSettings().max_tolerances * TABLE_TOLERANCE_DEG).all()
    mirrored = choreography.mirrored_tables.freedom_deg
    assert mirrored is not None
    np.testing.assert_array_equal(mirrored[:, BOUND], freedom[:, FREE])


def blamed(reference: Reference, seen: tuple[Observation, ...], joint: int) -> float:
    """For how much of the free stretch the joint is called a mistake."""
    session = CoachingSession(
        Choreography.of_reference(reference, SETTINGS), SETTINGS, SessionOptions(mirror=MirrorMode.OFF)
    )
    told = [session.feed(one, one.time_s).joints[joint].verdict for one in seen]
    during = [verdict for one, verdict in zip(seen, told, strict=True) if FREE_S[0] <= one.time_s <= FREE_S[1]]
    return during.count(JointVerdict.MISTAKE) / len(during)


def test_a_take_nobody_has_seen_is_not_blamed_for_the_teachers_freedom(plain: Reference, free: Reference) -> None:
    held_out = take_of(-40.0, 9)
    assert blamed(plain, held_out, FREE) > 0.3
    assert blamed(free, held_out, FREE) < 0.05


def test_beyond_the_freedom_and_elsewhere_it_is_still_a_mistake(free: Reference) -> None:
    assert blamed(free, take_of(-85.0, 9), FREE) > 0.3
    dance = danced(drawn_movement(), length_s=LENGTH_S)
    other = bent(dance, Plant("joint", "right_elbow", -45.0, *FREE_S))
    assert blamed(free, tuple(observations(sensed(other, 30.0, 9), other)), BOUND) > 0.3


def test_the_tolerance_is_never_below_the_freedom() -> None:
    freedom = np.zeros((901, JOINT_COUNT))
    freedom[300:, FREE] = 40.0
    judge = AngleJudge(replace(make_tables(), freedom_deg=freedom), JudgingSettings())
    tolerances = {}
    for time_s in times(0.0, 12.0):
        readings = judge.step(np.full(JOINT_COUNT, REST_DEG), SEEN, at(time_s), time_s)
        tolerances[round(time_s, 2)] = [reading.tolerance_deg for reading in readings]
    assert tolerances[12.0][FREE] == 40.0
    assert tolerances[5.0][FREE] < 40.0
    assert tolerances[12.0][BOUND] == pytest.approx(tolerances[5.0][BOUND], abs=1.0)


def test_a_take_is_added_to_the_file(plain: Reference, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "dance.h5"
    write_reference(file, plain)
    info = ReferenceInfo("dance", "Dance")
    save_take(info, list(take_of(-30.0, 2, 1.06)), file)
    save_take(info, list(take_of(0.0, 4)), file)
    kept = read_reference(file)
    assert len(kept.takes) == 2
    assert kept.frame_count == plain.frame_count
    assert kept.takes[0].duration_s == pytest.approx(LENGTH_S / 1.06, abs=0.1)
    assert "take 3" in capsys.readouterr().err


def test_another_dance_is_no_take(plain: Reference, tmp_path: Path) -> None:
    file = tmp_path / "dance.h5"
    write_reference(file, plain)
    other = danced(drawn_movement(), start_s=27.0, length_s=15.0)
    with pytest.raises(ReferenceFileError, match="same dance"):
        save_take(ReferenceInfo("dance", "Dance"), observations(other, other), file)
    assert read_reference(file).takes == ()


def test_the_programs_own_dance_is_left_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(ReferenceFileError, match="comes with the program"):
        run_extract(ExtractOptions(video=tmp_path / "again.mp4", name="first-steps", is_take=True))


def test_settings_are_checked() -> None:
    with pytest.raises(SettingsError):
        TakeSettings(min_matched_share=1.5)
    with pytest.raises(SettingsError):
        TakeSettings(spread_factor=0.0)
