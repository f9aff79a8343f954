from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import SettingsError
from coach.session.transport import Transport
from tests.oracles_transport import SteppedTransport


def test_silent_until_played_then_runs_at_tempo() -> None:
    transport = Transport(0.0, 10.0, tempo=0.5)
    assert transport.music_s(3.0) is None
    transport.play(4.0)
    assert transport.position_s(3.9) == 0.0
    assert transport.music_s(3.9) is None
    assert transport.music_s(6.0) == pytest.approx(1.0)


def test_pause_holds_and_play_goes_on() -> None:
    transport = Transport(0.0, 10.0)
    transport.play(0.0)
    transport.pause(2.0)
    assert transport.music_s(5.0) is None
    assert transport.position_s(5.0) == pytest.approx(2.0)
    transport.play(6.0)
    assert transport.music_s(7.0) == pytest.approx(3.0)


def test_ends_at_the_section_and_seek_stays_inside() -> None:
    transport = Transport(2.0, 5.0)
    transport.play(0.0)
    assert transport.music_s(0.0) == pytest.approx(2.0)
    assert transport.music_s(3.5) is None
    assert transport.position_s(99.0) == 5.0
    transport.seek(0.0, 99.0)
    assert transport.position_s(99.0) == 2.0


@given(st.floats(0, 50), st.floats(0, 50), st.floats(0.5, 1.2), st.floats(0.5, 1.2))
def test_a_change_of_tempo_is_no_jump(before_s: float, after_s: float, first: float, second: float) -> None:
    transport = Transport(0.0, 1000.0, tempo=first)
    transport.play(0.0)
    transport.set_tempo(second, before_s)
    assert transport.position_s(before_s) == pytest.approx(before_s * first)
    assert transport.position_s(before_s + after_s) == pytest.approx(before_s * first + after_s * second)


# -- loops -------------------------------------------------------------------------------------------------------------
def looping(lead_in_s: float = 0.0, tempo: float = 1.0) -> Transport:
    """Started at 0 s of the clock, 4 s of music from 2 to 6 s again and again."""
    transport = Transport(0.0, 20.0, tempo)
    transport.set_loop((2.0, 6.0), 0.0, lead_in_s)
    transport.seek(2.0, 0.0)
    transport.play(0.0)
    return transport


def test_at_b_it_goes_on_at_a() -> None:
    transport = looping()
    assert transport.loop == (2.0, 6.0)
    assert [transport.music_s(now_s) for now_s in (0.0, 3.5, 4.0, 9.0)] == [2.0, 5.5, 2.0, 3.0]
    assert [transport.passes(now_s) for now_s in (3.9, 4.0, 7.9, 8.0, 41.0)] == [0, 1, 1, 2, 10]


def test_a_lead_in_is_silent_and_stands_at_a() -> None:
    transport = looping(lead_in_s=1.0)
    assert transport.music_s(4.5) is None
    assert transport.position_s(4.5) == 2.0
    assert transport.lead_in_left_s(4.25) == pytest.approx(0.75)
    assert transport.passes(4.5) == 1
    assert transport.music_s(5.0) == pytest.approx(2.0)
    assert transport.lead_in_left_s(5.0) == 0.0


def test_a_lead_in_is_as_slow_as_the_music() -> None:
    transport = looping(lead_in_s=1.0, tempo=0.5)
    assert transport.lead_in_left_s(8.5) == pytest.approx(1.5)
    transport.set_tempo(1.0, 9.0)
    assert transport.lead_in_left_s(9.0) == pytest.approx(0.5)
    assert transport.music_s(9.5) == pytest.approx(2.0)


def test_a_pause_in_a_lead_in_keeps_what_is_left_of_it() -> None:
    transport = looping(lead_in_s=1.0)
    transport.pause(4.25)
    assert transport.passes(9.0) == 1
    assert transport.lead_in_left_s(9.0) == 0.0
    transport.play(10.0)
    assert transport.lead_in_left_s(10.0) == pytest.approx(0.75)
    assert transport.music_s(11.0) == pytest.approx(2.25)
    assert transport.passes(11.0) == 1


def test_before_the_start_the_time_to_it_is_known() -> None:
    transport = Transport(0.0, 10.0)
    assert transport.lead_in_left_s(0.0) == 0.0
    transport.play(5.0)
    assert transport.lead_in_left_s(2.0) == pytest.approx(3.0)


def test_a_loop_behind_which_the_music_stands_takes_it_in() -> None:
    transport = Transport(0.0, 20.0)
    transport.play(0.0)
    transport.set_loop((2.0, 6.0), 8.0, 1.0)
    assert transport.music_s(8.5) is None
    assert transport.music_s(9.5) == pytest.approx(2.5)


def test_a_loop_ahead_is_led_into_and_the_first_round_counts() -> None:
    transport = Transport(0.0, 20.0)
    transport.play(0.0)
    transport.set_loop((2.0, 6.0), 1.0)
    assert transport.music_s(1.5) == pytest.approx(1.5)
    assert transport.passes(6.0) == 1


def test_a_round_of_which_something_was_left_out_does_not_count() -> None:
    transport = looping()
    transport.seek(4.0, 1.0)
    assert transport.passes(3.0) == 0
    assert transport.music_s(3.0) == pytest.approx(2.0)
    assert transport.passes(7.0) == 1
    transport.seek(3.0, 10.0)  # from 5 s back to 3 s: danced twice, left out nothing
    assert transport.passes(13.0) == 2


def test_behind_b_is_the_next_round() -> None:
    transport = looping(lead_in_s=1.0)
    transport.seek(15.0, 1.0)
    assert transport.lead_in_left_s(1.0) == pytest.approx(1.0)
    assert transport.passes(2.0) == 0
    assert transport.music_s(2.5) == pytest.approx(2.5)


def test_the_end_of_a_loop_lets_the_music_go_on() -> None:
    transport = looping()
    transport.set_loop(None, 5.0)
    assert transport.loop is None
    assert transport.passes(5.0) == 0
    assert transport.music_s(10.0) == pytest.approx(8.0)
    assert transport.music_s(99.0) is None


def test_a_loop_over_the_end_begins_where_the_music_was_over() -> None:
    transport = Transport(0.0, 6.0)
    transport.play(0.0)
    assert transport.music_s(7.0) is None
    transport.set_loop((0.0, 6.0), 7.0)
    assert transport.music_s(8.0) == pytest.approx(1.0)


@pytest.mark.parametrize("span_s", [(3.0, 3.0), (5.0, 4.0), (30.0, 40.0)])
def test_an_empty_loop_is_refused(span_s: tuple[float, float]) -> None:
    transport = Transport(0.0, 20.0)
    with pytest.raises(SettingsError, match="loop"):
        transport.set_loop(span_s, 0.0)
    assert transport.loop is None


@given(st.floats(-0.05, 0.05), st.floats(0.0, 19.0))
def test_music_that_keeps_to_the_sound_card_is_the_same_music_on_another_clock(shift_s: float, now_s: float) -> None:
    shifted, plain = Transport(0.0, 20.0, 0.8), Transport(0.0, 20.0, 0.8)
    shifted.shift_s = shift_s
    for transport, ahead_s in ((shifted, 0.0), (plain, shift_s)):
        transport.set_loop((2.0, 6.0), 1.0 + ahead_s, 0.5)
        transport.play(2.0 + ahead_s)
        transport.seek(5.0, 4.0 + ahead_s)
    assert shifted.position_s(now_s) == pytest.approx(plain.position_s(now_s + shift_s))
    assert shifted.lead_in_left_s(now_s) == pytest.approx(plain.lead_in_left_s(now_s + shift_s), abs=1e-6)
    for transport, ahead_s in ((shifted, 0.0), (plain, shift_s)):
        transport.pause(20.0 + ahead_s)
        transport.play(25.0 + ahead_s)
    assert shifted.position_s(30.0) == pytest.approx(plain.position_s(30.0 + shift_s))


def test_the_card_moves_the_music_under_way() -> None:
    transport = looping(tempo=0.5)
    transport.shift_s = -0.02
    assert transport.music_s(2.0) == pytest.approx(2.99)


STEP_S = 1 / 64
places = st.integers(0, 80).map(lambda count: count / 4)
ACTIONS = st.one_of(
    st.tuples(st.just("wait"), st.integers(1, 600)),
    st.tuples(st.just("play"), st.none()),
    st.tuples(st.just("pause"), st.none()),
    st.tuples(st.just("seek"), places),
    st.tuples(st.just("tempo"), st.sampled_from([0.5, 0.75, 1.0, 1.25])),
    st.tuples(st.just("loop"), st.tuples(st.integers(0, 60), st.integers(1, 20), st.sampled_from([0.0, 0.5, 2.0]))),
    st.tuples(st.just("no loop"), st.none()),
)


@given(st.lists(ACTIONS, max_size=25))
def test_it_is_where_stepping_through_time_leads(actions: list[tuple[str, object]]) -> None:
    fast, slow, now_s = Transport(0.0, 20.0), SteppedTransport(0.0, 20.0, 1.0, STEP_S), 100.0
    for action, value in [*actions, ("wait", 7)]:
        match action, value:
            case "wait", int(count):
                now_s += count * STEP_S
                slow.wait(count)
            case "play", _:
                fast.play(now_s)
                slow.running = True
            case "pause", _:
                fast.pause(now_s)
                slow.running = False
            case "seek", float(place_s):
                fast.seek(place_s, now_s)
                slow.seek(place_s)
            case "tempo", float(tempo):
                fast.set_tempo(tempo, now_s)
                slow.tempo = tempo
            case "loop", (int(start), int(length), float(lead_in_s)):
                span_s = (start / 4, (start + length) / 4)
                fast.set_loop(span_s, now_s, lead_in_s)
                slow.set_loop(span_s, lead_in_s)
            case "no loop", _:
                fast.set_loop(None, now_s)
                slow.set_loop(None, 0.0)
        assert fast.position_s(now_s) == pytest.approx(slow.place_s, abs=1e-6)
        assert fast.music_s(now_s) == (None if slow.music_s is None else pytest.approx(slow.music_s, abs=1e-6))
        assert fast.passes(now_s) == (slow.passes if slow.loop is not None else 0)
        left_s = slow.lead_s / slow.tempo if slow.running else 0.0
        assert fast.lead_in_left_s(now_s) == pytest.approx(left_s, abs=1e-6)


@given(st.floats(0.1, 8.0), st.floats(0.0, 3.0), st.floats(0.5, 1.2), st.lists(st.floats(0, 500), max_size=20))
def test_asking_in_any_order_changes_nothing(
    length_s: float, lead_in_s: float, tempo: float, asked_s: list[float]
) -> None:
    asked, left_alone = Transport(0.0, 20.0, tempo), Transport(0.0, 20.0, tempo)
    for transport in (asked, left_alone):
        transport.set_loop((2.0, 2.0 + length_s), 0.0, lead_in_s)
        transport.play(0.0)
    for now_s in asked_s:
        asked.music_s(now_s)
        asked.passes(now_s)
    assert asked.motion == left_alone.motion
    for now_s in asked_s:
        assert 0.0 <= asked.position_s(now_s) <= 2.0 + length_s
