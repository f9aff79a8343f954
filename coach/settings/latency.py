"""Tunables of the latency check: how much is measured, and when a result is believed."""

from __future__ import annotations

from dataclasses import dataclass, field

from coach.settings.checks import require_between, require_positive, require_share


@dataclass(frozen=True)
class LatencyJudgementSettings:
    """When measurements agree well enough.

    Attributes
    ----------
    min_count : int
        Fewer agreeing events say nothing.
    max_spread_ms : float
        Standard deviation above which a result is refused (the rule of rhythm games).
    outlier_spreads : float
        Events further from the median than so many spreads are left out.
    min_inlier_share : float
        Of all events, those that are not.
    min_ms, max_ms : float
        No pair of devices lies outside.
    """

    min_count: int = 8
    max_spread_ms: float = 30.0
    outlier_spreads: float = 3.0
    min_inlier_share: float = 0.6
    min_ms: float = -60.0
    max_ms: float = 450.0

    def __post_init__(self) -> None:
        require_between("min_count", self.min_count, 3, 100)
        require_positive(self, "max_spread_ms", "outlier_spreads")
        require_share(self, "min_inlier_share")
        require_between("min_ms", self.min_ms, -300, 0)
        require_between("max_ms", self.max_ms, 100, 1000)


@dataclass(frozen=True)
class FlashSettings:
    """The screen blinks and the camera watches.

    Attributes
    ----------
    duration_s : float
    steps_s : (float, ...)
        How long each bright or dark time may last. No two changes within 0.25 s: three flashes a second and more can
        hurt people.
    seed : int
        Of the pattern.
    trend_s : float
        The camera's own slow answer to brightness is taken away over this time.
    search_s : float
        Longest latency looked for.
    search_step_s : float
    min_correlation : float
        Between screen and picture; below it the camera does not see the screen.
    window_s : float
        The brightness before and after a change is looked at so far.
    min_step : float
        Of brightness in a region, against its own noise: smaller changes are not counted.
    """

    duration_s: float = 9.0
    steps_s: tuple[float, ...] = (0.3, 0.35, 0.4, 0.5, 0.6)
    seed: int = 11
    trend_s: float = 1.5
    search_s: float = 0.6
    search_step_s: float = 0.004
    min_correlation: float = 0.5
    window_s: float = 0.14
    min_step: float = 4.0

    def __post_init__(self) -> None:
        require_positive(self, "duration_s", "trend_s", "search_s", "search_step_s", "window_s", "min_step")
        require_share(self, "min_correlation")
        require_between("steps_s", min(self.steps_s), 0.25, 5.0)


@dataclass(frozen=True)
class BeatCheckSettings:
    """The dancer claps or jumps to clicks.

    Attributes
    ----------
    beat_s : float
        Between two clicks: slow enough that a latency of 0.45 s cannot be taken for one of the next beat.
    beats_count : int
        Clicks altogether.
    listen_count : int
        The first of them are only listened to.
    clap_torsos, jump_torsos : float
        Least way of the hands to each other, and of the feet to the floor, in lengths of the torso.
    stroke_s : float
        Longest time of such a way.
    apart_s : float
        Two events are at least so far apart.
    high_share, low_share : float
        The part of the way, from its top, whose line is drawn on to the moment of contact.
    close_share : float
        What is nearer than this part of the way is as good as together.
    floor_s : float
        The floor is where the feet were in the median of so long.
    """

    beat_s: float = 0.75
    beats_count: int = 24
    listen_count: int = 4
    clap_torsos: float = 0.35
    jump_torsos: float = 0.12
    stroke_s: float = 0.45
    apart_s: float = 0.35
    high_share: float = 0.75
    low_share: float = 0.12
    close_share: float = 0.15
    floor_s: float = 3.0

    def __post_init__(self) -> None:
        require_between("beat_s", self.beat_s, 0.6, 2.0)
        require_between("beats_count", self.beats_count, self.listen_count + 8, 200)
        require_positive(self, "clap_torsos", "jump_torsos", "stroke_s", "apart_s", "floor_s")
        require_between("low_share", self.low_share, 0.0, self.high_share)
        require_between("close_share", self.close_share, 0.01, self.high_share)


@dataclass(frozen=True)
class LatencySettings:
    """All of the above."""

    judgement: LatencyJudgementSettings = field(default_factory=LatencyJudgementSettings)
    flash: FlashSettings = field(default_factory=FlashSettings)
    beat: BeatCheckSettings = field(default_factory=BeatCheckSettings)
