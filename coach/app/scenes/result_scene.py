"""The result of a practice: look, then practise on - by key, mouse or gesture."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from coach.app.practising.practice_request import PracticeRequest
from coach.app.result.result_cursor import ResultCursor
from coach.app.result.result_model import CURVE_RUNS_COUNT, ResultModel, result_page, work_cards
from coach.app.scenes.menu_scene import MenuScene
from coach.app.studio.later import Later
from coach.app.studio.preview import Preview
from coach.app.studio.scene import Home, Open, Replace, Scene, Step
from coach.app.studio.studio_context import StudioContext
from coach.practice.plan import PracticePlan, plan_for_span, standing
from coach.practice.run_record import RunRecord
from coach.ui.commands import Command
from coach.ui.events import InputEvent, Pointer
from coach.ui.result_screen import ResultScreen
from coach.ui.result_view import ResultChoice, ResultItem, ResultPage, ResultView, WorkCard
from coach.ui.window import Window


class ResultScene(MenuScene):
    """Shows one result.

    Up and down, and left and right, go through the buttons, the things to work on and the heat bar; on the bar left
    and right choose the phrase. Confirming the bar goes into it (then up and down choose the phrase, too), and
    confirming again practises that phrase. Going back leads home, as does the button.

    Parameters
    ----------
    context : StudioContext
    model : ResultModel
    start : callable
        Makes the scene that practises a request.
    preview : Preview, optional
        What looks at the camera here, for the gestures.
    open_replay : callable, optional
        Makes the scene of the replay; without it, or without pictures, none is offered.
    """

    def __init__(
        self,
        context: StudioContext,
        model: ResultModel,
        start: Callable[[PracticeRequest], Scene],
        *,
        preview: Preview | None = None,
        open_replay: Callable[[ResultModel], Scene] | None = None,
    ) -> None:
        super().__init__(context, preview)
        self._model, self._start = model, start
        self._open_replay = open_replay if model.has_pictures else None
        self._tools = context.settings.tools
        self._plan: PracticePlan | None = model.plan(self._tools)
        self._screen = ResultScreen(context.settings.ui, self._look)
        self._cards: Later[tuple[WorkCard, ...]] | None = None
        self._earlier: Later[Sequence[RunRecord]] | None = None
        self._page: tuple[object, ResultPage] | None = None
        self._leaves_for_good = False
        self._cursor = ResultCursor(self._items(), len(model.record.phrases), self._weakest())

    @property
    def chosen(self) -> ResultChoice:
        """Where confirming leads."""
        return self._cursor.chosen

    @property
    def ready(self) -> bool:
        """Whether pictures and earlier results are there."""
        return all(later is not None and not later.alive for later in (self._cards, self._earlier))

    # -- the shell's calls -----------------------------------------------------------------------------------------
    def enter(self, now_s: float) -> None:
        """Begin to prepare the pictures, and to look up earlier results."""
        self._watch.enter(now_s)
        if self._cards is None:
            model, history = self._model, self._context.history
            self._cards = Later("result pictures", lambda: work_cards(model))
            self._earlier = Later("earlier results", lambda: _earlier(history.runs, model.record))
            self._cards.start()
            self._earlier.start()

    def leave(self) -> None:
        """For the replay the pictures stay ready; whoever leaves for good leaves none of them behind."""
        if self._leaves_for_good and self._model.tape is not None:
            self._model.tape.close()

    def obey(self, event: InputEvent, now_s: float) -> Step | None:
        """Move the choice, or do what is chosen."""
        step = self._point(event) if isinstance(event, Pointer) else self._command(event)
        self._leaves_for_good = isinstance(step, Home | Replace)
        return step

    def _command(self, event: Command) -> Step | None:
        cursor = self._cursor
        if event in (Command.LEFT, Command.RIGHT) and cursor.on_bar:
            cursor.move_in_bar(1 if event is Command.RIGHT else -1)
        elif event in (Command.UP, Command.DOWN, Command.LEFT, Command.RIGHT):
            cursor.step(1 if event in (Command.DOWN, Command.RIGHT) else -1, len(self._page_now().cards))
        elif event is Command.CONFIRM:
            return self._confirm()
        elif event is Command.PLAN:
            return self._do(ResultChoice(ResultItem.PLAN))
        elif event is Command.RESTART:
            return self._do(ResultChoice(ResultItem.AGAIN))
        elif event is Command.BACK and cursor.in_bar:
            cursor.in_bar = False
        elif event in (Command.BACK, Command.QUIT):
            return Home()
        return None

    def update(self, now_s: float) -> Step | None:
        """Take the newest picture."""
        self._watch.update(now_s)
        return None

    def draw(self, window: Window, now_s: float, *, at_once: bool = False) -> None:
        """Draw what is known now; unless ``at_once``, a new page is built up over some pictures."""
        if self._look_changed():
            self._page = None
            self._screen.use(self._look)
        self._screen.draw(window.surface, self.view(now_s), at_once=at_once)

    def view(self, now_s: float) -> ResultView:
        """What the screen shows at this moment."""
        return ResultView(
            page=self._page_now(),
            now_s=now_s,
            items=self._items(),
            chosen=self._cursor.chosen,
            phrase=self._cursor.phrase,
            in_bar=self._cursor.in_bar,
            preview=self._watch.view,
            bindings=self.bindings,
            notices=tuple(self._context.notices),
        )

    # -- what the user wants ---------------------------------------------------------------------------------------
    def _items(self) -> tuple[ResultItem, ...]:
        items = [ResultItem.PLAN] if self._plan is not None else []
        items.append(ResultItem.AGAIN)
        if self._open_replay is not None:
            items.append(ResultItem.REPLAY)
        return (*items, ResultItem.HOME)

    def _confirm(self) -> Step | None:
        cursor = self._cursor
        if not cursor.on_bar:
            return self._do(cursor.chosen)
        if not cursor.in_bar:
            cursor.in_bar = True
            return None
        return self._do(ResultChoice(ResultItem.PHRASE, cursor.phrase or 0))

    def _point(self, pointer: Pointer) -> Step | None:
        hit = self._screen.hit(pointer.at)
        if hit is None:
            return None
        self._cursor.point(hit)
        return self._do(hit) if pointer.pressed else None

    def _do(self, choice: ResultChoice) -> Step | None:
        record = self._model.record
        if choice.item is ResultItem.PLAN:
            return self._practise(self._plan) if self._plan is not None else None
        if choice.item is ResultItem.AGAIN:
            request = PracticeRequest(record.reference, record.span_s, record.tempo_percent)
            return Replace(self._start(request))
        if choice.item is ResultItem.REPLAY:
            return Open(self._open_replay(self._model)) if self._open_replay is not None else None
        if choice.item is ResultItem.CARD:
            return self._practise_phrase(self._phrase_at(self._page_now().cards[choice.index].place_s))
        if choice.item is ResultItem.PHRASE:
            return self._practise_phrase(choice.index)
        return Home()

    def _practise_phrase(self, index: int | None) -> Step | None:
        """That spot alone: slow, faster, at full speed."""
        if index is None:
            return None
        record, settings = self._model.record, self._tools.plan
        phrase = record.phrases[index]
        span_s = (phrase.start_s, phrase.end_s)
        return self._practise(plan_for_span(record.reference, span_s, settings, standing(phrase, settings)))

    def _practise(self, plan: PracticePlan) -> Step:
        return Replace(self._start(PracticeRequest(self._model.record.reference, plan=plan)))

    # -- what is shown ---------------------------------------------------------------------------------------------
    def _page_now(self) -> ResultPage:
        """The page with what has been prepared so far; the same one as long as nothing changes."""
        cards = self._cards.value if self._cards is not None else None
        earlier = self._earlier.value if self._earlier is not None else None
        known = (cards is None, earlier is None, self._look.language)
        if self._page is None or self._page[0] != known:
            if cards is None:
                cards = work_cards(ResultModel(self._model.record))
            language = self._look.language
            self._page = (known, result_page(self._model, cards, earlier or (), language, self._tools))
        return self._page[1]

    def _weakest(self) -> int | None:
        """The phrase that most needs practice; the first where none was judged, None where there is none."""
        phrases = self._model.record.phrases
        judged = [
            (value, index)
            for index, phrase in enumerate(phrases)
            if (value := standing(phrase, self._tools.plan)) is not None
        ]
        return min(judged)[1] if judged else (0 if phrases else None)

    def _phrase_at(self, place_s: float) -> int | None:
        phrases = self._model.record.phrases
        return next((i for i, phrase in enumerate(phrases) if phrase.start_s <= place_s < phrase.end_s), None)


def _earlier(runs: Callable[[str, int], Sequence[RunRecord]], record: RunRecord) -> list[RunRecord]:
    """The other runs of this reference, oldest first."""
    newest_first = runs(record.reference, CURVE_RUNS_COUNT + 1)
    return [run for run in reversed(newest_first) if run.started_utc != record.started_utc]
