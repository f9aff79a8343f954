"""What the history screen shows, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from coach.gestures.gesture import Gesture, GestureAction
from coach.ui.preview_pane import NO_PREVIEW, PreviewView
from coach.ui.result_view import CurvePoint

BACK = ""
"""Choice of the way back; every other choice is the name of a reference."""


@dataclass(frozen=True)
class RunRow:
    """One run in a list.

    Attributes
    ----------
    when, what : str
        Ready to be read.
    score : float or None
    """

    when: str
    what: str
    score: float | None


@dataclass(frozen=True)
class DanceHistory:
    """All that was danced of one reference.

    Attributes
    ----------
    curve : tuple of CurvePoint
        Oldest first.
    runs : tuple of RunRow
        Newest first.
    """

    name: str
    title: str
    runs_count: int
    best: float | None
    curve: tuple[CurvePoint, ...]
    runs: tuple[RunRow, ...]


@dataclass(frozen=True)
class HistoryView:
    """The screen.

    Attributes
    ----------
    dances : tuple of DanceHistory or None
        The latest danced first; None while they are looked up.
    chosen : str
        Name of a reference, or `BACK`.
    shown : str
        Whose runs are shown: the last reference that was chosen.
    """

    dances: tuple[DanceHistory, ...] | None
    chosen: str
    shown: str
    preview: PreviewView = NO_PREVIEW
    bindings: Mapping[Gesture, GestureAction] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
