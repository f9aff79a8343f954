"""From one practice to the next: scenes made in the background, what was danced kept, the result shown."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

from coach.app.getting_ready import Tell
from coach.app.options import PracticeOptions
from coach.app.practising.practice_end import PracticeEnd
from coach.app.practising.practice_parts import Practice, PracticeWorld, make_practice
from coach.app.practising.practice_request import PracticeRequest
from coach.app.result.result_model import ResultModel
from coach.app.scenes.getting_ready_scene import GettingReadyScene
from coach.app.scenes.last_picture import LastPicture
from coach.app.scenes.practice_scene import PracticeScene
from coach.app.scenes.replay_scene import ReplayScene
from coach.app.scenes.result_scene import ResultScene
from coach.app.studio.preview import Preview
from coach.app.studio.scene import Back, Replace, Scene, Step
from coach.app.studio.show import Show
from coach.practice.run_record import RunRecord
from coach.session.choreography import Choreography
from coach.settings.app import AppSettings
from coach.storage.library import resolve
from coach.storage.reference_hdf5 import read_reference
from coach.storage.run_logs import RunLogs
from coach.storage.session_log import SessionLog
from coach.ui.look import Look
from coach.ui.words_practice import PRACTICE_WORDS

Chosen = Callable[[], tuple[PracticeOptions, AppSettings]]


def nothing() -> None:
    """Nothing has to be done."""


def nobody(_practice: Practice) -> None:
    """Nobody has to know."""


class Practices:
    """Makes the scenes of practices, and knows what follows them.

    Parameters
    ----------
    chosen : callable
        Options and settings as they hold now.
    world : PracticeWorld
    executor : Executor
        For what takes time.
    logs : RunLogs
        A file for each practice, if one was asked for.
    kept : bool
        Whether what is danced goes into the history.
    restart : callable, optional
        Lets the source begin from its start, where each practice needs that (films, the drawn dancer).
    shown : callable, optional
        Told which practice is shown, before its source begins: whoever dances for it then knows what is played.
    left : callable, optional
        Called when a practice is left.
    preview : Preview, optional
        What looks at the camera while the result is shown.
    show : Show, optional
        The window, to draw ahead for, and the pictures that were asked for.
    """

    def __init__(
        self,
        chosen: Chosen,
        world: PracticeWorld,
        executor: Executor,
        logs: RunLogs,
        *,
        kept: bool,
        restart: Callable[[], None] = nothing,
        shown: Callable[[Practice], None] = nobody,
        left: Callable[[], None] = nothing,
        preview: Preview | None = None,
        show: Show | None = None,
    ) -> None:
        self._chosen, self._world, self._executor, self._logs = chosen, world, executor, logs
        self._kept, self._restart, self._shown, self._left = kept, restart, shown, left
        self._preview, self._show = preview, show
        self._known: _Known | None = None

    def first(self, choreography: Choreography, request: PracticeRequest) -> PracticeScene:
        """The practice that everything was opened for: its source begins by itself."""
        options, settings = self._chosen()
        self._known = _Known(request.reference, settings, choreography)
        practice = make_practice(choreography, request, options, settings, self._world, SessionLog(self._logs))
        return self._scene(practice, restart=False)

    def open(self, request: PracticeRequest) -> Scene:
        """A practice, after a calm page while it gets ready."""
        context = self._world.context
        look = Look.of(context.preferences.current)
        return GettingReadyScene(self._executor, lambda tell: self._make(request, tell), context.settings.ui, look)

    def _make(self, request: PracticeRequest, tell: Tell) -> Scene:
        """In the background."""
        options, settings = self._chosen()
        tell(PRACTICE_WORDS[options.language].reading)
        if self._known is None or not self._known.is_for(request.reference, settings):
            reference = read_reference(resolve(request.reference))
            choreography = Choreography.of_reference(reference, settings.coach)
            self._known = _Known(request.reference, settings, choreography)
        log = SessionLog(self._logs)
        practice = make_practice(self._known.choreography, request, options, settings, self._world, log)
        scene = self._scene(practice, restart=True)
        self._warm_up(scene)
        return scene

    def _scene(self, practice: Practice, *, restart: bool) -> PracticeScene:
        def started() -> None:
            self._shown(practice)
            if restart:
                self._restart()

        return PracticeScene(practice, self._ended, keep=self._keep, started=started, left=self._left)

    def _warm_up(self, scene: PracticeScene) -> None:
        """Have its letters and shapes drawn before it is shown."""
        if self._show is not None and self._show.visible and self._show.window is not None:
            scene.draw_ahead(self._show.window.size_px)

    def _keep(self, end: PracticeEnd) -> None:
        """Into the history, if it is worth it; in the background, where a slow disk holds up nothing."""
        record = end.record
        if record is not None and self._is_kept(end, record):
            self._executor.submit(self._world.context.history.add, record)

    def _is_kept(self, end: PracticeEnd, record: RunRecord) -> bool:
        return self._kept and (end.finished or record.danced_s >= end.practice.settings.practice.min_kept_s)

    def _ended(self, end: PracticeEnd) -> Step:
        """The result after a dance, or of what there is of it where that was asked for; who broke off wants to go."""
        record, screenshots = end.record, self._show is not None and bool(self._show.pending)
        stays = self._world.visible and end.practice.options.live.duration_s is None
        if record is None or not (end.finished or end.result_wanted) or not (stays or screenshots):
            return Back()
        model = ResultModel(
            record, end.practice.choreography, end.practice.companions.tape, kept=self._is_kept(end, record)
        )
        context, preview = self._world.context, self._preview
        result = ResultScene(
            context,
            model,
            self.open,
            preview=preview,
            open_replay=lambda model: ReplayScene(context, model, preview=preview),
        )
        return Replace(result if stays else LastPicture(result))


@dataclass(frozen=True)
class _Known:
    """The dance that was practised last, which is often practised again."""

    name: str
    settings: AppSettings
    choreography: Choreography

    def is_for(self, name: str, settings: AppSettings) -> bool:
        return name in (self.name, resolve(self.name).stem) and settings == self.settings
