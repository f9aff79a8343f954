"""What the tools of the practice are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from coach.practice.plan_runner import PlanMessage
from coach.practice.stages import Stage
from coach.ui.commands import Command
from coach.ui.practice_tools import PauseChoice


@dataclass(frozen=True)
class PracticeWords:
    """All words of one language.

    Attributes
    ----------
    mark : str
        Said once A is set.
    round : str
        In a loop, with the count of the pass that is danced now.
    score : str
        Of the last pass.
    """

    reading: str
    mark: str
    round: str
    score: str
    plan: str
    plan_messages: Mapping[PlanMessage, str]
    behind: str
    next_pose: str
    delay: str
    metronome: str
    stage: str
    stages: Mapping[Stage, str]
    pause: Mapping[PauseChoice, str]
    loop_off: str
    home: str
    help: Mapping[Command, str]


ENGLISH: Final = PracticeWords(
    reading="Reading the dance",
    mark="A is set, now B",
    round="Round {count}",
    score="last {score}",
    plan="Plan {step} of {count}",
    plan_messages={
        PlanMessage.START: "Slowly first",
        PlanMessage.FASTER: "Good - a little faster",
        PlanMessage.ONCE_MORE: "Good - once more",
        PlanMessage.AGAIN: "Again",
        PlanMessage.SLOWER: "A little slower",
        PlanMessage.CHAIN: "Now with what follows",
        PlanMessage.NEXT_PHRASE: "The next part",
        PlanMessage.WHOLE: "Now all of it",
        PlanMessage.MOVE_ON: "Enough of this - on we go",
        PlanMessage.NOT_SEEN: "I couldn't see that - again",
        PlanMessage.DONE: "Plan finished",
    },
    behind="Seen from behind",
    next_pose="Next",
    delay="Mirror {seconds} s late",
    metronome="metronome",
    stage="Shown: {stage}",
    stages={Stage.GUIDE: "everything", Stage.LIMBS: "limbs", Stage.WORDS: "words only", Stage.BARE: "nothing"},
    pause={
        PauseChoice.GO_ON: "Go on",
        PauseChoice.LOOP: "Loop this part",
        PauseChoice.SLOWER: "Slower",
        PauseChoice.FASTER: "Faster",
        PauseChoice.START_AGAIN: "Start again",
        PauseChoice.FINISH: "Finish",
    },
    loop_off="End the loop",
    home="home",
    help={
        Command.SKIP_BACK: "Back eight counts",
        Command.LOOP_START: "Loop from here (A)",
        Command.LOOP_END: "Loop to here (B)",
        Command.LOOP: "Loop this part, end the loop",
        Command.METRONOME: "Metronome on, off",
        Command.TEACHER_SIDE: "Teacher as in a mirror, from behind",
        Command.DELAYED_MIRROR: "Mirror 2 to 8 seconds late",
        Command.NEXT_POSE: "Next pose on, off",
        Command.STAGE: "How much is shown",
        Command.PLAN: "Next step of the plan",
    },
)

GERMAN: Final = PracticeWords(
    reading="Der Tanz wird gelesen",
    mark="A ist gesetzt, jetzt B",
    round="Runde {count}",
    score="zuletzt {score}",
    plan="Plan {step} von {count}",
    plan_messages={
        PlanMessage.START: "Erst langsam",
        PlanMessage.FASTER: "Gut - etwas schneller",
        PlanMessage.ONCE_MORE: "Gut - noch einmal",
        PlanMessage.AGAIN: "Noch einmal",
        PlanMessage.SLOWER: "Etwas langsamer",
        PlanMessage.CHAIN: "Jetzt mit dem, was folgt",
        PlanMessage.NEXT_PHRASE: "Der nächste Teil",
        PlanMessage.WHOLE: "Jetzt das Ganze",
        PlanMessage.MOVE_ON: "Genug davon - weiter",
        PlanMessage.NOT_SEEN: "Das sah ich nicht - noch einmal",
        PlanMessage.DONE: "Plan geschafft",
    },
    behind="Von hinten gesehen",
    next_pose="Gleich",
    delay="Spiegel {seconds} s später",
    metronome="Metronom",
    stage="Zu sehen: {stage}",
    stages={Stage.GUIDE: "alles", Stage.LIMBS: "Glieder", Stage.WORDS: "nur Worte", Stage.BARE: "nichts"},
    pause={
        PauseChoice.GO_ON: "Weiter",
        PauseChoice.LOOP: "Teil wiederholen",
        PauseChoice.SLOWER: "Langsamer",
        PauseChoice.FASTER: "Schneller",
        PauseChoice.START_AGAIN: "Von vorn",
        PauseChoice.FINISH: "Aufhören",
    },
    loop_off="Schleife beenden",
    home="Startseite",
    help={
        Command.SKIP_BACK: "Acht Zählzeiten zurück",
        Command.LOOP_START: "Schleife ab hier (A)",
        Command.LOOP_END: "Schleife bis hier (B)",
        Command.LOOP: "Teil wiederholen, Schleife beenden",
        Command.METRONOME: "Metronom an, aus",
        Command.TEACHER_SIDE: "Vorbild im Spiegel, von hinten",
        Command.DELAYED_MIRROR: "Spiegel 2 bis 8 Sekunden später",
        Command.NEXT_POSE: "Nächste Pose an, aus",
        Command.STAGE: "Wie viel zu sehen ist",
        Command.PLAN: "Nächster Schritt des Plans",
    },
)

PRACTICE_WORDS: Final[dict[str, PracticeWords]] = {"en": ENGLISH, "de": GERMAN}
