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
        Time before the music starts, with a camera, where no beats are known.
    min_tempo_percent, max_tempo_percent, tempo_step_percent : float
        Range of the music's speed, and what one key press changes.
    skip_s : float
        How far the arrow keys jump where the dance has neither beats nor sections.
    skip_counts : int
        Counts of a phrase: the left arrow goes back to its start.
    grace_s : float
        Pressed so shortly after a phrase began, the key means the one before; a place so near to a beat means that.
    min_loop_s : float
        Nothing shorter is looped.
    led_into_s : float
        A loop that begins so soon is led into instead of jumped to.
    drag_s : float
        What the mouse marks on the bar of the dance; less is a click, which jumps.
    count_in_s : float
        Time to get into place after a jump, a new start and a pause, with a camera, where no beats are known.
    result_after_s : float
        The result follows so long after the end of the dance.
    min_kept_s : float
        A practice that was broken off is kept in the history from this length on.
    draw_fps : float
        How often the window is drawn.
    """

    countdown_s: float = 4.0
    min_tempo_percent: float = 50.0
    max_tempo_percent: float = 120.0
    tempo_step_percent: float = 10.0
    skip_s: float = 8.0
    skip_counts: int = 8
    grace_s: float = 1.0
    min_loop_s: float = 2.0
    led_into_s: float = 8.0
    drag_s: float = 0.5
    count_in_s: float = 2.5
    result_after_s: float = 1.5
    min_kept_s: float = 10.0
    draw_fps: float = 60.0

    def __post_init__(self) -> None:
        require_between("countdown_s", self.countdown_s, 0, 60)
        require_between("min_tempo_percent", self.min_tempo_percent, 25, 100)
        require_between("max_tempo_percent", self.max_tempo_percent, 100, 200)
        require_between("tempo_step_percent", self.tempo_step_percent, 1, 50)
        require_between("skip_s", self.skip_s, 1, 120)
        require_between("skip_counts", self.skip_counts, 1, 64)
        require_between("grace_s", self.grace_s, 0, 5)
        require_between("min_loop_s", self.min_loop_s, 0.5, 60)
        require_between("led_into_s", self.led_into_s, 0, 60)
        require_between("drag_s", self.drag_s, 0, 5)
        require_between("count_in_s", self.count_in_s, 0, 60)
        require_between("result_after_s", self.result_after_s, 0, 60)
        require_between("min_kept_s", self.min_kept_s, 0, 600)
        require_between("draw_fps", self.draw_fps, 10, 240)
