"""From the tools of a practice to what the screen shows of them."""

from __future__ import annotations

from collections.abc import Mapping

from coach.app.practising.coach import CoachedFrame
from coach.app.practising.practice_parts import Practice
from coach.gestures.gesture import NO_GESTURE, Gesture, GestureAction
from coach.gestures.gesture_reader import GestureReader
from coach.practice.flash_cards import card_at
from coach.practice.stages import Stage
from coach.session.motion import Span
from coach.ui.practice_tools import CardView, LoopView, PauseChoice, PauseView, ToolsView
from coach.ui.words_framing import guide_text
from coach.ui.words_gestures import GESTURE_WORDS


def stage_now(practice: Practice) -> Stage:
    """How much is shown at this place; everything where nothing fades."""
    stages = practice.companions.stages
    return Stage.GUIDE if stages is None else stages.stage_at(practice.viewer.place_s)


def tools_view(
    practice: Practice,
    newest: CoachedFrame | None,
    now_s: float,
    *,
    drag_s: Span | None = None,
    chosen: PauseChoice | None = None,
) -> ToolsView:
    """What the screen shows of loop, plan, stage, guide, pause and gestures.

    Parameters
    ----------
    newest : CoachedFrame or None
        What is drawn.
    drag_s : (float, float) or None
        What the mouse is marking.
    chosen : PauseChoice or None
        None while there is no pause.
    """
    switches, companions, language = practice.viewer.switches, practice.companions, practice.options.language
    upper = practice.settings.coach.cues.framing.upper_body_only
    guide = newest.guide if newest is not None else None
    gesture = newest.gesture if newest is not None else NO_GESTURE
    words = GESTURE_WORDS[language]
    labels = words.menu if practice.coach.paused else words.practice
    tape = companions.tape
    delayed = tape.delayed(now_s, switches.delay_s) if tape is not None and switches.delay_s > 0 else None
    return ToolsView(
        stage=stage_now(practice),
        captions=switches.captions,
        teacher_side=switches.teacher_side,
        loop=_loop(practice, drag_s),
        plan=_plan(practice),
        card=_card(practice) if switches.next_pose and guide is None else None,
        delay_s=switches.delay_s,
        delayed_bgr=delayed,
        metronome_on=switches.metronome and practice.music is not None,
        gesture=gesture,
        gesture_label=labels[gesture.action] if gesture.action is not None else "",
        guide=guide,
        guide_text=guide_text(guide, practice.texts, upper_body_only=upper) if guide is not None else "",
        guide_gestures=_bindings(companions.dance_gestures) if guide is not None else {},
        upper_body_only=upper,
        pause=_pause(practice, chosen) if chosen is not None else None,
        home_waits=practice.world.home_waits,
        camera_away=practice.world.line.trouble is not None,
    )


def _loop(practice: Practice, drag_s: Span | None) -> LoopView:
    rounds, last = practice.coach.rounds, practice.plan.last
    last_score = last.score if last is not None else None
    return LoopView(rounds.span_s, practice.controls.mark_s, drag_s, rounds.count, last_score)


def _plan(practice: Practice) -> tuple[int, int] | None:
    move = practice.plan.move
    return None if move is None else (move.step_index + 1, move.steps_count)


def _card(practice: Practice) -> CardView | None:
    """Places before the music begins count as places before the dance."""
    coach, transport = practice.coach, practice.transport
    place_s = practice.viewer.place_s
    if transport.running:
        place_s -= transport.lead_in_left_s(coach.last_now_s) * transport.tempo
    card = card_at(practice.cards, place_s)
    if card is None:
        return None
    track = practice.choreography.reference.track
    return CardView(track.frame(card.frame_index), card.limbs, practice.viewer.framing)


def _pause(practice: Practice, chosen: PauseChoice) -> PauseView:
    companions = practice.companions
    return PauseView(
        tuple(PauseChoice),
        chosen,
        loop_on=practice.coach.rounds.span_s is not None,
        dance_gestures=_bindings(companions.dance_gestures),
        menu_gestures=_bindings(companions.menu_gestures),
    )


def _bindings(reader: GestureReader | None) -> Mapping[Gesture, GestureAction]:
    return reader.bindings if reader is not None else {}
