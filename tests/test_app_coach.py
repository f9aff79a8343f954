"""The coach at work, frame by frame: countdown, music, pause, end, log."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.alignment.tracked_position import FollowMode
from coach.app.practising.coach import Coach
from coach.clock import ManualClock
from coach.routine.student_script import StudentScript
from coach.session.transport import Transport
from coach.storage.session_log import SessionLog
from tests.builders_app import make_coach, sensed
from tests.builders_routine import routine
from tests.builders_runs import RunLog
from tests.builders_session import choreography, new_session, observed, student_times

END_S = choreography().reference.duration_s


def dance(coach: Coach, start_s: float, end_s: float, room_ahead_s: float = 0.0) -> None:
    """Frames of the clean student; the room's clock reads ``room_ahead_s`` more than the film's."""
    for observation in observed(StudentScript(routine()), student_times(start_s, end_s)):
        coach.handle(sensed(observation, observation.time_s + room_ahead_s))


@pytest.mark.parametrize(("film_time", "room_ahead_s"), [(True, 500.0), (False, 500.0)])
def test_the_music_runs_on_the_clock_of_the_pictures(film_time: bool, room_ahead_s: float) -> None:
    transport = Transport(0.0, END_S)
    coach = make_coach(new_session(mode=FollowMode.ALONG), transport, film_time=film_time)
    dance(coach, 0.0, 3.0, room_ahead_s)
    now_s = 3.0 if film_time else 503.0
    assert transport.music_s(now_s) == pytest.approx(3.0)
    assert coach.last_now_s == pytest.approx(now_s, abs=0.05)
    assert coach.place_s == pytest.approx(3.0, abs=0.2)


def test_nothing_is_coached_or_logged_during_the_countdown(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    transport, log = Transport(0.0, END_S), SessionLog(path)
    coach = make_coach(new_session(mode=FollowMode.ALONG), transport, countdown_s=2.0, log=log)
    dance(coach, 0.0, 1.9)
    assert coach.frame_count == 0
    assert coach.seen_share is None
    assert transport.music_s(1.9) is None
    shown = coach.frames.get(0.0)
    assert shown is not None
    assert shown.state.pose.present, "the dancer is shown meanwhile"
    dance(coach, 2.0, 3.0)
    log.close()
    assert [frame["frame"] for frame in RunLog.read(path).frames] == list(range(30))
    assert transport.music_s(3.0) == pytest.approx(1.0)


def test_a_pause_is_not_coached_either() -> None:
    coach = make_coach(new_session(), Transport(0.0, END_S), along=False)
    dance(coach, 0.0, 1.0)
    coach.paused = True
    dance(coach, 1.0, 2.0)
    assert coach.frame_count == 30
    coach.paused = False
    dance(coach, 2.0, 3.0)
    assert coach.frame_count == 60


def test_in_follow_mode_no_music_runs() -> None:
    transport = Transport(0.0, END_S)
    coach = make_coach(new_session(), transport, along=False)
    dance(coach, 0.0, 2.0)
    assert transport.music_s(2.0) is None
    assert coach.frames.get(0.0).state.timing_ms is not None  # type: ignore[union-attr]


def test_the_duration_ends_it(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    log = SessionLog(path)
    coach = make_coach(new_session(), Transport(0.0, END_S), duration_s=1.0, log=log)
    dance(coach, 0.0, 2.0)
    log.close()
    assert coach.done
    assert [round(frame["time_s"], 3) for frame in RunLog.read(path).frames][-1] == 1.0
    assert coach.frame_count == 31


def test_a_screen_that_is_gone_ends_it() -> None:
    coach = make_coach(new_session(), Transport(0.0, END_S), every_frame=True)
    coach.frames.close()
    dance(coach, 0.0, 0.1)
    assert coach.done
    assert coach.frame_count == 1


def test_the_age_of_a_frame_is_measured_from_its_capture(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    log = SessionLog(path)
    coach = make_coach(new_session(), Transport(0.0, END_S), film_time=False, clock=ManualClock(0.25), log=log)
    dance(coach, 0.0, 0.03)
    log.close()
    (frame,) = RunLog.read(path).frames
    assert frame["latency_ms"] == {"pose": 10.0, "flow": 2.0, "track": 0.0, "judge": 0.0, "total": 250.0}


def test_cues_go_to_the_log_and_to_the_voice(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    log = SessionLog(path)
    coach = make_coach(new_session(), Transport(0.0, END_S), log=log, voice=False)
    dance(coach, 0.0, 48.0)
    log.close()
    logged = RunLog.read(path).cues
    spoken = [coach.cues.get() for _ in range(coach.cues.qsize())]
    assert logged
    assert [cue.text for cue in spoken] == [cue["text"] for cue in logged]
    assert not any(cue["spoken"] for cue in logged)
    assert coach.seen_share == pytest.approx(1.0, abs=0.1)


LAG_S = 0.2


class Listening:
    """What the session is fed, and when the movement was made."""

    def __init__(self, coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
        self.heard: list[tuple[float, float | None]] = []
        session = coach._session
        follow, seek = session.follow, session.seek
        self.sought: list[tuple[float, int]] = []

        def listened(observation, music_s=None):  # type: ignore[no-untyped-def]
            self.heard.append((observation.time_s - LAG_S, music_s))
            return follow(observation, music_s)

        def noted(reference_s: float) -> None:
            self.sought.append((reference_s, len(self.heard)))
            seek(reference_s)

        monkeypatch.setattr(session, "follow", listened)
        monkeypatch.setattr(session, "seek", noted)


def test_what_arrives_late_is_judged_from_the_first_note_heard_on(monkeypatch: pytest.MonkeyPatch) -> None:
    transport = Transport(0.0, END_S)
    coach = make_coach(new_session(mode=FollowMode.ALONG), transport, countdown_s=1.0, latency_s=LAG_S)
    listening = Listening(coach, monkeypatch)
    dance(coach, 0.0, 2.0)
    assert listening.heard[0][0] == pytest.approx(1.0, abs=0.04)
    transport.set_tempo(0.8, coach.last_now_s)
    dance(coach, 2.0, 3.0)
    transport.seek(5.0, coach.last_now_s)
    dance(coach, 3.0, 4.0)
    places_s = [music_s for _, music_s in listening.heard]
    assert None not in places_s, "nobody is on the beat of music that was not heard"
    assert places_s[0] == pytest.approx(0.0, abs=0.04)
    assert len(places_s) == pytest.approx(30 * (3.0 - 3 * LAG_S), abs=3)


@pytest.mark.parametrize("lead_in_s", [0.0, 1.0])
def test_the_last_steps_of_a_round_belong_to_it_however_late_they_arrive(
    lead_in_s: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    transport = Transport(0.0, END_S)
    coach = make_coach(new_session(mode=FollowMode.ALONG), transport, latency_s=LAG_S)
    dance(coach, 0.0, 0.5)
    coach.rounds.set((0.0, 2.0), coach.last_now_s, lead_in_s)
    listening = Listening(coach, monkeypatch)
    dance(coach, 0.5, 3.9)
    assert [place_s for place_s, _ in listening.sought] == [0.0]
    before = listening.heard[: listening.sought[0][1]]
    after = listening.heard[listening.sought[0][1] :]
    assert before[-1][1] == pytest.approx(2.0, abs=0.05)
    assert after[0][1] == pytest.approx(0.0, abs=0.05)
    assert None not in [music_s for _, music_s in before + after]
