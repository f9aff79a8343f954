"""What the result, the replay and the history say by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from coach.ui.result_view import ResultItem


@dataclass(frozen=True)
class ResultWords:
    """All words of one language.

    Attributes
    ----------
    items : mapping
        The buttons; cards and phrases are "practise this".
    joints : mapping
        Names of the joints, as the start of a line.
    others : str
        Named by their English originals in `ENGLISH`.
    """

    items: Mapping[ResultItem, str]
    joints: Mapping[str, str]
    heading: str
    whole: str
    parts: str
    part: str
    at_tempo: str
    you: str
    teacher: str
    no_picture: str
    nothing_stood_out: str
    only_timing: str
    nothing_judged: str
    phrases: str
    not_judged: str
    choose_phrase: str
    practise_here: str
    timing: str
    timing_unknown: str
    steadily_late: str
    steadily_early: str
    not_seen: str
    all_seen: str
    nobody_seen: str
    seen: str
    rest: str
    rest_unjudged: str
    and_more: str
    curve: str
    first_result: str
    not_kept: str
    best: str
    choose: str
    open: str
    leave: str
    move: str
    replay: str
    play: str
    pause: str
    slower: str
    next_moment: str
    seek: str
    back: str
    history: str
    no_history: str
    runs: str
    last_runs: str
    dance: str
    points: str
    memory_only: str


ENGLISH: Final = ResultWords(
    items={
        ResultItem.PLAN: "Practice plan",
        ResultItem.AGAIN: "Dance again",
        ResultItem.REPLAY: "Replay",
        ResultItem.HOME: "Home",
        ResultItem.CARD: "Practise this",
        ResultItem.PHRASE: "Practise this",
    },
    joints={
        "left_shoulder": "Left shoulder",
        "right_shoulder": "Right shoulder",
        "left_elbow": "Left elbow",
        "right_elbow": "Right elbow",
        "left_wrist": "Left wrist",
        "right_wrist": "Right wrist",
        "left_hip": "Left hip",
        "right_hip": "Right hip",
        "left_knee": "Left knee",
        "right_knee": "Right knee",
        "left_ankle": "Left ankle",
        "right_ankle": "Right ankle",
        "trunk": "Upper body",
        "neck": "Head",
    },
    heading="Well danced",
    whole="the whole dance",
    parts="parts of the dance",
    part="{start} to {end}",
    at_tempo="at {tempo}%",
    you="You",
    teacher="Teacher",
    no_picture="No picture",
    nothing_stood_out="Nothing stood out. Well danced!",
    only_timing="Your moves are right, your timing is not yet.",
    nothing_judged="I could follow too little to judge. Try again: all of you in the picture, and the teacher's dance.",
    phrases="Phrase by phrase",
    not_judged="not judged",
    choose_phrase="Choose a spot to practise",
    practise_here="Practise this spot",
    timing="Early or late",
    timing_unknown="Not measured",
    steadily_late="{value} ms late throughout",
    steadily_early="{value} ms early throughout",
    not_seen="Not seen",
    all_seen="All of you was seen",
    nobody_seen="Nothing was judged",
    seen="Seen",
    rest="Not judged",
    rest_unjudged="In sight, but pointing at the camera, or your place unsure",
    and_more="and {count} more",
    curve="Your results",
    first_result="Your first result",
    not_kept="This one is not kept: a film, the demo or a very short try",
    best="best {score}",
    choose="choose",
    open="open",
    leave="home",
    move="spot",
    replay="Replay",
    play="Play",
    pause="Pause",
    slower="Speed {tempo}%",
    next_moment="Next thing to work on",
    seek="back, on",
    back="Back",
    history="My dances so far",
    no_history="Nothing danced yet. Your results will be kept here, on this computer only.",
    runs="{count} times",
    last_runs="Latest runs",
    dance="Dance it",
    points="{score} points",
    memory_only="These pictures are only in memory. They are gone when you leave.",
)

GERMAN: Final = ResultWords(
    items={
        ResultItem.PLAN: "Übungsplan",
        ResultItem.AGAIN: "Noch einmal",
        ResultItem.REPLAY: "Ansehen",
        ResultItem.HOME: "Startseite",
        ResultItem.CARD: "Das üben",
        ResultItem.PHRASE: "Das üben",
    },
    joints={
        "left_shoulder": "Linke Schulter",
        "right_shoulder": "Rechte Schulter",
        "left_elbow": "Linker Ellbogen",
        "right_elbow": "Rechter Ellbogen",
        "left_wrist": "Linke Hand",
        "right_wrist": "Rechte Hand",
        "left_hip": "Linke Hüfte",
        "right_hip": "Rechte Hüfte",
        "left_knee": "Linkes Knie",
        "right_knee": "Rechtes Knie",
        "left_ankle": "Linker Fuß",
        "right_ankle": "Rechter Fuß",
        "trunk": "Oberkörper",
        "neck": "Kopf",
    },
    heading="Gut getanzt",
    whole="der ganze Tanz",
    parts="Teile des Tanzes",
    part="{start} bis {end}",
    at_tempo="mit {tempo} %",
    you="Du",
    teacher="Vorbild",
    no_picture="Kein Bild",
    nothing_stood_out="Nichts fiel auf. Gut getanzt!",
    only_timing="Die Bewegungen stimmen, das Timing noch nicht.",
    nothing_judged="Ich konnte dir zu kurz folgen. Versuch es noch einmal: ganz im Bild, und den Tanz vom Vorbild.",
    phrases="Phrase für Phrase",
    not_judged="nicht bewertet",
    choose_phrase="Wähle eine Stelle zum Üben",
    practise_here="Diese Stelle üben",
    timing="Früh oder spät",
    timing_unknown="Nicht gemessen",
    steadily_late="durchweg {value} ms zu spät",
    steadily_early="durchweg {value} ms zu früh",
    not_seen="Nicht gesehen",
    all_seen="Alles war zu sehen",
    nobody_seen="Nichts wurde beurteilt",
    seen="Gesehen",
    rest="Nicht beurteilt",
    rest_unjudged="Zu sehen, aber zur Kamera gestreckt, oder Stelle unklar",
    and_more="und {count} mehr",
    curve="Deine Ergebnisse",
    first_result="Dein erstes Ergebnis",
    not_kept="Dieses bleibt nicht: ein Film, die Demo oder ein ganz kurzer Versuch",
    best="Rekord {score}",
    choose="wählen",
    open="öffnen",
    leave="Start",
    move="Stelle",
    replay="Ansehen",
    play="Weiter",
    pause="Pause",
    slower="Tempo {tempo} %",
    next_moment="Nächste Stelle",
    seek="zurück, vor",
    back="Zurück",
    history="Meine Tänze bisher",
    no_history="Noch nichts getanzt. Deine Ergebnisse bleiben hier, nur auf diesem Computer.",
    runs="{count}-mal",
    last_runs="Letzte Tänze",
    dance="Tanzen",
    points="{score} Punkte",
    memory_only="Diese Bilder sind nur im Arbeitsspeicher. Beim Verlassen sind sie weg.",
)

RESULT_WORDS: Final[dict[str, ResultWords]] = {"en": ENGLISH, "de": GERMAN}
