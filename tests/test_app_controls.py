"""What the dancer's keys do to music and session."""

from __future__ import annotations

from unittest.mock import Mock

import pytest

from coach.app.practising.controls import Controls
from coach.app.practising.rounds import Rounds
from coach.session.coaching_session import CoachingSession
from coach.session.transport import Transport
from coach.settings.session import PracticeSettings
from coach.ui.commands import Command
from tests.builders_app import InlineChain
from tests.builders_session import truth_reference

BEATS_S = truth_reference().beats_s
PHRASE_S = float(BEATS_S[8] - BEATS_S[0])
STARTS_S = [section.start_s for section in truth_reference().sections]


class Practice:
    """Controls with everything around them; ``now_s`` is the time of the last frame."""

    def __init__(
        self,
        span_s: tuple[float, float] | None = None,
        along: bool = True,
        starts_s: float = 0.0,
        count_in_s: float = 0.0,
        lead_in_s: float = 0.0,
    ) -> None:
        reference = truth_reference()
        start_s, end_s = span_s or (0.0, reference.duration_s)
        self.transport = Transport(start_s, end_s)
        self.session = Mock(spec=CoachingSession)
        rounds = Rounds(self.session, self.transport, along=along)
        self.coach = Mock(last_now_s=0.0, paused=False, place_s=start_s, starts_s=starts_s, rounds=rounds)
        if along:
            self.transport.play(starts_s)
        self.press = Controls(
            InlineChain(),
            self.coach,
            self.session,
            self.transport,
            reference,
            PracticeSettings(),
            count_in_s=lambda: count_in_s,
            lead_in_s=lead_in_s,
        )

    def at(self, now_s: float, place_s: float | None = None) -> Practice:
        self.coach.last_now_s = now_s
        if place_s is not None:
            self.coach.place_s = place_s
        return self


def test_pause_holds_the_music_and_goes_on() -> None:
    practice = Practice()
    practice.at(8.0).press(Command.PAUSE)
    assert practice.coach.paused
    assert practice.transport.music_s(9.0) is None
    practice.at(20.0).press(Command.PAUSE)
    assert not practice.coach.paused
    assert practice.transport.music_s(21.0) == pytest.approx(9.0)


def test_pause_starts_no_music_where_there_is_none() -> None:
    """In follow mode nobody is early or late to a music that does not play."""
    practice = Practice(along=False)
    practice.at(8.0).press(Command.PAUSE)
    practice.at(9.0).press(Command.PAUSE)
    assert practice.transport.music_s(12.0) is None


@pytest.mark.parametrize("keys", [(Command.PAUSE, Command.PAUSE), (Command.RESTART,), (Command.SKIP_FORWARD,)])
def test_keys_during_the_countdown_do_not_shorten_it(keys: tuple[Command, ...]) -> None:
    practice = Practice(starts_s=5.0)
    for key in keys:
        practice.at(2.0).press(key)
    assert practice.transport.music_s(4.9) is None
    assert practice.transport.music_s(5.1) is not None


def test_restart_begins_again() -> None:
    practice = Practice()
    practice.at(30.0, 30.0).press(Command.RESTART)
    practice.session.restart.assert_called_once_with()
    assert practice.transport.music_s(31.0) == pytest.approx(1.0)


def test_skipping_goes_on_to_the_next_section_and_back_by_phrases() -> None:
    practice = Practice()
    practice.at(1.0, 0.5).press(Command.SKIP_FORWARD)
    practice.session.seek.assert_called_with(STARTS_S[1])
    assert practice.transport.music_s(1.0) == pytest.approx(STARTS_S[1])
    practice.at(2.0, STARTS_S[2] + 3.0).press(Command.SKIP_BACK)
    practice.session.seek.assert_called_with(STARTS_S[2])
    practice.at(3.0, STARTS_S[2] + 0.5).press(Command.SKIP_BACK)
    practice.session.seek.assert_called_with(pytest.approx(STARTS_S[2] - PHRASE_S))
    practice.at(4.0, 0.5).press(Command.SKIP_BACK)
    practice.session.seek.assert_called_with(0.0)


def test_behind_the_last_section_there_is_nothing_to_skip_to() -> None:
    practice = Practice()
    practice.at(40.0, STARTS_S[-1] + 1.0).press(Command.SKIP_FORWARD)
    practice.session.seek.assert_not_called()
    assert practice.transport.music_s(40.0) == pytest.approx(40.0)


def test_skipping_stays_inside_what_is_practised() -> None:
    practice = Practice(span_s=(STARTS_S[2], STARTS_S[3]))
    practice.at(0.3, STARTS_S[2] + 0.3).press(Command.SKIP_BACK)
    practice.session.seek.assert_called_with(STARTS_S[2])
    practice.session.seek.reset_mock()
    practice.press(Command.SKIP_FORWARD)
    practice.session.seek.assert_not_called()


def test_the_speed_changes_in_steps_and_within_limits() -> None:
    practice = Practice()
    for _ in range(3):
        practice.at(10.0).press(Command.TEMPO_DOWN)
    assert practice.transport.tempo == pytest.approx(0.7)
    assert practice.transport.music_s(10.0) == pytest.approx(10.0), "without a jump"
    for _ in range(10):
        practice.press(Command.TEMPO_DOWN)
    assert practice.transport.tempo == pytest.approx(0.5)
    for _ in range(20):
        practice.press(Command.TEMPO_UP)
    assert practice.transport.tempo == pytest.approx(1.2)


def test_keys_of_the_picture_are_not_ours() -> None:
    practice = Practice()
    practice.at(10.0).press(Command.HELP)
    practice.press(Command.MIRROR)
    assert practice.session.method_calls == []
    assert practice.transport.music_s(10.0) == pytest.approx(10.0)


def test_a_jump_is_counted_in_where_somebody_has_to_get_into_place() -> None:
    practice = Practice(count_in_s=2.0)
    practice.at(10.0, 10.0).press(Command.RESTART)
    assert practice.coach.starts_s == 12.0
    assert practice.transport.music_s(11.9) is None
    assert practice.transport.music_s(13.0) == pytest.approx(1.0)


def test_the_end_of_a_pause_is_counted_in_too() -> None:
    practice = Practice(count_in_s=2.0)
    practice.at(10.0).press(Command.PAUSE)
    practice.at(30.0).press(Command.PAUSE)
    assert practice.transport.music_s(31.9) is None
    assert practice.transport.music_s(33.0) == pytest.approx(11.0)


def test_after_a_pause_the_dancer_is_expected_where_it_began() -> None:
    """Nobody is told to be found again, only because nobody looked for a while."""
    practice = Practice(count_in_s=2.0)
    practice.at(10.0, 9.8).press(Command.PAUSE)
    practice.session.go_on.assert_not_called()
    practice.at(30.0).press(Command.PAUSE)
    practice.session.go_on.assert_called_once_with(pytest.approx(10.0))
    silent = Practice(along=False)
    silent.at(10.0, 9.8).press(Command.PAUSE)
    silent.at(30.0).press(Command.PAUSE)
    silent.session.go_on.assert_called_once_with(pytest.approx(9.8))
    practice.session.seek.assert_not_called()


@pytest.mark.parametrize("along", [True, False])
def test_a_jump_counts_from_the_last_one_even_before_the_dancer_is_seen_there(along: bool) -> None:
    practice = Practice(along=along)
    practice.at(1.0, 0.5).press(Command.SKIP_FORWARD)
    practice.press(Command.SKIP_FORWARD)
    practice.session.seek.assert_called_with(STARTS_S[2])
    practice.press(Command.RESTART)
    practice.press(Command.SKIP_FORWARD)
    practice.session.seek.assert_called_with(STARTS_S[1])


# -- loops


def test_a_and_b_make_a_loop_on_the_beats() -> None:
    practice = Practice()
    practice.at(float(BEATS_S[8]) + 0.1).press(Command.LOOP_START)
    assert practice.press.mark_s == pytest.approx(BEATS_S[8])
    assert practice.transport.loop is None
    practice.at(float(BEATS_S[16]) - 0.1).press(Command.LOOP_END)
    assert practice.transport.loop == (pytest.approx(BEATS_S[8]), pytest.approx(BEATS_S[16]))
    assert practice.press.mark_s is None
    practice.session.set_span.assert_called_with(practice.transport.loop)


def test_l_loops_the_section_and_ends_the_loop() -> None:
    practice = Practice()
    practice.at(STARTS_S[1] + 2.0).press(Command.LOOP)
    assert practice.transport.loop == (pytest.approx(STARTS_S[1]), pytest.approx(STARTS_S[2]))
    practice.press(Command.LOOP)
    assert practice.transport.loop is None
    practice.session.set_span.assert_called_with(None)
    practice.at(STARTS_S[3] + 2.0).press(Command.LOOP)
    assert practice.transport.loop == (pytest.approx(STARTS_S[1]), pytest.approx(STARTS_S[2])), "the last one again"


def test_a_moved_while_looping_keeps_b() -> None:
    practice = Practice()
    practice.at(1.0).press(Command.LOOP)
    practice.at(float(BEATS_S[4])).press(Command.LOOP_START)
    assert practice.transport.loop == (pytest.approx(BEATS_S[4]), pytest.approx(STARTS_S[1]))


def test_too_short_a_stretch_is_no_loop() -> None:
    practice = Practice()
    practice.press.loop((10.0, 11.0))
    assert practice.transport.loop is None


def test_a_stretch_marked_elsewhere_is_jumped_to() -> None:
    practice = Practice()
    practice.at(3.0).press.loop((30.0, 38.0))
    practice.session.seek.assert_called_with(30.0)
    assert practice.transport.music_s(4.0) == pytest.approx(31.0)


def test_a_loop_without_music_is_expected_from_its_start() -> None:
    practice = Practice(along=False)
    practice.at(3.0, 3.0).press.loop((30.0, 38.0))
    practice.session.seek.assert_called_with(30.0)
    assert practice.transport.music_s(9.0) is None


def test_whoever_goes_an_own_way_leaves_the_plan() -> None:
    practice = Practice()
    left: list[bool] = []
    practice.press.on_own_way = lambda: left.append(True)
    practice.at(5.0).press(Command.SKIP_BACK)
    practice.press(Command.PAUSE)
    assert left == []
    practice.press(Command.TEMPO_DOWN)
    practice.press(Command.LOOP)
    assert len(left) == 2
