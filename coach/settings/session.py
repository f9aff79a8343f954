"""Tunables of the session as a whole, and all settings of coaching together."""

from __future__ import annotations

from dataclasses import dataclass, field

from coach.settings.alignment import AlignmentSettings
from coach.settings.checks import require_between
from coach.settings.cues import CueSettings
from coach.settings.judging import JudgingSettings
from coach.settings.pose import LiveSmoothingSettings, TrajectorySettings


@dataclass(frozen=True)
class CoachSettings:
    """Everything that `coach.session` hands down."""

    smoothing: LiveSmoothingSettings = field(default_factory=LiveSmoothingSettings)
    trajectory: TrajectorySettings = field(default_factory=TrajectorySettings)
    alignment: AlignmentSettings = field(default_factory=AlignmentSettings)
    judging: JudgingSettings = field(default_factory=JudgingSettings)
    cues: CueSettings = field(default_factory=CueSettings)


@dataclass(frozen=True)
class PracticeSettings:
    """How a practice runs.

    Attributes
    ----------
    countdown_s : float
        Time to walk into place before the music starts, with a camera.
    min_tempo_percent, max_tempo_percent, tempo_step_percent : float
        Range of the music's speed, and what one key press changes.
    skip_s : float
        How far the arrow keys jump where the dance has no sections.
    draw_fps : float
        How often the window is drawn.
    """

    countdown_s: float = 5.0
    min_tempo_percent: float = 50.0
    max_tempo_percent: float = 120.0
    tempo_step_percent: float = 10.0
    skip_s: float = 8.0
    draw_fps: float = 60.0

    def __post_init__(self) -> None:
        require_between("countdown_s", self.countdown_s, 0, 60)
        require_between("min_tempo_percent", self.min_tempo_percent, 25, 100)
        require_between("max_tempo_percent", self.max_tempo_percent, 100, 200)
        require_between("tempo_step_percent", self.tempo_step_percent, 1, 50)
        require_between("skip_s", self.skip_s, 1, 120)
        require_between("draw_fps", self.draw_fps, 10, 240)
