"""The whole session, follower included, on dances with exact truth and the sensor's errors."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coach.judging.moment import Moment
from coach.judging.sightings import sightings
from coach.judging.verdicts import CueKind
from coach.pose.joint_table import JOINT_INDEX
from coach.session.choreography import Choreography
from coach.session.coaching_session import CoachingSession, SessionOptions
from coach.settings.session import CoachSettings
from tests.bench.judging_cases import Case
from tests.bench.judging_dances import (
    Dance,
    at_places,
    danced,
    drawn_movement,
    noise_table,
    observations,
    reference_of,
    sensed,
)
from tests.bench.judging_figures import false_share, rank_correlation
from tests.bench.judging_perform import Performance, perform
from tests.bench.judging_plants import Plant, bent, late_limb
from tests.bench.judging_run import MISTAKE, UNSEEN, choreography, followed_frames, judged
from tests.builders_judging import at, joint_readings

SETTINGS = CoachSettings()


def first_seconds(performance: Performance, length_s: float) -> Performance:
    """Only the beginning, to be quick."""

    def cut(dance: Dance) -> Dance:
        track = dance.track
        count = int(np.searchsorted(track.time_s, length_s))
        short = replace(track, time_s=track.time_s[:count], image=track.image[:count], world=track.world[:count])
        return Dance(dance.place_s[:count], short)

    return replace(performance, clean=cut(performance.clean), truth=cut(performance.truth), seen=cut(performance.seen))


def coached(case: Case, length_s: float):
    performance = first_seconds(perform(case, None), length_s)
    return judged(performance, followed_frames(performance, None, SETTINGS), None, SETTINGS)


def test_a_bent_arm_is_named_and_nothing_else_is_at_any_frame_rate():
    plant = Plant("joint", "left_elbow", -45.0, 9.4, 10.8)
    told = {}
    for fps in (15.0, 30.0, 60.0):
        result = coached(Case("rates", "drawn", (plant,), 1, fps=fps), 13.5)
        told[fps] = [cue for cue in result.cues if cue.kind is not CueKind.PRAISE]
        during = (result.time_s >= plant.start_s) & (result.time_s <= plant.end_s)
        assert (result.verdicts[during, JOINT_INDEX["left_elbow"]] == MISTAKE).any()
        assert false_share([result]) < 0.02
    assert {cue.joint for cue in told[30.0]} == {"left_elbow"}
    # At 15 frames a second a verdict and a cue may each come one frame (67 ms) later.
    for fps, within_s in ((60.0, 0.1), (15.0, 0.15)):
        assert [cue.text for cue in told[fps]] == [cue.text for cue in told[30.0]]
        for first, second in zip(told[fps], told[30.0], strict=True):
            assert first.time_s == pytest.approx(second.time_s, abs=within_s)


def test_a_limb_that_nothing_shows_is_not_blamed():
    plant = Plant("hidden", "left_arm", 1.0, 5.0, 9.0)
    result = coached(Case("hidden", "drawn", (plant,), 1), 9.0)
    during = (result.time_s >= 5.2) & (result.time_s <= 8.8)
    elbow = result.verdicts[during, JOINT_INDEX["left_elbow"]]
    assert (elbow == UNSEEN).mean() > 0.5
    assert (elbow == MISTAKE).mean() < 0.1


def standing(length_s: float) -> Dance:
    """The first pose of the routine, held."""
    times_s = np.arange(round(30.0 * length_s)) / 30.0
    return Dance(np.zeros_like(times_s), at_places(drawn_movement(), np.zeros_like(times_s), times_s))


def test_a_camera_that_trembles_is_known_before_the_dance():
    tolerances_deg = {}
    for level in (0.0, 2.5):
        session = CoachingSession(choreography("drawn", None, SETTINGS), SETTINGS, SessionOptions())
        waits, dance = standing(5.0), danced(drawn_movement(), length_s=4.0)
        for observation in observations(sensed(waits, 30.0, 4, level), waits):
            assert session.wait(observation).cue is None
        for observation in observations(dance, dance):
            pose = replace(observation.pose, time_s=observation.time_s + 5.0)
            state = session.feed(replace(observation, pose=pose))
        tolerances_deg[level] = np.array([reading.tolerance_deg for reading in state.joints])
    assert np.mean(tolerances_deg[2.5] > 1.1 * tolerances_deg[0.0]) > 0.3


def test_joints_that_both_mirror_images_hold_alike_are_not_ambiguous():
    prepared = Choreography.of_reference(reference_of("drawn"), SETTINGS)
    beat_s = 47.3077 / 82
    both_arms_out, one_hand_on_hip = 16.2 * beat_s, 28.2 * beat_s
    assert not {"left_elbow", "right_elbow"} & prepared.ambiguous_joints(both_arms_out)
    assert {"left_elbow", "right_elbow"} <= prepared.ambiguous_joints(one_hand_on_hip)


def test_a_lean_is_the_trunks_fault_and_not_the_hips():
    def named(**errors: float) -> set[str]:
        return {seen.key.subject for seen in sightings(Moment(1.0, at(1.0), joint_readings(**errors)), 0.2)}

    assert named(trunk=20.0, left_hip=22.0, right_hip=-19.0) == {"trunk"}
    assert named(trunk=5.0, left_hip=22.0) == {"trunk", "left_hip"}
    assert named(left_hip=22.0) == {"left_hip"}


def test_the_simulated_sensor_errs_as_the_measured_one():
    middle, high = noise_table(drawn_movement())
    for joint, wanted_middle, wanted_high in (("elbow", 5.0, 20.0), ("shoulder", 3.5, 12.0), ("knee", 2.8, 9.5)):
        for side in ("left", "right"):
            row = JOINT_INDEX[f"{side}_{joint}"]
            assert middle[row] == pytest.approx(wanted_middle, rel=0.25)
            assert high[row] == pytest.approx(wanted_high, rel=0.3)


def test_plants_do_what_they_say():
    case = Case("one", "drawn", (), 1)
    clean = perform(case, None).clean
    time_s = clean.track.time_s
    plant = Plant("joint", "left_elbow", -35.0, 9.4, 10.8)
    change = bent(clean, plant).angles_deg - clean.angles_deg
    during = (time_s > 9.6) & (time_s < 10.6)
    assert np.mean(change[during, JOINT_INDEX["left_elbow"]]) == pytest.approx(-35.0, abs=5.0)
    assert np.abs(change[during, JOINT_INDEX["left_shoulder"]]).max() < 1e-6
    assert np.nanmax(np.abs(change[time_s < 9.4])) < 1e-9
    late = late_limb(clean, Plant("late", "right_arm", -300.0, 5.0, 20.0), drawn_movement())
    row = JOINT_INDEX["right_elbow"]
    now, then = np.searchsorted(time_s, [12.0, 11.7])
    assert late.angles_deg[now, row] == pytest.approx(clean.angles_deg[then, row], abs=1.0)
    assert rank_correlation([1.0, 2.0, 3.0], [10.0, 30.0, 20.0]) == pytest.approx(0.5)
