from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.session.transport import Transport


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
