"""Where in the routine the student is at each moment: tempo, stops and restarts as straight pieces of a line."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass

from coach.routine.mistakes import Mistake, stop_length_s
from coach.settings.routine import MistakeSettings


@dataclass(frozen=True)
class Piece:
    """From ``start_s`` on the student is at ``reference_s`` and moves on at ``speed`` reference seconds a second.

    ``walks_from_s`` is the place from which a dancer who starts over walks back during this piece.
    """

    start_s: float
    reference_s: float
    speed: float
    walks_from_s: float | None = None

    def reference_at(self, time_s: float) -> float:
        """Place in the routine at ``time_s``."""
        return self.reference_s + self.speed * (time_s - self.start_s)


class Timeline:
    """The student's way through a routine.

    Parameters
    ----------
    duration_s : float
        Length of the routine.
    tempo : float
        Reference seconds a student second while dancing.
    mistakes : tuple of Mistake
        Of which ``stops`` and ``restarts`` count here.
    settings : MistakeSettings
    """

    def __init__(
        self, duration_s: float, tempo: float, mistakes: tuple[Mistake, ...], settings: MistakeSettings
    ) -> None:
        self._duration_s = duration_s
        self._pieces = [Piece(0.0, 0.0, tempo)]
        for mistake in sorted(mistakes, key=lambda mistake: mistake.start_s):
            start_s = max(mistake.start_s, self._pieces[-1].start_s)
            here_s = self._pieces[-1].reference_at(start_s)
            if mistake.name == "stops":
                self._pieces.append(Piece(start_s, here_s, 0.0))
                self._pieces.append(Piece(start_s + stop_length_s(mistake, settings), here_s, tempo))
            elif mistake.name == "restarts":
                self._pieces.append(Piece(start_s, 0.0, 0.0, walks_from_s=here_s))
                self._pieces.append(Piece(start_s + settings.blend_s, 0.0, tempo))
        self._starts = [piece.start_s for piece in self._pieces]

    @property
    def end_s(self) -> float:
        """When the routine has been danced to its end."""
        last = self._pieces[-1]
        return last.start_s + max(0.0, self._duration_s - last.reference_s) / last.speed

    def time_at(self, reference_s: float) -> float:
        """When the student comes to ``reference_s`` for the first time."""
        for piece, next_s in zip(self._pieces, [*self._starts[1:], math.inf], strict=True):
            if piece.speed > 0.0:
                time_s = piece.start_s + (reference_s - piece.reference_s) / piece.speed
                if piece.start_s <= time_s < next_s:
                    return time_s
        return 0.0

    def piece(self, time_s: float) -> Piece:
        """The piece that holds at ``time_s``."""
        return self._pieces[max(0, bisect_right(self._starts, time_s) - 1)]
