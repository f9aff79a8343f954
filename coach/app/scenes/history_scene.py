"""What was danced so far, by reference; confirming dances it again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from coach.app.result.result_model import curve_points, subtitle, was_whole
from coach.app.scenes.menu_scene import MenuScene
from coach.app.studio.choices import next_choice
from coach.app.studio.later import Later
from coach.app.studio.preview import Preview
from coach.app.studio.scene import Back, Open, Scene, Step
from coach.app.studio.studio_context import StudioContext
from coach.app.wall_clock import local_text
from coach.practice.run_record import RunRecord
from coach.ui.commands import Command
from coach.ui.events import InputEvent, Pointer
from coach.ui.history_screen import HistoryScreen
from coach.ui.history_view import BACK, DanceHistory, HistoryView, RunRow
from coach.ui.window import Window

RUNS_COUNT = 1000
"""No more are looked at; older ones stay in the history and its export."""
ROWS_COUNT = 30
_WHEN = {"de": "%d.%m.%Y  %H:%M"}
_WHEN_ELSE = "%Y-%m-%d  %H:%M"


class HistoryScene(MenuScene):
    """The dances so far.

    Parameters
    ----------
    context : StudioContext
    open_practice : callable
        Makes the scene that practises a reference, by its name in the library.
    preview : Preview, optional
        What looks at the camera here, for the gestures.
    """

    def __init__(
        self,
        context: StudioContext,
        *,
        open_practice: Callable[[str], Scene],
        preview: Preview | None = None,
    ) -> None:
        super().__init__(context, preview)
        self._open_practice = open_practice
        self._screen = HistoryScreen(context.settings.ui, self._look)
        self._found: Later[Sequence[RunRecord]] | None = None
        self._dances: tuple[DanceHistory, ...] | None = None
        self._chosen = self._shown = BACK

    @property
    def chosen(self) -> str:
        """Where confirming leads: a reference, or `BACK`."""
        return self._chosen

    # -- the shell's calls -----------------------------------------------------------------------------------------
    def enter(self, now_s: float) -> None:
        """Look the runs up (again: there may be new ones)."""
        self._watch.enter(now_s)
        history = self._context.history
        self._dances = None
        self._found = Later("history", lambda: history.runs(None, RUNS_COUNT))
        self._found.start()

    def leave(self) -> None:
        """Nothing to keep."""

    def obey(self, event: InputEvent, now_s: float) -> Step | None:
        """Move the choice, or open it."""
        if isinstance(event, Pointer):
            hit = self._screen.hit(event.at)
            if hit is None:
                return None
            self._choose(hit)
            return self._open() if event.pressed else None
        if event in (Command.UP, Command.DOWN):
            names = [*(dance.name for dance in self._dances or ()), BACK]
            self._choose(next_choice(names, self._chosen, event))
        elif event is Command.CONFIRM:
            return self._open()
        elif event in (Command.BACK, Command.QUIT):
            return Back()
        return None

    def update(self, now_s: float) -> Step | None:
        """Take what was found, and the newest picture."""
        self._watch.update(now_s)
        if self._dances is None and self._found is not None and not self._found.alive:
            self._dances = dances_of(self._found.value or (), self._look.language)
            if self._dances and self._shown == BACK:
                self._choose(self._dances[0].name)
        return None

    def draw(self, window: Window, now_s: float) -> None:
        """Draw what is known now."""
        if self._look_changed():
            self._dances = None
            self._screen.use(self._look)
        self._screen.draw(window.surface, self.view())

    def view(self) -> HistoryView:
        """What the screen shows at this moment."""
        return HistoryView(
            dances=self._dances,
            chosen=self._chosen,
            shown=self._shown,
            preview=self._watch.view,
            bindings=self.bindings,
            notices=tuple(self._context.notices),
        )

    def _choose(self, name: str) -> None:
        self._chosen = name
        if name != BACK:
            self._shown = name

    def _open(self) -> Step:
        return Back() if self._chosen == BACK else Open(self._open_practice(self._chosen))


def dances_of(runs: Sequence[RunRecord], language: str) -> tuple[DanceHistory, ...]:
    """Runs (newest first) by reference, the latest danced first."""
    by_name: dict[str, list[RunRecord]] = {}
    for run in runs:
        by_name.setdefault(run.reference, []).append(run)
    return tuple(_dance(name, own, language) for name, own in by_name.items())


def _dance(name: str, runs: Sequence[RunRecord], language: str) -> DanceHistory:
    whole = [run.score for run in runs if run.score is not None and was_whole(run)]
    return DanceHistory(
        name=name,
        title=runs[0].title or name,
        runs_count=len(runs),
        best=max(whole, default=None),
        curve=curve_points(list(reversed(runs)), runs[0]),
        runs=tuple(RunRow(when(run.started_utc, language), subtitle(run, language), run.score) for run in runs)[
            :ROWS_COUNT
        ],
    )


def when(started_utc: str, language: str) -> str:
    """A time of the history on this computer's clock."""
    return local_text(started_utc, _WHEN.get(language, _WHEN_ELSE))
