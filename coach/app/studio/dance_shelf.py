"""The references as cards, looked through in the background: names first, then figures, then the chosen one's dance."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np

from coach.app.built_in_names import is_built_in
from coach.app.studio.studio_context import KeepsHistory
from coach.app.wall_clock import days_since, utc_now
from coach.devices.worker import Worker
from coach.errors import CoachError
from coach.pose.pose_frame import PoseTrack
from coach.pose.reference import Reference
from coach.practice.difficulty import estimate_difficulty
from coach.settings.home import HomeSettings
from coach.settings.ui import BodySettings
from coach.storage.library import LibraryEntry
from coach.storage.reference_hdf5 import read_reference
from coach.ui.home_view import DanceCard
from coach.ui.teacher_framing import Figure, TeacherFraming

_WAIT_S = 0.1
_STOP_TIMEOUT_S = 3.0


@dataclass(frozen=True)
class Dance:
    """A reference's movement, to be shown on its card."""

    track: PoseTrack
    framing: TeacherFraming

    def figure_at(self, time_s: float) -> Figure:
        """The teacher at a time, which runs on in a circle."""
        place_s = time_s % max(float(self.track.time_s[-1]), 1e-6)
        index = min(int(np.searchsorted(self.track.time_s, place_s)), len(self.track) - 1)
        return Figure(self.track.frame(index), self.framing.at(place_s))


class DanceShelf:
    """Knows the cards; nothing that takes time happens in the thread that asks.

    Parameters
    ----------
    library : callable
        Lists the references; called in the background.
    history : KeepsHistory
        Asked in the background.
    settings : HomeSettings
    body : BodySettings
        For the framing of the moving teacher.
    read : callable, optional
        Loads a reference.
    now : callable, optional
        For how long ago a dance was danced.
    """

    def __init__(
        self,
        library: Callable[[], Sequence[LibraryEntry]],
        history: KeepsHistory,
        settings: HomeSettings,
        body: BodySettings,
        *,
        read: Callable[[Path], Reference] = read_reference,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._library, self._history, self._settings, self._body = library, history, settings, body
        self._read, self._now = read, now
        self._lock = threading.Lock()
        self._cards: tuple[DanceCard, ...] | None = None
        self._paths: dict[str, Path] = {}
        self._dances: OrderedDict[str, Dance] = OrderedDict()
        self._chosen: str | None = None
        self._worker: _Looking | None = None

    @property
    def cards(self) -> tuple[DanceCard, ...] | None:
        """The cards as far as they are known; None before the library was listed."""
        with self._lock:
            return self._cards

    @property
    def trouble(self) -> str | None:
        """Why nothing more will be found, in a sentence; None while all is well."""
        try:
            if self._worker is not None:
                self._worker.check()
        except CoachError as error:
            return error.sentence
        return None

    def dance(self, name: str) -> Dance | None:
        """The movement of a reference if it is loaded; it is loaded next if not."""
        with self._lock:
            self._chosen = name
            return self._dances.get(name)

    def open(self) -> None:
        """Look through the library, again if it was looked through before."""
        self.close()
        self._worker = _Looking(self)
        self._worker.start()

    def close(self) -> None:
        """Stop looking; the thread ends after the file that it has in its hands."""
        if self._worker is not None:
            self._worker.stop()
            self._worker = None

    def look(self, stopping: Callable[[], bool] = lambda: False) -> None:
        """One whole look, in the thread that calls: the list, then every figure."""
        entries = self._library()
        cards = tuple(sorted(map(self._known, entries), key=lambda card: card.problem is not None))  # the others last
        with self._lock:
            self._cards, self._paths = cards, {entry.name: entry.path for entry in entries}
        for entry in entries:
            if stopping():
                return
            self.load_chosen()
            if entry.problem is None and self._still_missing(entry.name):
                self._load(entry.name)

    def load_chosen(self) -> None:
        """Load the movement of the chosen card, if it is wanted and not there."""
        with self._lock:
            name = self._chosen
            wanted = name is not None and name not in self._dances and name in self._paths
        if wanted and name is not None and self._card(name).problem is None:
            self._load(name)

    # -- in the background -----------------------------------------------------------------------------------------
    def _known(self, entry: LibraryEntry) -> DanceCard:
        """The card as far as the file's head and the history say; a figure that was drawn before is kept."""
        runs = self._history.runs(entry.name, limit_count=1)
        days_ago = days_since(runs[0].started_utc, self._now()) if runs else None
        if entry.summary is None:
            return DanceCard(entry.name, entry.name, days_ago=days_ago, problem=entry.problem or "?")
        info = entry.summary.info
        card = DanceCard(
            entry.name,
            info.title or entry.name,
            info.teacher,
            entry.summary.duration_s,
            best_score=self._history.best_score(entry.name),
            days_ago=days_ago,
            built_in=is_built_in(info),
        )
        with self._lock:
            old = next((one for one in self._cards or () if one.name == entry.name), None)
        if old is not None and (old.title, old.duration_s) == (card.title, card.duration_s):
            return replace(card, still=old.still, difficulty=old.difficulty)
        return card

    def _card(self, name: str) -> DanceCard:
        with self._lock:
            return next(card for card in self._cards or () if card.name == name)

    def _still_missing(self, name: str) -> bool:
        return self._card(name).still is None

    def _load(self, name: str) -> None:
        card = self._card(name)
        try:
            reference = self._read(self._paths[name])
        except CoachError as error:
            self._replace(replace(card, problem=getattr(error, "problem", error.sentence)))
            return
        track = reference.track
        dance = Dance(track, TeacherFraming.of_track(track, self._body))
        if card.still is None:
            estimate = estimate_difficulty(track, reference.beats_s, self._settings.difficulty)
            key_s = float(reference.key_moments_s[0]) if len(reference.key_moments_s) else reference.duration_s / 2
            still = dance.figure_at(key_s)
            self._replace(replace(card, still=still, difficulty=estimate.level if estimate is not None else None))
        with self._lock:
            if name == self._chosen or len(self._dances) < self._settings.kept_dances_count:
                self._dances[name] = dance
                self._dances.move_to_end(name)
            while len(self._dances) > self._settings.kept_dances_count:
                self._dances.popitem(last=False)

    def _replace(self, card: DanceCard) -> None:
        with self._lock:
            self._cards = tuple(card if one.name == card.name else one for one in self._cards or ())


class _Looking(Worker):
    """Looks through a shelf, then waits for what is chosen."""

    def __init__(self, shelf: DanceShelf) -> None:
        super().__init__("library", _STOP_TIMEOUT_S)
        self._shelf = shelf

    def _run(self) -> None:
        self._shelf.look(lambda: self.stopping)
        while not self.wait_s(_WAIT_S):
            self._shelf.load_chosen()
