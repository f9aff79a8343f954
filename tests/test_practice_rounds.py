"""Practising parts: loops that are danced again, and a plan that goes on by itself."""

from __future__ import annotations

import pytest

from coach.alignment.tracked_position import FollowMode, TrackState
from coach.app.practising.practice_request import PracticeRequest
from coach.practice.plan import plan_for_span
from coach.routine.student_script import StudentScript
from coach.settings.practice import PlanSettings
from coach.ui.commands import Command
from coach.ui.events import Pointer
from coach.ui.layout import PracticeLayout
from tests.builders_practice_scene import END_S, SECTIONS, Dancing, state


# -- loops
def test_each_round_of_a_loop_is_scored_and_danced_again() -> None:
    dancing = Dancing()
    dancing.dance(2.0)
    dancing.press(Command.LOOP)
    length_s = SECTIONS[0].end_s - SECTIONS[0].start_s
    dancing.dance(length_s)
    assert dancing.practice.coach.rounds.count == 0, "the first one had begun before"
    assert dancing.practice.plan.last is None
    dancing.dance(2 * length_s)
    assert dancing.practice.coach.rounds.count == 2
    last = dancing.practice.plan.last
    assert last is not None
    assert last.score == pytest.approx(100, abs=8)
    assert state(dancing) is TrackState.FOLLOWING
    dancing.draw()
    dancing.press(Command.LOOP)
    dancing.dance(length_s)
    assert dancing.practice.transport.position_s(dancing.clock.now_s()) > length_s


def test_without_music_a_round_ends_when_the_dancer_is_at_its_end() -> None:
    length_s = SECTIONS[0].end_s

    class Again(StudentScript):
        """Dances the first section over and over."""

        def moment(self, time_s: float, frame_size_px: tuple[int, int] = (1280, 720)):  # type: ignore[no-untyped-def]
            return super().moment(time_s % length_s, frame_size_px)

    dancing = Dancing(mode=FollowMode.FOLLOW, script=Again())
    dancing.dance(2.0)
    dancing.press(Command.LOOP)
    dancing.dance(3 * length_s)
    assert dancing.practice.coach.rounds.count >= 2
    assert dancing.practice.plan.last is not None
    assert (dancing.practice.plan.last.score or 0.0) > 80


def test_the_mouse_marks_a_loop_and_a_click_jumps() -> None:
    dancing = Dancing()
    dancing.dance(2.0)
    dancing.draw()
    bar = PracticeLayout.of(dancing.scene._screen._canvas).progress
    from_px, to_px = bar.x + round(0.4 * bar.width), bar.x + round(0.6 * bar.width)
    dancing.press(Pointer((from_px, bar.centery), pressed=True, held=True), Pointer((to_px, bar.centery), held=True))
    drag_s = dancing.scene._input.drag_s
    assert drag_s is not None
    dancing.draw()
    dancing.press(Pointer((to_px, bar.centery), released=True))
    assert dancing.practice.transport.loop == drag_s
    assert dancing.scene._input.drag_s is None
    dancing.press(Command.LOOP)
    at = (bar.x + round(0.2 * bar.width), bar.centery)
    dancing.press(Pointer(at, pressed=True, held=True), Pointer(at, released=True))
    place_s = dancing.practice.transport.position_s(dancing.clock.now_s())
    assert place_s == pytest.approx(dancing.scene._screen.seconds_at(at[0], END_S), abs=0.1)
    assert dancing.practice.transport.loop is None


# -- plan
def test_a_plan_goes_on_by_itself_and_ends_with_the_result() -> None:
    span_s = (SECTIONS[1].start_s, SECTIONS[1].end_s)
    plan = plan_for_span("first-steps", span_s, PlanSettings())
    dancing = Dancing(request=PracticeRequest("first-steps", plan=plan))
    tempos = [dancing.practice.transport.tempo]
    for _ in range(400):
        dancing.dance(0.5)
        if dancing.practice.transport.tempo != tempos[-1]:
            tempos.append(dancing.practice.transport.tempo)
        if dancing.step is not None:
            break
    assert tempos[0] == pytest.approx(plan.steps[0].tempo_percent / 100)
    assert tempos == sorted(tempos)
    assert tempos[-1] == pytest.approx(1.0)
    assert [end.finished for end in dancing.ends] == [True]
    assert dancing.practice.plan.done
    assert dancing.bells > 1


def test_an_own_loop_leaves_the_plan() -> None:
    plan = plan_for_span("first-steps", (SECTIONS[1].start_s, SECTIONS[1].end_s), PlanSettings())
    dancing = Dancing(request=PracticeRequest("first-steps", plan=plan))
    dancing.dance(1.0)
    assert dancing.practice.plan.move is not None
    dancing.draw()
    dancing.press(Command.LOOP)
    assert dancing.practice.plan.move is None
