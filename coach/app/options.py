"""What the user chose on the command line, checked, without argparse."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from coach.alignment.tracked_position import FollowMode, MirrorMode
from coach.settings.phrasing import PhrasingSettings

CHOICES_OF_LIVE = ("voice", "music")
CHOICES_OF_PRACTICE = ("strictness", "feedback", "language")
"""Options that are choices kept between starts too (``coach.settings.preferences``), called alike in both."""


@dataclass(frozen=True)
class ScreenshotRequest:
    """Save the screen to ``path`` at ``second`` of the student's clock; in the studio, of the studio's."""

    path: Path
    second: float


@dataclass(frozen=True)
class LiveOptions:
    """What `practice`, `demo` and `record` have in common.

    Attributes
    ----------
    camera : str
        Number or name of a camera, or a video file that stands in for one.
    fast : bool
        With a file: every frame, as fast as possible, none dropped.
    model, model_path : str or None
        Kind of pose model and the user's own model file; None chooses by itself.
    duration_s : float or None
        Stop after this time of the student's clock; the studio, after this time of its own.
    given : frozenset of str
        Which of the choices that are kept between starts (``coach.settings.preferences``) the command line settles.
    """

    camera: str = "0"
    fast: bool = False
    headless: bool = False
    window_px: tuple[int, int] = (1280, 720)
    fullscreen: bool = False
    model: str | None = None
    model_path: Path | None = None
    voice: bool = True
    music: bool = True
    duration_s: float | None = None
    screenshots: tuple[ScreenshotRequest, ...] = ()
    given: frozenset[str] = frozenset()


@dataclass(frozen=True)
class PracticeOptions:
    """How to practise.

    Attributes
    ----------
    mode : FollowMode or None
        None: along with the music where there is a camera and music, following the student otherwise.
    section : str or None
        A section's name or START-END in seconds.
    tempo_percent : float
        Speed of the music.
    """

    reference: str
    live: LiveOptions = field(default_factory=LiveOptions)
    log: Path | None = None
    mode: FollowMode | None = None
    section: str | None = None
    tempo_percent: float = 100.0
    mirror: MirrorMode = MirrorMode.AUTO
    strictness: float = 1.0
    feedback: str = "normal"
    language: str = "en"
    mistakes: tuple[str, ...] = ()


@dataclass(frozen=True)
class RecordOptions:
    """How to record a reference.

    Attributes
    ----------
    name : str
        Of the new reference; with ``is_take`` of the one that gets a further take.
    """

    name: str
    is_take: bool = False
    live: LiveOptions = field(default_factory=LiveOptions)
    title: str | None = None
    teacher: str = ""
    music_file: Path | None = None
    out: Path | None = None
    replace: bool = False
    recover: bool = False
    countdown_s: float = 5.0


@dataclass(frozen=True)
class ExtractOptions:
    """How to take a reference from a video.

    Attributes
    ----------
    name : str
        Of the new reference; with ``is_take`` of the one that the video is a further take of.
    """

    video: Path
    name: str
    is_take: bool = False
    title: str | None = None
    teacher: str = ""
    out: Path | None = None
    model: str | None = None
    model_path: Path | None = None
    mirrored: bool = False
    replace: bool = False


@dataclass(frozen=True)
class CompareOptions:
    """What to compare, and where to write it.

    Attributes
    ----------
    teacher : str
    students : tuple of str
        Paths of videos, or names or paths of references; several students are ranked.
    style : str
        A preset of ``coach.settings.comparison``.
    video : bool
        Whether the side-by-side video is written.
    phrasing : PhrasingSettings or None
        A language model that may phrase the feedback; None: nothing is sent anywhere.
    """

    teacher: str
    students: tuple[str, ...]
    out: Path
    style: str = "hip-hop"
    strictness: float = 1.0
    mirror: MirrorMode = MirrorMode.AUTO
    model: str | None = None
    model_path: Path | None = None
    video: bool = True
    phrasing: PhrasingSettings | None = None
