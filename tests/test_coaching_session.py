"""The whole session as a pure function: exact landmarks of the built-in routine in, states and cues out."""

from __future__ import annotations

import numpy as np
import pytest

from coach.alignment.tracked_position import FollowMode, MirrorMode, TrackState
from coach.judging.cue_texts import CueTexts
from coach.judging.session_score import SessionScore
from coach.judging.verdicts import CueKind, JointVerdict
from coach.pose.joint_table import JOINT_INDEX
from coach.pose.observation import Observation
from coach.routine.mistakes import Mistake
from coach.routine.student_script import StudentScript, student_with
from coach.session.session_state import SessionState
from tests.builders_routine import routine
from tests.builders_session import (
    along_music,
    blame,
    clean,
    cues,
    feed,
    lines,
    mistake_share,
    new_session,
    observed,
    place_errors_s,
    student_times,
    verdicts,
    with_mistake,
)

# --- a function of what it is fed


def test_the_same_stream_gives_the_same_states() -> None:
    stream = observed(with_mistake("bent-arm", 6.0), student_times(0.0, 12.0))
    first, second = (lines(feed(new_session(), stream)) for _ in range(2))
    assert first == second
    assert any("MISTAKE" in line or "mistake" in line for line in first)


def test_a_restarted_session_is_as_good_as_new() -> None:
    stream = observed(clean(), student_times(0.0, 6.0))
    session = new_session()
    first = feed(session, stream)
    session.restart()
    later = [shifted(observation, 20.0) for observation in stream]
    second = feed(session, later)
    assert session.score.total is not None
    assert first[-1].score.total == pytest.approx(second[-1].score.total, abs=2.0)
    assert second[0].position.state is TrackState.SEARCHING
    assert second[0].score.total is None
    assert np.median(place_errors_s(second, clean(), -20.0)) < 0.15


def shifted(observation: Observation, by_s: float) -> Observation:
    """The same, seen later."""
    pose = type(observation.pose)(
        observation.time_s + by_s, observation.pose.image, observation.pose.world, observation.pose.frame_size_px
    )
    return Observation(pose, observation.energy, observation.mask_bits, observation.picture)


@pytest.fixture(scope="module")
def cues_at_30() -> list[SessionState]:
    return states_at(30.0)


def states_at(fps: float) -> list[SessionState]:
    script = with_mistake("bent-arm", 8.65)
    return feed(new_session(mode=FollowMode.ALONG), observed(script, student_times(0.0, 14.0, fps)), along_music)


@pytest.mark.parametrize("fps", [15.0, 60.0])
def test_the_frame_rate_does_not_matter(fps: float, cues_at_30: list[SessionState]) -> None:
    states = states_at(fps)
    assert cues(states) == cues(cues_at_30)
    times = [[state.time_s for state in some if state.cue is not None] for some in (states, cues_at_30)]
    np.testing.assert_allclose(*times, atol=0.5)
    assert states[-1].score.total == pytest.approx(cues_at_30[-1].score.total, abs=5.0)
    assert np.quantile(place_errors_s(states, with_mistake("bent-arm", 8.65)), 0.9) < 0.15


def test_dropped_frames_do_not_matter(cues_at_30: list[SessionState]) -> None:
    times = student_times(0.0, 14.0)
    kept = np.random.default_rng(5).random(len(times)) < 0.8
    stream = observed(with_mistake("bent-arm", 8.65), times[kept])
    assert cues(feed(new_session(mode=FollowMode.ALONG), stream, along_music)) == cues(cues_at_30)


# --- right and wrong


def test_the_teacher_is_a_perfect_student() -> None:
    states = feed(new_session(mode=FollowMode.ALONG), observed(clean(), student_times(0.0, 48.0)), along_music)
    assert blame(states) == []
    assert [kind for kind, _, _ in cues(states) if kind is CueKind.PRAISE]
    assert mistake_share(verdicts(states)) < 0.005
    assert states[-1].score.total > 95
    assert np.quantile(place_errors_s(states[30:], clean()), 0.95) < 0.1
    assert states[-1].position.state in (TrackState.FINISHED, TrackState.FOLLOWING)


def test_a_bent_arm_is_judged_at_the_elbow_and_named(cues_at_30: list[SessionState]) -> None:
    before = [state for state in cues_at_30 if state.time_s < 8.65]
    during = [state for state in cues_at_30 if 9.6 < state.time_s < 10.8]
    assert blame(before) == []
    assert mistake_share(verdicts(before)) < 0.01
    assert mistake_share(verdicts(during, "left_elbow")) > 0.8
    assert mistake_share(verdicts(during, "right_elbow")) < 0.1
    (kind, joint, _), *_ = blame(cues_at_30)
    assert (kind, joint) == (CueKind.JOINT, "left_elbow")


def test_a_late_student_has_a_negative_timing() -> None:
    script = with_mistake("late", 4.0)
    session = new_session(mode=FollowMode.ALONG)
    assert session.constant_delay_ms is None
    states = feed(session, observed(script, student_times(0.0, 14.0)), along_music)
    timing_ms = [state.timing_ms for state in states if 5.5 < state.time_s < 8.0]
    assert np.median(timing_ms) == pytest.approx(-350.0, abs=80.0)
    # What camera and loudspeaker can cause is taken off later on, but not more.
    last_ms = [state.timing_ms for state in states if state.time_s > 12.0 and state.timing_ms is not None]
    assert -350.0 < np.median(last_ms) < -150.0
    assert session.constant_delay_ms == pytest.approx(350.0, abs=60.0)
    assert {kind for kind, _, _ in blame(states)} == {CueKind.TIMING}


def test_a_word_in_german() -> None:
    stream = observed(with_mistake("bent-arm", 8.65), student_times(0.0, 16.0))
    english, german = (blame(feed(new_session(language=language), stream)) for language in ("en", "de"))
    assert [cue[:2] for cue in english] == [cue[:2] for cue in german]
    assert english[0][2] == "Left arm straighter"
    assert "Arm" in german[0][2] or "Ellbogen" in german[0][2]


# --- mirror


def test_a_mirrored_student_is_recognised_and_not_blamed() -> None:
    script = student_with(["mirrored"])
    states = feed(new_session(), observed(script, student_times(0.0, 16.0)))
    assert blame(states) == []
    settled = [state for state in states if state.time_s > 6.0]
    assert all(state.position.mirrored for state in settled)
    assert mistake_share(verdicts(settled)) < 0.01
    assert np.quantile(place_errors_s(settled, script), 0.95) < 0.1


def test_who_has_to_be_recognised_scores_as_who_said_so() -> None:
    """What was judged against the wrong image before is not held against them."""
    stream = observed(student_with(["mirrored"]), student_times(0.0, 16.0))
    totals = [feed(new_session(mirror=mirror), stream)[-1].score.total for mirror in (MirrorMode.AUTO, MirrorMode.ON)]
    assert totals[0] == pytest.approx(totals[1], abs=3.0)


@pytest.mark.parametrize(("names", "mirror"), [(["mirrored"], MirrorMode.ON), ([], MirrorMode.OFF)])
def test_a_mirror_that_was_asked_for_is_not_searched(names: list[str], mirror: MirrorMode) -> None:
    states = feed(new_session(mirror=mirror), observed(student_with(names), student_times(0.0, 8.0)))
    assert {state.position.mirrored for state in states} == {mirror is MirrorMode.ON}
    assert mistake_share(verdicts(states)) < 0.01
    assert "Mirror image: I follow" not in [text for _, _, text in cues(states)]


def test_sides_are_the_students_own() -> None:
    """Who dances the mirror image with a bent left arm is told of the left arm."""
    script = StudentScript(routine(), (Mistake("mirrored", 0.0), Mistake("bent-arm", 8.65)))
    states = feed(new_session(mirror=MirrorMode.ON), observed(script, student_times(0.0, 30.0)))
    assert {joint for kind, joint, _ in blame(states) if kind is CueKind.JOINT} == {"left_elbow"}


# --- what it tells besides


def test_waiting_judges_nothing_and_counts_no_frame() -> None:
    session = new_session()
    feed(session, observed(clean(), student_times(0.0, 2.0)))
    waited = [session.wait(observation) for observation in observed(clean(), student_times(2.0, 3.0))]
    assert all(state.cue is None and set(verdicts([state])) == {JointVerdict.UNSEEN} for state in waited)
    assert {state.frame_index for state in waited} == {60}
    assert waited[-1].pose.present
    next_state = session.feed(observed(clean(), [2.0])[0])
    assert next_state.frame_index == 60


def test_the_score_turns_with_the_image_that_is_danced(monkeypatch: pytest.MonkeyPatch) -> None:
    turned: list[SessionScore] = []
    monkeypatch.setattr(SessionScore, "mirror", lambda score: turned.append(score))
    stream = observed(student_with(["mirrored"]), student_times(0.0, 8.0))
    for mirror, times in ((MirrorMode.ON, 0), (MirrorMode.AUTO, 1)):
        turned.clear()
        assert feed(new_session(mirror=mirror), stream)[-1].position.mirrored
        assert len(turned) == times


def test_the_worst_mistakes_are_those_that_were_made() -> None:
    session = new_session()
    feed(session, observed(with_mistake("bent-arm", 8.65), student_times(0.0, 20.0)))
    worst = session.worst()
    assert worst
    assert worst[0].joint == "left_elbow"
    assert worst[0].error_deg < 0
    assert 8.6 <= worst[0].start_s < worst[0].end_s <= 20.0
    assert worst[0].joint in JOINT_INDEX


def test_everything_that_may_be_said_is_known_beforehand() -> None:
    session = new_session()
    spoken = {text.speech for text in CueTexts("en").everything()}
    states = feed(session, observed(with_mistake("bent-arm", 8.65), student_times(0.0, 20.0)))
    said = [state.cue.speech for state in states if state.cue is not None]
    assert said
    assert set(said) <= spoken
