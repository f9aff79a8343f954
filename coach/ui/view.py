"""What the screens show, as plain data: the app fills these in, the screens only draw."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from coach.judging.verdicts import CueKind
from coach.pose.pose_frame import PoseFrame
from coach.pose.reference import Section
from coach.session.session_state import SessionState
from coach.ui.practice_tools import ToolsView
from coach.ui.teacher_framing import TeacherFraming


class TeacherView(Enum):
    """Where the teacher is drawn."""

    BESIDE = "beside"
    GHOST = "ghost"
    OFF = "off"

    @property
    def following(self) -> TeacherView:
        """The next one of the cycle."""
        order = list(TeacherView)
        return order[(order.index(self) + 1) % len(order)]


@dataclass(frozen=True)
class Caption:
    """A line the coach said, and when, on the clock of the view's ``now_s``."""

    text: str
    kind: CueKind
    shown_s: float


@dataclass(frozen=True)
class Praise:
    """A praise word, and when."""

    word: str
    shown_s: float


@dataclass(frozen=True)
class StatusNumbers:
    """How well the machine keeps up; None is not shown."""

    pose_fps: float | None = None
    draw_fps: float | None = None
    overlay_age_ms: float | None = None
    dropped_count: int = 0


@dataclass(frozen=True)
class PracticeView:
    """One moment of a practice.

    Attributes
    ----------
    bgr : ndarray [shape=(h, w, 3)], uint8, or None
        The very picture that ``state`` was computed from, not mirrored; None before the first.
    state : SessionState or None
        None before the first frame is coached.
    now_s : float
        The program's clock, for what comes and goes.
    duration_s : float
        Length of the reference.
    teacher : PoseFrame or None
        The reference's own (unmirrored) landmarks to show now, at its reference time.
    teacher_mirrored : bool
        Whether the student dances the teacher's mirror image: then the teacher is turned round, so that on the
        screen teacher and student always use the same side.
    teacher_framing : TeacherFraming or None
        How to fit the teacher into the card, made once per reference.
    practised : (float, float) or None
        The looped or chosen stretch in reference seconds.
    music_s : float or None
        Place of the music; None where it is silent.
    energy_full : float or None
        Right end of the energy bar, for instance the teacher's strongest.
    notices : tuple of str
        Sentences about what is missing ("No voice ..."): drawn small, at most two.
    countdown : int or None
        A big number over the live picture.
    tools : ToolsView
        Loop, plan, stage, guide, pause and gestures.
    """

    bgr: NDArray[np.uint8] | None
    state: SessionState | None
    now_s: float
    duration_s: float
    title: str = ""
    teacher_name: str = ""
    teacher: PoseFrame | None = None
    teacher_view: TeacherView = TeacherView.BESIDE
    teacher_mirrored: bool = False
    teacher_framing: TeacherFraming | None = None
    mirrored: bool = True
    sections: tuple[Section, ...] = ()
    practised: tuple[float, float] | None = None
    music_s: float | None = None
    tempo_percent: float = 100.0
    paused: bool = False
    energy_full: float | None = None
    caption: Caption | None = None
    praise: Praise | None = None
    status: StatusNumbers = field(default_factory=StatusNumbers)
    notices: tuple[str, ...] = ()
    voice_on: bool = True
    help_shown: bool = False
    countdown: int | None = None
    tools: ToolsView = field(default_factory=ToolsView)

    @property
    def reference_s(self) -> float | None:
        """Where the student is; None while searching or lost."""
        return self.state.position.reference_s if self.state is not None else None

    @property
    def place_s(self) -> float | None:
        """Where the student is, or else where the music is."""
        return self.reference_s if self.reference_s is not None else self.music_s


@dataclass(frozen=True)
class RecordView:
    """One moment of a recording.

    Attributes
    ----------
    pose : PoseFrame or None
        Skeleton of the picture ``bgr``.
    framing : str
        One instruction, empty where there is none.
    framing_ok : bool
        Whether the dancer stands well.
    recording : bool
        Whether frames are being kept.
    limit_s : float or None
        Recording stops by itself there.
    disk_text : str
        Room left, in words.
    is_take : bool
        A further take of a reference that there is.
    """

    bgr: NDArray[np.uint8] | None
    pose: PoseFrame | None
    now_s: float
    name: str
    framing: str = ""
    framing_ok: bool = False
    recording: bool = False
    elapsed_s: float = 0.0
    limit_s: float | None = None
    disk_text: str = ""
    music_text: str = ""
    countdown: int | None = None
    mirrored: bool = True
    status: StatusNumbers = field(default_factory=StatusNumbers)
    notices: tuple[str, ...] = ()
    is_take: bool = False


@dataclass(frozen=True)
class SplashView:
    """Getting ready.

    Attributes
    ----------
    step : str
        What is being done now.
    share : float or None
        0..1; None where it is not known.
    """

    step: str
    share: float | None = None
    detail: str = ""
