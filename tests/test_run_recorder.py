"""The record of a run: phrases scored as the session scores, what to work on, early and late, what was not seen."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.judging.cue_texts import CueTexts
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.observation import Observation
from coach.pose.reference import Section
from coach.practice.phrase_map import PhraseMap
from coach.practice.phrase_pass import PassScore, PhrasePass
from coach.practice.run_record import RunRecord
from coach.practice.run_recorder import RunRecorder
from coach.settings.cues import CueSettings
from coach.settings.practice import HistogramSettings, PhraseSettings, PracticeToolSettings
from coach.settings.session import CoachSettings
from tests.builders_session import (
    choreography,
    clean,
    feed,
    new_session,
    observed,
    student_times,
    truth_reference,
    with_mistake,
)

TOOLS = PracticeToolSettings()
PHRASE_S = 8 * 60 / 104


def new_recorder() -> RunRecorder:
    return RunRecorder(choreography(), CoachSettings(), TOOLS)


def run_of(
    stream: list[Observation], recorder: RunRecorder | None = None
) -> tuple[RunRecord, list[PhrasePass], float | None, PassScore]:
    """A stream through session and recorder: the record, the phrases as they ended, the session's score, the pass."""
    session, recorder = new_session(), recorder or new_recorder()
    ended = []
    for observation in stream:
        state = session.feed(observation, observation.time_s)
        done = recorder.step(state, session.panel_reading)
        if done is not None:
            ended.append(done)
    record = recorder.record(
        session.worst(), CueTexts("en"), started_utc="2026-11-20T18:30:00+00:00", mode="along"
    )  # fmt: skip
    return record, ended, session.score.total, recorder.finish_pass()


@lru_cache(maxsize=1)
def bent_arm() -> tuple[RunRecord, list[PhrasePass], float | None, PassScore]:
    return run_of(observed(with_mistake("bent-arm", 9.0, 20.0), student_times(0, 21)))


def test_the_whole_pass_has_the_sessions_own_score() -> None:
    record, _, score, one_pass = bent_arm()
    assert record.score == score
    assert one_pass.score == pytest.approx(score, abs=0.3)
    assert one_pass.judged_share == pytest.approx(record.judged_share, abs=0.01)


def test_phrases_are_scored_apart_and_the_weak_one_is_the_weakest() -> None:
    record, ended, _, _ = bent_arm()
    scores = [phrase.score for phrase in record.phrases]
    assert len(scores) == len(new_recorder().phrases.spans)
    assert scores[0] == scores[1] == pytest.approx(100.0, abs=0.5)
    assert scores[2] is not None
    assert scores[2] < 95
    assert [phrase.passes_count for phrase in record.phrases] == [1, 1, 1, 1] + [0] * (len(scores) - 4)
    assert scores[5:] == [None] * (len(scores) - 5)
    assert [done.index for done in ended] == [0, 1, 2, 3]
    assert record.phrases[0].end_s == pytest.approx(PHRASE_S)


def test_the_bent_arm_is_the_thing_to_work_on_with_the_students_time() -> None:
    record, _, _, _ = bent_arm()
    worst = record.worst[0]
    assert (worst.joint, worst.text) == ("left_elbow", "Left arm straighter")
    assert worst.start_s <= worst.reference_s <= worst.end_s
    assert worst.student_s == pytest.approx(worst.reference_s, abs=0.15)  # this student is in time
    assert worst.error_deg is not None
    assert worst.error_deg < 0


def test_a_late_dancer_is_late_in_the_histogram_and_that_is_what_to_work_on() -> None:
    record, _, _, _ = run_of(observed(with_mistake("late", 9.0, 20.0), student_times(0, 20)))
    counts = np.array(record.timing_histogram)
    middles = np.array([TOOLS.histogram.middle_ms(index) for index in range(len(counts))])
    assert counts[middles < -200].sum() > 100
    assert counts[middles > 200].sum() < 20
    assert record.worst[0].joint is None
    assert "late" in record.worst[0].text.lower()
    assert record.phrases[3].timing_ms is not None
    assert record.phrases[3].timing_ms < -200


def test_what_was_not_seen_is_named_with_its_share() -> None:
    stream = [
        _hide(observation, "left_wrist") if observation.time_s > 6.0 else observation
        for observation in observed(clean(), student_times(0, 12))
    ]
    record, _, _, _ = run_of(stream)
    unseen = dict(record.unseen)
    assert unseen.keys() == {"left_elbow", "left_wrist"}  # both angles need the wrist
    assert unseen["left_wrist"] == pytest.approx(0.5, abs=0.06)
    feet = [_hide(_hide(one, "left_ankle"), "right_ankle") for one in observed(clean(), student_times(0, 8))]
    session, recorder = new_session(), new_recorder()
    for observation in feet:
        recorder.step(session.feed(observation), session.panel_reading)
    words = {"started_utc": "", "mode": "follow"}
    assert "left_knee" in dict(recorder.record([], CueTexts("en"), **words).unseen)
    assert recorder.record([], CueTexts("en"), upper_body_only=True, **words).unseen == ()


def _hide(observation: Observation, landmark: str) -> Observation:
    image = observation.pose.image.copy()
    image[LANDMARK_INDEX[landmark]] = (np.nan, np.nan, np.nan, 0.0)
    return replace(observation, pose=observation.pose.with_image(image))


def test_waiting_counts_for_nothing() -> None:
    session, recorder = new_session(), new_recorder()
    for observation in observed(clean(), student_times(0, 2)):
        recorder.step(session.wait(observation), session.panel_reading)
    record = recorder.record(session.worst(), CueTexts("en"), started_utc="", mode="follow")
    assert (record.danced_s, record.score, record.seen_share, record.worst) == (0.0, None, 0.0, ())
    assert recorder.finish_pass() == PassScore(None, 0.0)


def test_of_a_phrase_danced_again_the_last_complete_pass_counts() -> None:
    session, recorder = new_session(), new_recorder()
    bad = observed(with_mistake("bent-arm", 9.0, 14.0), student_times(0, 14.5))
    for observation in bad:
        recorder.step(session.feed(observation, observation.time_s), session.panel_reading)
    first = recorder.finish_pass()
    session.seek(2 * PHRASE_S)
    shift_s = 14.5 - 2 * PHRASE_S
    again = observed(clean(), student_times(2 * PHRASE_S, 14.5), -shift_s)
    for observation in again:
        recorder.step(session.feed(observation, observation.time_s - shift_s), session.panel_reading)
    second = recorder.finish_pass()
    record = recorder.record(session.worst(), CueTexts("en"), started_utc="", mode="along")
    assert record.phrases[2].passes_count == 2
    assert record.phrases[2].score == pytest.approx(100.0, abs=2.0)
    assert first.score is not None
    assert second.score is not None
    assert second.score > first.score
    assert all(moment.joint != "left_elbow" for moment in record.worst)


def test_a_practised_stretch_has_only_its_own_phrases() -> None:
    session, recorder = new_session(span_s=(PHRASE_S, 2 * PHRASE_S)), new_recorder()
    record = recorder.record(
        session.worst(), CueTexts("en"), started_utc="", mode="along", span_s=(PHRASE_S, 2 * PHRASE_S)
    )
    assert [phrase.start_s for phrase in record.phrases] == [pytest.approx(PHRASE_S)]


def test_the_frame_rate_hardly_matters() -> None:
    script = with_mistake("bent-arm", 9.0, 15.0)
    for fps in (12, 20):
        record, _, _, _ = run_of(observed(script, np.arange(0, 14, 1 / fps)))
        assert record.phrases[2].score == pytest.approx(bent_arm()[0].phrases[2].score, abs=4.0)


def test_recording_does_not_change_the_session() -> None:
    stream = observed(clean(), student_times(0, 3))
    session = new_session()
    alone = [state.score for state in feed(session, stream)]
    session, recorder = new_session(), new_recorder()
    watched = []
    for observation in stream:
        state = session.feed(observation)
        recorder.step(state, session.panel_reading)
        watched.append(state.score)
    assert alone == watched


def test_phrases_follow_the_beats_then_the_sections_then_the_clock() -> None:
    reference, cues, settings = truth_reference(), CueSettings(), PhraseSettings()
    by_beats = PhraseMap.of_reference(reference, cues, settings)
    assert by_beats.spans[0] == (0.0, pytest.approx(PHRASE_S))
    silent = replace(reference, beats_s=np.zeros(0), sections=(Section("A", 0.0, 9.0), Section("B", 9.0, 30.0)))
    by_sections = PhraseMap.of_reference(silent, cues, settings)
    assert (9.0, pytest.approx(16.0)) in by_sections.spans
    assert (0.0, 4.5) in by_sections.spans
    plain = PhraseMap.of_reference(replace(silent, sections=()), cues, settings)
    lengths = [end_s - start_s for start_s, end_s in plain.spans]
    assert all(4.0 <= length <= 8.0 for length in lengths)


@given(
    st.lists(st.floats(0.2, 3.0), max_size=60),
    st.floats(1.0, 120.0),
    st.lists(st.tuples(st.floats(0.0, 100.0), st.floats(0.5, 60.0)), max_size=5),
    st.floats(-5.0, 130.0),
)
def test_phrases_cover_any_dance_without_gaps(
    beat_gaps: list[float], duration_s: float, sections: list[tuple[float, float]], place_s: float
) -> None:
    base = truth_reference()
    time_s = np.linspace(0.0, duration_s, len(base.track))
    reference = replace(
        base,
        track=replace(base.track, time_s=time_s),
        beats_s=np.cumsum(beat_gaps) if beat_gaps else np.zeros(0),
        sections=tuple(Section("", start_s, start_s + length_s) for start_s, length_s in sections),
    )
    phrases = PhraseMap.of_reference(reference, CueSettings(), PhraseSettings())
    assert phrases.spans[0][0] == 0.0
    assert phrases.spans[-1][1] == pytest.approx(duration_s)
    for (_, end_s), (start_s, _) in zip(phrases.spans, phrases.spans[1:], strict=False):
        assert end_s == start_s
    assert all(end_s > start_s for start_s, end_s in phrases.spans)
    index = phrases.index_at(place_s)
    start_s, end_s = phrases.spans[index]
    assert start_s <= min(max(place_s, 0.0), duration_s) <= end_s


@given(st.floats(-2000, 2000))
def test_every_difference_has_its_bin(timing_ms: float) -> None:
    settings = HistogramSettings()
    index = settings.index_of(timing_ms)
    assert 0 <= index < settings.bins_count
    if abs(timing_ms) < settings.range_ms:
        assert abs(settings.middle_ms(index) - timing_ms) <= settings.bin_ms / 2 + 1e-9
