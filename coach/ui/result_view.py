"""What the result screen shows, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from coach.gestures.gesture import Gesture, GestureAction
from coach.judging.verdicts import JointReading
from coach.pose.pose_frame import PoseFrame
from coach.session.session_state import ScoreReading
from coach.settings.practice import HistogramSettings
from coach.ui.preview_pane import NO_PREVIEW, PreviewView
from coach.ui.teacher_framing import Figure


class ResultItem(Enum):
    """What can be chosen on the result screen."""

    PLAN = "plan"
    AGAIN = "again"
    REPLAY = "replay"
    HOME = "home"
    CARD = "card"
    PHRASE = "phrase"


@dataclass(frozen=True)
class ResultChoice:
    """An item; ``index`` says which card or phrase."""

    item: ResultItem
    index: int = 0


@dataclass(frozen=True)
class HeatPhrase:
    """One phrase in the heat bar.

    Attributes
    ----------
    score : float or None
        0..100; None where nothing was judged.
    section : str
        Name of the section it lies in, may be empty.
    timing_ms : float or None
        Median, early positive.
    """

    start_s: float
    end_s: float
    score: float | None
    section: str = ""
    timing_ms: float | None = None


@dataclass(frozen=True)
class Still:
    """A picture of the student, cut out around the body.

    Attributes
    ----------
    bgr : ndarray [shape=(h, w, 3)], uint8
        Not mirrored.
    pose : PoseFrame
        In fractions of this picture.
    joints : tuple of JointReading
        What stands out.
    """

    bgr: NDArray[np.uint8]
    pose: PoseFrame
    joints: tuple[JointReading, ...]


@dataclass(frozen=True)
class TeacherStill:
    """The teacher at the same moment.

    Attributes
    ----------
    figure : Figure
    parts : tuple of str
        The teacher's own body parts that stand out.
    flipped : bool
        Drawn as the mirror image, so that both use the same side of the screen.
    """

    figure: Figure
    parts: tuple[str, ...]
    flipped: bool


@dataclass(frozen=True)
class WorkCard:
    """A thing to work on.

    Attributes
    ----------
    start_s, end_s, place_s : float
        Where in the choreography; ``place_s`` is the moment of the pictures.
    still : Still or None
        None while it is prepared, and where there is no picture.
    """

    text: str
    start_s: float
    end_s: float
    place_s: float
    still: Still | None = None
    teacher: TeacherStill | None = None


@dataclass(frozen=True)
class CurvePoint:
    """A run of this reference: whole ones are joined by the curve."""

    score: float
    whole: bool
    current: bool = False


@dataclass(frozen=True)
class ResultPage:
    """All that stays the same while the result is shown.

    Attributes
    ----------
    subtitle : str
        What was danced, beside the title.
    phrases : tuple of HeatPhrase
    cards : tuple of WorkCard
        At most three.
    timing_counts : tuple of int
        Early first, bins as in ``histogram``; empty where timing is not known.
    constant_delay_ms : float or None
        How late the dancer was all the time (negative if early), which the histogram does not show.
    unseen : tuple of (str, float)
        Joints (keys) with the share of time in which they were not seen.
    curve : tuple of CurvePoint
        Oldest first, this run last if it is kept.
    best : float or None
        Of earlier whole runs.
    teacher_name : str
    kept : bool
        This run goes into the history.
    """

    title: str
    subtitle: str
    score: ScoreReading
    phrases: tuple[HeatPhrase, ...] = ()
    cards: tuple[WorkCard, ...] = ()
    timing_counts: tuple[int, ...] = ()
    histogram: HistogramSettings = field(default_factory=HistogramSettings)
    constant_delay_ms: float | None = None
    unseen: tuple[tuple[str, float], ...] = ()
    curve: tuple[CurvePoint, ...] = ()
    best: float | None = None
    teacher_name: str = ""
    kept: bool = True


@dataclass(frozen=True)
class ResultView:
    """The page and what moves on it.

    Attributes
    ----------
    items : tuple of ResultItem
        The buttons that there are.
    chosen : ResultChoice
    phrase : int or None
        The phrase that is named above the heat bar.
    in_bar : bool
        Up and down go from phrase to phrase.
    preview : PreviewView
        The camera's present picture.
    bindings : mapping
        The gestures that are read.
    """

    page: ResultPage
    now_s: float
    items: tuple[ResultItem, ...]
    chosen: ResultChoice
    phrase: int | None = None
    in_bar: bool = False
    preview: PreviewView = NO_PREVIEW
    bindings: Mapping[Gesture, GestureAction] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
