"""A practice from its first frame to its result, with its pauses."""

from __future__ import annotations

import pytest

from coach.alignment.tracked_position import TrackState
from coach.app.practising.practice_request import PracticeRequest
from coach.settings.session import PracticeSettings
from coach.ui.commands import Command, KeyContext
from coach.ui.events import Pointer
from coach.ui.practice_tools import PauseChoice, TeacherSide
from tests.builders_practice_scene import END_S, SECTIONS, Dancing, state
from tests.builders_session import with_mistake


# -- from the first frame to the result
def test_a_film_is_coached_from_its_first_frame() -> None:
    dancing = Dancing()
    dancing.dance(4.0)
    assert dancing.practice.coach.frame_count == 80
    assert state(dancing) is TrackState.FOLLOWING
    assert dancing.scene.shown_s == pytest.approx(3.95)
    dancing.draw()


def test_who_walks_in_is_guided_then_counted_in_then_coached() -> None:
    dancing = Dancing(walks_in=True)
    coach, settings = dancing.practice.coach, PracticeSettings()
    dancing.dance(1.5, stay=True)
    assert coach.starts_s is None
    view = dancing.scene._newest
    assert view is not None
    assert view.guide is not None
    assert view.guide.ok_share > 0.4
    dancing.draw()
    dancing.dance(1.0, stay=True)
    assert coach.starts_s is not None, "two seconds of standing well are enough"
    assert coach.frame_count == 0
    begins_s = coach.starts_s
    assert begins_s - dancing.clock.now_s() <= settings.countdown_s
    dancing.draw()
    dancing.dance(settings.countdown_s + 2.0)
    assert coach.frame_count > 0
    assert dancing.practice.transport.music_s(begins_s + 1.0) == pytest.approx(1.0)


def test_the_guide_can_be_skipped() -> None:
    dancing = Dancing(walks_in=True)
    dancing.dance(0.2, stay=True)
    dancing.press(Command.CONFIRM)
    assert dancing.practice.coach.starts_s is not None


def test_the_end_of_the_dance_leads_to_the_result() -> None:
    dancing = Dancing()
    dancing.dance(END_S + 10.0)
    (end,) = dancing.ends
    assert end.finished
    assert end.record is not None
    assert end.record.score == pytest.approx(100, abs=5)
    assert end.record.reference == "first-steps"
    assert end.record.danced_s == pytest.approx(END_S, abs=3.0)
    assert END_S < dancing.time_s < END_S + 2 * PracticeSettings().result_after_s + 1.0
    dancing.scene.leave()
    assert dancing.kept == [end]
    dancing.scene.leave()
    assert len(dancing.kept) == 1


@pytest.mark.parametrize("changes", [{"visible": False}, {"duration_s": 100.0}])
def test_who_asked_for_all_of_it_gets_all_of_it(changes: dict[str, object]) -> None:
    """Before nobody's eyes, or with a duration, the end of the dance is not the end."""
    first = (SECTIONS[0].start_s, SECTIONS[0].end_s)
    dancing = Dancing(request=PracticeRequest("first-steps", first), **changes)  # type: ignore[arg-type]
    dancing.dance(first[1] + 6.0)
    assert dancing.ends == []


def test_the_end_of_the_film_is_the_end() -> None:
    dancing = Dancing()
    dancing.dance(5.0)
    dancing.line.running = False
    dancing.wait(0.1)
    assert [end.finished for end in dancing.ends] == [True]


def test_a_camera_that_is_away_is_waited_for() -> None:
    dancing = Dancing()
    dancing.dance(5.0)
    dancing.line.running, dancing.line.trouble = False, "camera 0: it was unplugged"
    dancing.wait(60.0)
    assert dancing.ends == []


def test_breaking_off_keeps_what_was_danced() -> None:
    dancing = Dancing()
    dancing.dance(15.0)
    dancing.press(Command.QUIT)
    (end,) = dancing.ends
    assert not end.finished
    assert end.record is not None
    assert end.record.danced_s > PracticeSettings().min_kept_s
    count = dancing.practice.coach.frame_count
    dancing.step = None
    dancing.dance(1.0)
    assert dancing.practice.coach.frame_count == count, "nothing is coached any more"


def test_a_window_that_is_closed_keeps_it_too() -> None:
    dancing = Dancing()
    dancing.dance(12.0)
    dancing.scene.leave()
    assert dancing.ends == []
    assert [end.finished for end in dancing.kept] == [False]


# -- pause
def test_a_pause_has_a_menu_and_goes_on_where_it_was() -> None:
    dancing = Dancing()
    dancing.dance(5.0)
    assert dancing.scene.keys is KeyContext.PRACTICE
    dancing.press(Command.PAUSE)
    assert dancing.scene.keys is KeyContext.MENU
    dancing.dance(3.0)
    dancing.draw()
    assert dancing.practice.transport.position_s(dancing.clock.now_s()) == pytest.approx(5.0, abs=0.1)
    dancing.press(Command.CONFIRM)
    assert dancing.scene.keys is KeyContext.PRACTICE
    dancing.dance(1.0)
    assert dancing.practice.transport.position_s(dancing.clock.now_s()) == pytest.approx(6.0, abs=0.2)


def test_the_menu_of_the_pause_loops_and_slows_down_and_ends() -> None:
    dancing = Dancing()
    dancing.dance(5.0)
    dancing.press(Command.PAUSE, Command.DOWN, Command.DOWN, Command.CONFIRM, Command.CONFIRM)
    assert dancing.practice.transport.tempo == pytest.approx(0.8), "slower stays chosen"
    assert dancing.practice.coach.paused
    dancing.press(Command.UP, Command.CONFIRM)
    assert not dancing.practice.coach.paused
    assert dancing.practice.transport.loop == (SECTIONS[0].start_s, pytest.approx(SECTIONS[0].end_s))
    dancing.press(Command.PAUSE, Command.UP, Command.CONFIRM)
    assert [end.finished for end in dancing.ends] == [False]


def test_back_from_the_menu_is_back_to_the_dance() -> None:
    dancing = Dancing()
    dancing.dance(2.0)
    dancing.press(Command.PAUSE, Command.DOWN, Command.BACK)
    assert not dancing.practice.coach.paused
    assert dancing.ends == []
    assert dancing.practice.transport.loop is None, "what was chosen is not done"


def test_only_who_finishes_by_the_menu_wants_the_result() -> None:
    for events, wanted in (((Command.PAUSE, Command.UP, Command.CONFIRM), True), ((Command.QUIT,), False)):
        dancing = Dancing()
        dancing.dance(2.0)
        dancing.press(*events)
        assert [end.result_wanted for end in dancing.ends] == [wanted]


def test_the_menu_can_be_clicked() -> None:
    dancing = Dancing()
    dancing.dance(2.0)
    dancing.press(Command.PAUSE)
    dancing.draw()
    place = dancing.scene._screen._choices[PauseChoice.START_AGAIN].center
    dancing.press(Pointer(place))
    assert dancing.scene._input.chosen is PauseChoice.START_AGAIN
    dancing.press(Pointer(place, pressed=True, held=True), Pointer(place, released=True))
    assert not dancing.practice.coach.paused
    assert dancing.practice.transport.running
    assert dancing.practice.transport.position_s(dancing.clock.now_s()) == pytest.approx(0.0, abs=0.1)


# -- what is shown and said
def test_switches_are_found_again() -> None:
    dancing = Dancing()
    dancing.press(Command.TEACHER_SIDE, Command.TEACHER_VIEW, Command.METRONOME, Command.DELAYED_MIRROR, Command.STAGE)
    chosen = dancing.context.preferences.current
    assert chosen.teacher_side == TeacherSide.BEHIND.value
    assert chosen.teacher_view == "ghost"
    assert chosen.metronome
    assert chosen.delayed_mirror_s == 2.0
    assert chosen.stage == "guide"
    again = Dancing(**{name: getattr(chosen, name) for name in ("teacher_side", "stage", "delayed_mirror_s")})
    assert again.practice.viewer.switches.teacher_side is TeacherSide.BEHIND
    again.dance(1.0)
    again.draw()


@pytest.mark.parametrize(("stage", "spoken"), [("guide", True), ("words", True), ("bare", False)])
def test_what_is_not_shown_is_not_said_either(stage: str, spoken: bool) -> None:
    dancing = Dancing(stage=stage, script=with_mistake("bent-arm", 4.0))
    dancing.dance(14.0)
    dancing.draw()
    assert bool(dancing.voice.said) is spoken
