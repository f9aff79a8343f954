"""Tunables of the music while practising: loops, other speeds, the metronome, and keeping to the sound card's clock."""

from __future__ import annotations

from dataclasses import dataclass, field

from coach.settings.checks import require_between


@dataclass(frozen=True)
class MetronomeSettings:
    """Clicks on the beats.

    Attributes
    ----------
    count_in_counts : int
        Beats that are counted before the music starts.
    phrase_counts : int
        The first of so many beats is accented.
    level : float
        0..1, loudness of a click against the loudest the music can be.
    """

    count_in_counts: int = 4
    phrase_counts: int = 8
    level: float = 0.5

    def __post_init__(self) -> None:
        require_between("count_in_counts", self.count_in_counts, 0, 32)
        require_between("phrase_counts", self.phrase_counts, 1, 32)
        require_between("level", self.level, 0, 1)


@dataclass(frozen=True)
class CardClockSettings:
    """How the music's clock keeps to the sound card's.

    Attributes
    ----------
    window_s : float
        The card's answers of so long are taken together: a single one is some milliseconds off.
    max_rate_error : float
        A card further from our clock than this share is not believed (real ones are within 0.001; sound that goes
        nowhere is not).
    slack_s : float
        And beyond that: answers are some milliseconds off.
    settle_s : float
        Nothing is concluded before: a card that is no clock must have had time to show it.
    nudge_s_per_s : float
        The music is led after the card no faster than this: nobody hears or sees it.
    jump_s : float
        Sound further from where it should be starts anew there. Below what is noticed between sound and picture
        (0.045 s early).
    """

    window_s: float = 1.0
    max_rate_error: float = 0.01
    slack_s: float = 0.015
    settle_s: float = 5.0
    nudge_s_per_s: float = 0.005
    jump_s: float = 0.04

    def __post_init__(self) -> None:
        require_between("window_s", self.window_s, 0.1, 10)
        require_between("max_rate_error", self.max_rate_error, 0.0001, 0.1)
        require_between("slack_s", self.slack_s, 0, 0.2)
        require_between("settle_s", self.settle_s, self.window_s, 60)
        require_between("nudge_s_per_s", self.nudge_s_per_s, 0.0001, 0.1)
        require_between("jump_s", self.jump_s, 0.01, 0.2)


@dataclass(frozen=True)
class MusicSettings:
    """The music while practising.

    Attributes
    ----------
    crossfade_s : float
        At the ends of a loop the music before A fades in while that before B fades out, so that the first beat keeps
        its attack.
    kept_tempos_count : int
        Music at so many speeds is kept ready.
    tempo_steps : (float, ...)
        Speeds so far from the present one are made ready before they are asked for,
    tempo_range : (float, float)
        within these.
    ahead_s : float
        A loop that is entered from before A is laid out so far ahead.
    short_s : float
        Stretched sound shorter than this is made at once instead of in a process of its own.
    stretch_timeout_s : float
        A process that makes another speed and does not answer is given up.
    """

    crossfade_s: float = 0.012
    kept_tempos_count: int = 8
    tempo_steps: tuple[float, ...] = (-0.1, 0.1)
    tempo_range: tuple[float, float] = (0.5, 1.2)
    ahead_s: float = 20.0
    short_s: float = 2.0
    stretch_timeout_s: float = 60.0
    metronome: MetronomeSettings = field(default_factory=MetronomeSettings)
    card: CardClockSettings = field(default_factory=CardClockSettings)

    def __post_init__(self) -> None:
        require_between("crossfade_s", self.crossfade_s, 0, 0.1)
        require_between("kept_tempos_count", self.kept_tempos_count, 2, 20)
        require_between("tempo_range", self.tempo_range[0], 0.25, self.tempo_range[1])
        require_between("tempo_range", self.tempo_range[1], self.tempo_range[0], 4)
        require_between("ahead_s", self.ahead_s, 1, 600)
        require_between("short_s", self.short_s, 0, 60)
        require_between("stretch_timeout_s", self.stretch_timeout_s, 1, 600)
