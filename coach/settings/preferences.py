"""What a user chooses once and finds again at the next start; the command line wins over it."""

from __future__ import annotations

from dataclasses import dataclass

from coach.settings.checks import require_between, require_one_of

THEMES = ("dark", "light", "high-contrast")
TEACHER_VIEWS = ("beside", "ghost", "off")
TEACHER_SIDES = ("mirror", "behind")
STAGES = ("auto", "guide", "limbs", "words", "bare")
"""How much is shown while dancing; ``auto`` fades after clean passes."""
LANGUAGES = ("en", "de")
MIRROR_DELAYS_S = (0.0, 2.0, 4.0, 8.0)
"""On offer for ``delayed_mirror_s``."""
FEEDBACK_LEVELS = ("full", "normal", "little", "off")


@dataclass(frozen=True)
class Preferences:
    """The user's choices.

    Attributes
    ----------
    camera : str
        Name of the camera, empty for the first; found again by its name, whatever its number is.
    text_size_percent : float
        Of all text on the screens.
    captions, voice, music, clicks, gestures : bool
        What is shown, heard and obeyed.
    left_handed : bool
        The layout turned round: columns and gestures change sides.
    teacher_side : str
        ``mirror``: the teacher faces the student as a mirror would; ``behind``: as seen from behind.
    upper_body_only : bool
        For small rooms: legs are neither wanted in the picture nor judged nor mentioned.
    stage : str
        How much is shown while dancing.
    delayed_mirror_s : float
        0 for an ordinary mirror, otherwise how far it lags behind.
    check_done : bool
        Whether the first-start check was gone through or skipped.
    """

    language: str = "en"
    theme: str = "dark"
    text_size_percent: float = 100.0
    captions: bool = True
    voice: bool = True
    music: bool = True
    clicks: bool = True
    gestures: bool = True
    left_handed: bool = False
    camera: str = ""
    strictness: float = 1.0
    feedback: str = "normal"
    teacher_view: str = "beside"
    teacher_side: str = "mirror"
    upper_body_only: bool = False
    stage: str = "auto"
    next_pose: bool = True
    metronome: bool = False
    delayed_mirror_s: float = 0.0
    check_done: bool = False

    def __post_init__(self) -> None:
        require_one_of("language", self.language, LANGUAGES)
        require_one_of("theme", self.theme, THEMES)
        require_between("text_size_percent", self.text_size_percent, 80, 150)
        require_between("strictness", self.strictness, 0.25, 4)
        require_one_of("feedback", self.feedback, FEEDBACK_LEVELS)
        require_one_of("teacher_view", self.teacher_view, TEACHER_VIEWS)
        require_one_of("teacher_side", self.teacher_side, TEACHER_SIDES)
        require_one_of("stage", self.stage, STAGES)
        require_between("delayed_mirror_s", self.delayed_mirror_s, 0, 8)
