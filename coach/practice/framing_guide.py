"""To a good place in front of the camera: one instruction at a time, and ready by itself once all is well."""

from __future__ import annotations

from dataclasses import dataclass

from coach.judging.framing import faults
from coach.judging.verdicts import FramingHint
from coach.pose.observation import Observation
from coach.settings.cues import FramingSettings
from coach.settings.framing_guide import GuideSettings


@dataclass(frozen=True)
class GuideReading:
    """What to tell the dancer now.

    Attributes
    ----------
    instruction : FramingHint or None
        The one thing to do; None while all is well.
    ok_share : float
        0..1 of the time for which all has to be well.
    ready : bool
        All was well for long enough.
    """

    instruction: FramingHint | None
    ok_share: float
    ready: bool

    @property
    def well(self) -> bool:
        """Whether the dancer only has to stay."""
        return self.instruction is None and self.ok_share > 0.0


class FramingGuide:
    """Watches a dancer find a good place.

    Parameters
    ----------
    settings : GuideSettings
    framing : FramingSettings
        The same that the framing judge has (whole body, or the upper body only).
    """

    def __init__(self, settings: GuideSettings, framing: FramingSettings) -> None:
        self._settings, self._framing = settings, framing
        self.reset()

    def reset(self) -> None:
        """Begin anew."""
        self._well_s = 0.0
        self._wrong_s = 0.0
        self._last_s: float | None = None
        self._shown: FramingHint | None = None
        self._shown_s = 0.0

    def step(self, observation: Observation, hint: FramingHint | None, time_s: float) -> GuideReading:
        """Take in one frame.

        Parameters
        ----------
        observation : Observation
        hint : FramingHint or None
            What the framing judge says of it: slow to complain and slow to stop.
        time_s : float
        """
        settings = self._settings
        elapsed_s = 0.0 if self._last_s is None else max(time_s - self._last_s, 0.0)
        self._last_s = time_s
        gap_s = min(elapsed_s, settings.max_gap_s)
        self._choose(hint, elapsed_s)
        if hint is None and not faults(observation, self._framing):
            self._well_s += gap_s if self._wrong_s <= settings.grace_s else 0.0
            self._wrong_s = 0.0
        else:
            self._wrong_s += gap_s
            if hint is not None or self._wrong_s > settings.grace_s:
                self._well_s = 0.0
        if elapsed_s > settings.max_gap_s:
            self._well_s = 0.0
        share = min(self._well_s / settings.ready_after_s, 1.0)
        return GuideReading(self._shown, share, self._well_s >= settings.ready_after_s - 1e-9)

    def _choose(self, hint: FramingHint | None, elapsed_s: float) -> None:
        """Keep an instruction until it could be read; that all is well may be said at once."""
        self._shown_s += elapsed_s
        if hint is self._shown:
            return
        if hint is None or self._shown is None or self._shown_s >= self._settings.min_shown_s:
            self._shown, self._shown_s = hint, 0.0
