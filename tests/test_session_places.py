"""Where the session believes the dancer to be: stops, other speeds, jumps, absences, the end."""

from __future__ import annotations

import numpy as np
import pytest

from coach.alignment.tracked_position import TrackState
from coach.judging.angle_judge import AngleJudge
from coach.judging.verdicts import FramingHint, JointVerdict
from coach.routine.student_script import StudentScript, student_with
from tests.builders_routine import routine
from tests.builders_session import (
    blame,
    clean,
    feed,
    mistake_share,
    new_session,
    nobody,
    observed,
    place_errors_s,
    student_times,
    verdicts,
    with_mistake,
)


def test_in_follow_mode_the_coach_waits_for_who_stops() -> None:
    script = student_with(["stops"])
    start_s = script.mistakes[0].start_s
    states = feed(new_session(), observed(script, student_times(0.0, start_s + 10.0)))
    assert blame(states) == []
    after = [state for state in states if state.time_s > start_s + 7.0]
    assert np.quantile(place_errors_s(after, script), 0.9) < 0.2


@pytest.mark.parametrize("tempo", [0.8, 1.15])
def test_another_tempo_is_followed(tempo: float) -> None:
    script = StudentScript(routine(), tempo=tempo)
    states = feed(new_session(), observed(script, student_times(0.0, 20.0)))
    later = [state for state in states if state.time_s > 6.0]
    assert np.quantile(place_errors_s(later, script), 0.9) < 0.2
    assert np.median([state.position.tempo for state in later]) == pytest.approx(tempo, abs=0.08)
    assert mistake_share(verdicts(later)) < 0.02


def test_a_student_who_starts_over_is_found_again() -> None:
    script = student_with(["restarts"])
    start_s = script.mistakes[0].start_s
    states = feed(new_session(), observed(script, student_times(start_s - 15.0, start_s + 10.0)))
    after = [state for state in states if state.time_s > start_s + 6.0]
    assert np.quantile(place_errors_s(after, script), 0.9) < 0.2


def test_a_start_in_the_middle_is_found() -> None:
    states = feed(new_session(), observed(clean(), student_times(20.0, 30.0), shift_s=20.0))
    assert states[0].time_s == 0.0
    assert np.quantile(place_errors_s([s for s in states if s.time_s > 3.0], clean(), 20.0), 0.9) < 0.1


def test_after_a_seek_the_new_place_is_followed_and_counted_again() -> None:
    session = new_session()
    feed(session, observed(clean(), student_times(0.0, 8.0)))
    session.seek(25.0)
    states = feed(session, observed(clean(), student_times(25.0, 31.0), shift_s=17.0))
    assert np.quantile(place_errors_s([s for s in states if s.time_s > 9.0], clean(), 17.0), 0.9) < 0.1
    assert blame(states) == []


def test_a_pause_costs_nothing_that_was_counted() -> None:
    """Danced badly to 12 s, from the start again, a pause at 4 s: what lies behind the pause stays counted."""
    totals = {}
    for name in ("seek", "go_on"):
        session = new_session()
        feed(session, observed(with_mistake("bent-arm", 5.0), student_times(0.0, 16.0)))
        feed(session, observed(clean(), student_times(0.0, 4.0), shift_s=-16.0))
        getattr(session, name)(4.0)
        before = session.score.total
        states = feed(session, observed(clean(), student_times(4.0, 5.0), shift_s=-20.0))
        assert states[-1].position.reference_s == pytest.approx(5.0, abs=0.2)
        totals[name] = states[-1].score.total
        assert before is not None
    assert totals["go_on"] == pytest.approx(before, abs=1.0)
    assert totals["seek"] > totals["go_on"] + 1.0, "who jumps there dances it, and is counted, anew"


def test_style_is_kept_wherever_the_dancer_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    session, forgotten, kept = new_session(), [], []
    feed(session, observed(clean(), student_times(0.0, 1.0)))
    monkeypatch.setattr(AngleJudge, "reset", lambda judge: forgotten.append(judge))
    monkeypatch.setattr(AngleJudge, "jumped", lambda judge: kept.append(judge))
    for count, go_on in enumerate((session.go_on, session.seek, lambda place_s: session.set_span((0.0, place_s))), 1):
        go_on(8.0)
        assert (len(kept), forgotten) == (count, [])


def test_who_is_lost_after_a_jump_is_lost_there_and_may_dance_that_again() -> None:
    session = new_session()
    feed(session, observed(clean(), student_times(0.0, 6.0)))
    session.go_on(25.0)
    feed(session, observed(clean(), student_times(25.0, 26.0), shift_s=18.0))
    lost = feed(session, nobody(student_times(8.5, 24.0)))
    assert lost[-1].position.state is TrackState.LOST
    assert lost[-1].score.total < 90.0
    session.seek(25.0)
    again = feed(session, observed(clean(), student_times(25.0, 27.0), shift_s=0.0))
    assert again[-1].score.total > 95.0


def test_only_the_practised_stretch_is_followed() -> None:
    session = new_session(span_s=(10.0, 20.0))
    states = feed(session, observed(clean(), student_times(10.0, 19.0), shift_s=10.0))
    places = [s.position.reference_s for s in states if s.position.reference_s is not None]
    assert len(places) > 0.8 * len(states)
    assert min(places) >= 9.9
    assert max(places) <= 20.1


def test_nobody_is_not_blamed_but_looked_for() -> None:
    states = feed(new_session(), nobody(student_times(0.0, 5.0)))
    assert {state.position.state for state in states} <= {TrackState.SEARCHING, TrackState.LOST}
    assert {state.position.reference_s for state in states} == {None}
    assert states[-1].framing is FramingHint.NOBODY
    assert states[-1].seen == 0.0
    assert states[-1].score.total is None
    assert set(verdicts(states)) == {JointVerdict.UNSEEN}
    assert blame(states) == []


def test_who_leaves_and_comes_back_is_found_again() -> None:
    stream = observed(clean(), student_times(0.0, 10.0))
    stream += nobody(student_times(10.0, 16.0))
    stream += observed(clean(), student_times(16.0, 26.0))
    states = feed(new_session(), stream)
    away = [state for state in states if 13.0 < state.time_s < 16.0]
    assert all(state.position.state is not TrackState.FOLLOWING for state in away)
    assert np.quantile(place_errors_s([s for s in states if s.time_s > 19.0], clean()), 0.9) < 0.15
    assert blame(states) == []


def test_the_end_stays_the_end_for_who_holds_the_last_pose() -> None:
    states = feed(new_session(), observed(clean(), student_times(35.0, routine().duration_s + 4.0), shift_s=35.0))
    tracked = [state.position.state for state in states]
    assert TrackState.FINISHED in tracked
    assert set(tracked[tracked.index(TrackState.FINISHED) :]) == {TrackState.FINISHED}


def test_dancing_again_after_the_end_is_followed_again() -> None:
    stream = observed(clean(), student_times(35.0, routine().duration_s + 1.0), shift_s=35.0)
    again_s = stream[-1].time_s + 1.0
    stream += observed(clean(), student_times(0.0, 8.0), shift_s=-again_s)
    states = feed(new_session(), stream)
    last = [state for state in states if state.time_s > again_s + 4.0]
    assert np.quantile(place_errors_s(last, clean(), -again_s), 0.9) < 0.15
