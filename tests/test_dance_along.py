"""The drawn student who dances along: on from every new place, a little late, and never otherwise than the script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.pose.pose_frame import FloatArray
from coach.routine.dance_along import DanceAlong
from coach.routine.mistakes import MISTAKE_NAMES
from coach.routine.student_script import StudentScript, student_with
from coach.session.motion import Motion
from coach.session.transport import Transport
from coach.settings.routine import AlongSettings
from tests.builders_routine import FPS, routine

SETTLED_S = AlongSettings().reaction_s + AlongSettings().join_s + 4 / FPS
END_S = routine().duration_s
TAIL_S = 2.0


class Music:
    """A lead that is a transport, started with the first picture."""

    def __init__(self, start_s: float = 0.0, end_s: float = END_S, tempo: float = 1.0) -> None:
        self.transport = Transport(start_s, end_s, tempo)
        self.start_s, self.end_s, self.surprising = start_s, end_s, True

    @property
    def shift_s(self) -> float:
        return self.transport.shift_s

    def begin(self, now_s: float) -> Motion:
        self.transport.play(now_s)
        return self.transport.motion

    def motion(self, now_s: float) -> Motion | None:
        return self.transport.motion


class Dancing:
    """A student seen picture by picture; the clock begins at 100 s."""

    def __init__(self, music: Music, script: StudentScript | None = None, *, again: bool = False) -> None:
        self.music, self.script = music, script or StudentScript(routine())
        self.act = DanceAlong(self.script, lambda: music, tail_s=TAIL_S, again=again)
        self.now_s = 100.0
        self.poses: list[FloatArray] = [self.act.target(self.now_s)]

    def go_on(self, duration_s: float) -> None:
        for _ in range(round(duration_s * FPS)):
            self.now_s += 1.0 / FPS
            self.poses.append(self.act.target(self.now_s))

    @property
    def place_s(self) -> float:
        """Of the music."""
        return self.music.transport.position_s(self.now_s)

    def is_at(self, script_s: float) -> bool:
        return bool(np.allclose(self.poses[-1], self.script.pose(script_s), atol=1e-6))


@pytest.mark.parametrize("mistakes", [[], *([name] for name in MISTAKE_NAMES)], ids=lambda names: "-".join(names))
def test_undisturbed_it_is_the_script_to_the_last_bit(mistakes: list[str]) -> None:
    script = student_with(mistakes, routine())
    act = DanceAlong(script, Music, tail_s=TAIL_S)
    for index in range(0, round((script.duration_s + TAIL_S) * FPS) - 1, 3):
        time_s = index / FPS
        assert not act.over(time_s)
        np.testing.assert_array_equal(act.target(time_s), script.pose(time_s))
    assert act.over(script.duration_s + TAIL_S + 1 / FPS)
    assert script.end_s(END_S) == pytest.approx(script.duration_s)


def test_a_jump_is_noticed_late_and_then_joined() -> None:
    dancing = Dancing(Music())
    dancing.go_on(5.0)
    dancing.music.transport.seek(20.0, dancing.now_s)
    dancing.go_on(0.2)
    assert dancing.is_at(5.2), "nothing was heard yet"
    dancing.go_on(0.4)
    assert not dancing.is_at(5.6)
    assert not dancing.is_at(20.6), "on the way"
    dancing.go_on(SETTLED_S)
    assert dancing.is_at(dancing.place_s)
    assert dancing.place_s == pytest.approx(20.6 + SETTLED_S, abs=0.05)


def test_who_makes_the_change_knows_of_it() -> None:
    music = Music()
    music.surprising = False
    dancing = Dancing(music)
    dancing.go_on(5.0)
    music.transport.seek(20.0, dancing.now_s)
    dancing.go_on(AlongSettings().join_s + 4 / FPS)
    assert dancing.is_at(dancing.place_s)


def test_a_pause_is_kept_where_it_was_noticed() -> None:
    dancing = Dancing(Music())
    dancing.go_on(8.0)
    dancing.music.transport.pause(dancing.now_s)
    dancing.go_on(1.0)
    held = dancing.poses[-1]
    dancing.go_on(3.0)
    np.testing.assert_array_equal(dancing.poses[-1], held)
    assert any(np.allclose(held, dancing.script.pose(8.0 + late_s)) for late_s in np.arange(0.3, 0.4, 1 / FPS / 4))
    dancing.music.transport.play(dancing.now_s)
    dancing.go_on(SETTLED_S)
    assert dancing.is_at(dancing.place_s)


def test_a_jump_in_a_pause_is_made_in_the_pause() -> None:
    dancing = Dancing(Music())
    dancing.go_on(8.0)
    dancing.music.transport.pause(dancing.now_s)
    dancing.go_on(1.0)
    dancing.music.transport.seek(30.0, dancing.now_s)
    dancing.go_on(SETTLED_S)
    assert dancing.is_at(30.0)


@pytest.mark.parametrize("lead_in_s", [0.0, 2.0])
def test_a_loop_is_danced_round_by_round(lead_in_s: float) -> None:
    dancing = Dancing(Music())
    dancing.go_on(15.0)
    dancing.music.transport.set_loop((10.0, 15.0), dancing.now_s, lead_in_s)
    for _ in range(3):
        dancing.go_on(2.0 + lead_in_s)
        assert dancing.is_at(dancing.place_s)
        dancing.go_on(3.0)
    assert dancing.music.transport.passes(dancing.now_s) >= 2
    dancing.go_on(lead_in_s / 2)
    if lead_in_s:
        dancing.go_on(0.5)
        assert dancing.is_at(10.0), "waits for the music"


@pytest.mark.parametrize("percent", [50, 80, 120])
def test_another_speed_is_kept(percent: int) -> None:
    dancing = Dancing(Music())
    dancing.go_on(4.0)
    dancing.music.transport.set_tempo(percent / 100.0, dancing.now_s)
    for _ in range(4):
        dancing.go_on(SETTLED_S)
        assert dancing.is_at(dancing.place_s)


Change = Callable[[Transport, float], None]
PLACES_S = st.floats(0.0, END_S)
CHANGES: st.SearchStrategy[Change] = st.one_of(
    PLACES_S.map(lambda place_s: lambda transport, now_s: transport.seek(place_s, now_s)),
    st.floats(0.5, 1.2).map(lambda tempo: lambda transport, now_s: transport.set_tempo(tempo, now_s)),
    st.just(lambda transport, now_s: transport.pause(now_s)),
    st.just(lambda transport, now_s: transport.play(now_s)),
    st.tuples(PLACES_S, st.floats(3.0, 12.0)).map(
        lambda span: lambda transport, now_s: transport.set_loop((min(span[0], END_S - 3.0), sum(span)), now_s)
    ),
    st.just(lambda transport, now_s: transport.set_loop(None, now_s)),
)


@given(st.lists(st.tuples(CHANGES, st.floats(0.03, 1.5)), max_size=8))
def test_after_whatever_happened_the_student_is_where_the_music_is(changes: list[tuple[Change, float]]) -> None:
    dancing = Dancing(Music())
    transport = dancing.music.transport
    for change, after_s in changes:
        change(transport, dancing.now_s)
        dancing.go_on(after_s)
    transport.play(dancing.now_s)
    transport.set_loop(None, dancing.now_s)
    transport.seek(min(dancing.place_s, END_S - 2.0), dancing.now_s)
    dancing.go_on(SETTLED_S)
    assert dancing.is_at(dancing.place_s)
    steps = np.abs(np.diff(np.array(dancing.poses), axis=0))
    assert steps[:, :2].max() < 0.2, "metres a picture: nobody is beamed"


def test_mistakes_stay_at_their_places_in_the_dance() -> None:
    script = student_with(["bent-arm"], routine())
    clean, (mistake,) = StudentScript(routine()), script.mistakes
    dancing = Dancing(Music(), script)
    dancing.music.transport.seek(mistake.start_s + 2.0, dancing.now_s)
    dancing.go_on(SETTLED_S)
    assert not np.allclose(dancing.poses[-1], clean.pose(dancing.place_s))
    dancing.music.transport.seek(mistake.start_s - 5.0, dancing.now_s)
    dancing.go_on(SETTLED_S)
    np.testing.assert_allclose(dancing.poses[-1], clean.pose(dancing.place_s))


@pytest.mark.parametrize("name", ["stops", "restarts"])
def test_who_jumps_past_a_stop_does_not_stop(name: str) -> None:
    script = student_with([name], routine())
    (mistake,) = script.mistakes
    dancing = Dancing(Music(), script)
    dancing.go_on(1.0)
    dancing.music.transport.seek(mistake.start_s + 3.0, dancing.now_s)
    for _ in range(5):
        dancing.go_on(SETTLED_S)
        np.testing.assert_allclose(dancing.poses[-1], StudentScript(routine()).pose(dancing.place_s), atol=1e-6)


def test_a_part_ends_where_it_ends() -> None:
    dancing = Dancing(Music(10.0, 18.0))
    assert dancing.is_at(10.0)
    dancing.go_on(9.0)
    assert dancing.is_at(18.0)
    assert not dancing.act.over(dancing.now_s)
    dancing.go_on(1.1)
    assert dancing.act.over(dancing.now_s)


def test_who_is_asked_for_more_begins_again() -> None:
    dancing = Dancing(Music(10.0, 18.0), again=True)
    dancing.go_on(8.0 + TAIL_S + 1.0)
    assert not dancing.act.over(dancing.now_s)
    assert any(dancing.is_at(11.0 - pictures / FPS) for pictures in (0, 1, 2)), "with a picture after the tail"
    dancing.music.transport.seek(12.0, dancing.now_s)
    dancing.go_on(SETTLED_S)
    assert dancing.is_at(dancing.place_s), "and hears what happens then"


def test_the_sound_cards_clock_is_the_one_that_is_heard() -> None:
    dancing = Dancing(Music())
    dancing.go_on(3.0)
    dancing.music.transport.shift_s = 0.04
    dancing.go_on(1 / FPS)
    assert dancing.is_at(dancing.place_s)


def test_before_anybody_has_begun_the_student_begins_alone() -> None:
    """The coach starts the music at the first picture, which it sees a little later than it was taken."""

    class NotYet(Music):
        begun = False

        def begin(self, now_s: float) -> Motion:
            return replace(self.transport.motion, origin_s=now_s)

        def motion(self, now_s: float) -> Motion | None:
            return self.transport.motion if self.begun else None

    music = NotYet()
    dancing = Dancing(music)
    dancing.go_on(1.0)
    assert dancing.is_at(1.0)
    music.transport.play(100.0)
    music.begun = True
    for _ in range(20):
        dancing.go_on(1 / FPS)
        assert dancing.is_at(dancing.place_s)
