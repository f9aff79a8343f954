"""Which companions a practice gets."""

from __future__ import annotations

from coach.app.practising.companions import Companions
from coach.app.result.replay_tape import ReplayTape
from coach.app.studio.studio_context import StudioContext
from coach.gestures.bindings import MENU_ACTIONS, PRACTICE_ACTIONS, bindings_for
from coach.gestures.gesture_reader import GestureReader
from coach.practice.framing_guide import FramingGuide
from coach.practice.phrase_map import PhraseMap
from coach.practice.run_recorder import RunRecorder
from coach.practice.stages import FeedbackStages
from coach.session.choreography import Choreography
from coach.settings.app import AppSettings

EARLIER_RUNS = 10
"""So many runs decide how much is shown at first."""


def companions_for(
    choreography: Choreography,
    phrases: PhraseMap,
    settings: AppSettings,
    context: StudioContext,
    *,
    walks_in: bool,
    visible: bool,
    recorded: bool,
) -> Companions:
    """The companions, as far as there is something for them to do.

    Parameters
    ----------
    phrases : PhraseMap
    context : StudioContext
    walks_in, visible, recorded : bool
        As in `PracticeWorld`.
    """
    companions, tools = Companions(), settings.tools
    chosen, info = context.preferences.current, choreography.reference.info
    if recorded:
        companions.recorder = RunRecorder(choreography, settings.coach, tools)
        earlier = [*context.history.runs(info.name, EARLIER_RUNS)][::-1] if walks_in else []
        companions.stages = FeedbackStages(phrases, tools.stages, chosen.stage, earlier)
    if visible:
        companions.tape = ReplayTape(tools.tape)
    if walks_in:
        companions.guide = FramingGuide(settings.guide, settings.coach.cues.framing)
    if walks_in and chosen.gestures:
        track, hand = choreography.reference.track, chosen.left_handed
        dance = bindings_for(PRACTICE_ACTIONS, track, settings.gestures, left_handed=hand)
        menu = bindings_for(MENU_ACTIONS, None, settings.gestures, left_handed=hand)
        companions.dance_gestures = GestureReader(dance, settings.gestures)
        companions.menu_gestures = GestureReader(menu, settings.gestures)
    return companions
