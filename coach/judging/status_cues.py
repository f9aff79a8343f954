"""What the coach says about itself and the picture: cannot see you, lost you, found you, mirrored, finished."""

from __future__ import annotations

import math
from typing import Final

from coach.alignment.tracked_position import TrackState
from coach.judging.moment import Moment
from coach.judging.verdicts import FramingHint
from coach.settings.cues import CueSettings

_ORDER: Final = ("framing", "status.lost", "praise.finished", "status.mirrored", "status.restarted", "status.found")
_FRAMING_KEYS: Final = {hint: f"framing.{hint.value}" for hint in FramingHint}
_RESTART_WITHIN_S: Final = 4.0
"""A jump back to within this of the start is a restart."""

_STALE_S: Final = 4.0
_EXCURSION_S: Final = 2.0


class StatusWatch:
    """Collects announcements until there is a gap to make them in; an old one is dropped.

    Parameters
    ----------
    settings : CueSettings
    announce_mirrored : bool
    """

    def __init__(self, settings: CueSettings, announce_mirrored: bool) -> None:
        self._settings = settings
        self._announce_mirrored = announce_mirrored
        self._pending: dict[str, float] = {}
        self._last_said_s: dict[str, float] = {}
        self._lasted: dict[str, float] = {}
        self._told: set[str] = set()
        self._framing: set[str] = set()
        self._mirrored_said = False
        self._last_place_s: float | None = None
        self._last_time_s = 0.0
        self._left: tuple[float, float] | None = None
        self._landed: tuple[float, str] | None = None
        self._finished = False

    @property
    def landing(self) -> bool:
        """Whether the place has just jumped, and may yet turn out to be wrong."""
        return self._landed is not None

    def on_seek(self) -> None:
        """The user moved the place: that is no news."""
        self._last_place_s = self._left = self._landed = None
        self._finished = False
        self._pending.clear()
        self._lasted.clear()
        self._told.clear()

    def step(self, moment: Moment, gap_s: float) -> bool:
        """Take in one frame; returns whether the dancer's place jumped."""
        self._watch_framing(moment, gap_s)
        self._watch_state(moment, gap_s)
        return self._watch_jump(moment)

    def due(self, time_s: float) -> str | None:
        """The text key of the most important announcement that may be made now."""
        if not self._pending:
            return None
        self._pending = {key: since for key, since in self._pending.items() if time_s - since <= _STALE_S}
        for prefix in _ORDER:
            for key in self._pending:
                recent = time_s - self._last_said_s.get(key, -math.inf) < self._settings.status_repeat_s
                if key.startswith(prefix) and not recent:
                    return key
        return None

    def said(self, key: str, time_s: float) -> None:
        """An announcement was made."""
        self._pending.pop(key, None)
        self._told.add(key)
        self._last_said_s[key] = time_s
        if key == "status.mirrored":
            self._mirrored_said = True

    def _hold(self, key: str, holds: bool, gap_s: float, time_s: float) -> None:
        """Announce ``key`` once when it has held long enough, and not any more when it has passed."""
        if not holds:
            self._lasted.pop(key, None)
            self._pending.pop(key, None)
            self._told.discard(key)
            return
        self._lasted[key] = self._lasted.get(key, 0.0) + gap_s
        # The follower has made sure of the mirror image already.
        after_s = 0.0 if key == "status.mirrored" else self._settings.status_after_s
        if self._lasted[key] >= after_s and key not in self._told:
            self._pending[key] = time_s

    def _watch_framing(self, moment: Moment, gap_s: float) -> None:
        now = None if moment.framing is None else _FRAMING_KEYS[moment.framing]
        for key in self._framing - {now}:
            self._hold(key, False, gap_s, moment.time_s)
        self._framing = set() if now is None else {now}
        if now is not None:
            self._hold(now, True, gap_s, moment.time_s)

    def _watch_state(self, moment: Moment, gap_s: float) -> None:
        state, time_s = moment.position.state, moment.time_s
        self._hold("status.lost", state is TrackState.LOST and moment.framing is None, gap_s, time_s)
        mirrored = state is TrackState.FOLLOWING and moment.position.mirrored
        if self._announce_mirrored and not self._mirrored_said:
            self._hold("status.mirrored", mirrored, gap_s, time_s)
        if state is TrackState.FINISHED and not self._finished:
            self._finished = True
            self._pending["praise.finished"] = time_s
        elif state is not TrackState.FINISHED:
            self._finished = False

    def _watch_jump(self, moment: Moment) -> bool:
        place_s, last_s = moment.position.reference_s, self._last_place_s
        if moment.position.state is not TrackState.FOLLOWING or place_s is None:
            self._landed = None
            return False
        expected_s = None if last_s is None else last_s + (moment.time_s - self._last_time_s) * moment.position.tempo
        jumped = expected_s is not None and abs(place_s - expected_s) > self._settings.jump_s
        self._last_place_s, self._last_time_s = place_s, moment.time_s
        if jumped and expected_s is not None:
            self._pending.pop("status.restarted", None)
            self._pending.pop("status.found", None)
            if not self._is_back(place_s, moment):
                self._left = moment.time_s, expected_s
                restarted = place_s < expected_s and place_s < _RESTART_WITHIN_S
                self._landed = moment.time_s, "status.restarted" if restarted else "status.found"
            else:
                self._landed = None
        elif self._landed is not None and moment.time_s - self._landed[0] >= self._settings.jump_held_s:
            self._pending[self._landed[1]] = moment.time_s
            self._landed = None
        return jumped

    def _is_back(self, place_s: float, moment: Moment) -> bool:
        """Whether the dancer was told to be elsewhere for a moment only: that is no news either way."""
        left, self._left = self._left, None
        if left is None or moment.time_s - left[0] > _EXCURSION_S:
            return False
        return abs(place_s - left[1] - (moment.time_s - left[0]) * moment.position.tempo) <= self._settings.jump_s
