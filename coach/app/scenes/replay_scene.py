"""The replay of the last run: its pictures with the overlay, slow if wanted, from one thing to work on to the next."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from coach.app.built_in_names import teacher_shown
from coach.app.result.result_model import CARDS_COUNT, ResultModel
from coach.app.result.tape_store import TapedFrame
from coach.app.scenes.menu_scene import MenuScene
from coach.app.studio.choices import next_choice
from coach.app.studio.later import Later
from coach.app.studio.preview import Preview
from coach.app.studio.scene import Back, Step
from coach.app.studio.studio_context import StudioContext
from coach.ui.commands import Command
from coach.ui.events import InputEvent, Pointer
from coach.ui.replay_screen import GROUPS_COUNT, ReplayScreen
from coach.ui.replay_view import ReplayItem, ReplayMoment, ReplayView
from coach.ui.teacher_framing import TeacherFraming
from coach.ui.window import Window

_NEAR_S = 0.75
"""A thing to work on is named so long before and after its moment."""
_PERCENT = 100.0


class ReplayScene(MenuScene):
    """Plays the tape of a run.

    Up and down choose a button, left and right jump, the mouse drags the bar.

    Parameters
    ----------
    context : StudioContext
    model : ResultModel
        With pictures (``has_pictures``).
    preview : Preview, optional
        What looks at the camera here, for the gestures.
    """

    def __init__(
        self,
        context: StudioContext,
        model: ResultModel,
        *,
        preview: Preview | None = None,
    ) -> None:
        super().__init__(context, preview)
        self._model = model
        self._settings = context.settings.tools.replay
        self._screen = ReplayScreen(context.settings.ui, self._look)
        self._frames = danced(model.tape.frames() if model.tape is not None else ())
        self._framing: Later[TeacherFraming] | None = None
        self._moments = self._things_to_work_on()
        self._items = tuple(item for item in ReplayItem if self._moments or item is not ReplayItem.NEXT_MOMENT)
        self._chosen = ReplayItem.PLAY
        self._playing = True
        self._speed = 0
        self._time_s = self._start_s
        self._last_now_s: float | None = None
        self._shown: tuple[TapedFrame, NDArray[np.uint8]] | None = None
        self._groups_count = 0

    @property
    def time_s(self) -> float:
        """Where in the run, on the student's clock."""
        return self._time_s

    # -- the shell's calls -----------------------------------------------------------------------------------------
    def enter(self, now_s: float) -> None:
        """Play from here on; how to frame the teacher is found out meanwhile."""
        self._last_now_s = now_s
        choreography, body = self._model.choreography, self._context.settings.ui.body
        if self._framing is None and choreography is not None:
            track = choreography.reference.track
            self._framing = Later("teacher's frame", lambda: TeacherFraming.of_track(track, body))
            self._framing.start()
        self._watch.enter(now_s)

    def leave(self) -> None:
        """The tape belongs to the result."""

    def obey(self, event: InputEvent, now_s: float) -> Step | None:
        """Play, pause, jump, slow down, leave."""
        if isinstance(event, Pointer):
            return self._point(event)
        if event in (Command.UP, Command.DOWN):
            self._chosen = next_choice(self._items, self._chosen, event)
        elif event in (Command.LEFT, Command.RIGHT):
            self.seek(self._time_s + (1 if event is Command.RIGHT else -1) * self._settings.skip_s)
        elif event is Command.CONFIRM:
            return self._do(self._chosen)
        elif event is Command.RESTART:
            self.seek(self._start_s)
        elif event in (Command.BACK, Command.QUIT):
            return Back()
        return None

    def update(self, now_s: float) -> Step | None:
        """Let the tape run."""
        self._watch.update(now_s)
        gap_s = 0.0 if self._last_now_s is None else max(now_s - self._last_now_s, 0.0)
        self._last_now_s = now_s
        if self._playing:
            self.seek(self._time_s + gap_s * self._settings.speeds_percent[self._speed] / _PERCENT)
            self._playing = self._time_s < self._end_s
        return None

    def draw(self, window: Window, now_s: float) -> None:
        """Draw the picture of this moment."""
        if self._look_changed():
            self._screen.use(self._look)
        self._groups_count = min(self._groups_count + 1, GROUPS_COUNT)
        self._screen.draw(window.surface, self.view(now_s), self._groups_count)

    def view(self, now_s: float) -> ReplayView:
        """What the screen shows at this moment."""
        taped = self._frame()
        reference_s = taped.reference_s if taped is not None else None
        choreography = self._model.choreography
        framing = self._framing.value if self._framing is not None else None
        teacher = None
        if choreography is not None and reference_s is not None and framing is not None:
            teacher = choreography.reference.track.frame(choreography.tables.index_at(reference_s))
        return ReplayView(
            bgr=self._picture(taped),
            pose=taped.pose if taped is not None else None,
            joints=taped.joints if taped is not None else (),
            judged=reference_s is not None,
            now_s=now_s,
            time_s=self._time_s,
            start_s=self._start_s,
            end_s=self._end_s,
            reference_s=reference_s,
            title=self._model.record.title,
            teacher=teacher,
            teacher_name=(
                teacher_shown(choreography.reference.info, self._look.language) if choreography is not None else ""
            ),
            teacher_mirrored=taped.mirrored if taped is not None else False,
            teacher_framing=framing,
            moments=self._moments,
            moment=self._moment_here(),
            playing=self._playing,
            speed_percent=self._settings.speeds_percent[self._speed],
            items=self._items,
            chosen=self._chosen,
            preview=self._watch.view,
            bindings=self.bindings,
        )

    # -- inside ----------------------------------------------------------------------------------------------------
    def seek(self, time_s: float) -> None:
        """Go to a time of the run; beyond its ends to these."""
        self._time_s = min(max(time_s, self._start_s), self._end_s)

    @property
    def _start_s(self) -> float:
        return self._frames[0].time_s if self._frames else 0.0

    @property
    def _end_s(self) -> float:
        return self._frames[-1].time_s if self._frames else 0.0

    def _do(self, item: ReplayItem) -> Step | None:
        if item is ReplayItem.PLAY:
            if self._time_s >= self._end_s:
                self.seek(self._start_s)
            self._playing = not self._playing
        elif item is ReplayItem.SPEED:
            self._speed = (self._speed + 1) % len(self._settings.speeds_percent)
        elif item is ReplayItem.NEXT_MOMENT:
            self._next_moment()
        else:
            return Back()
        return None

    def _next_moment(self) -> None:
        """On to the next thing to work on in time; after the last one to the first."""
        before_s = self._settings.before_s
        starts_s = sorted(moment.time_s - before_s for moment in self._moments)
        later = [start_s for start_s in starts_s if start_s > self._time_s + 1e-3]
        if starts_s:
            self.seek((later or starts_s)[0])
            self._playing = True

    def _point(self, pointer: Pointer) -> Step | None:
        share = self._screen.share_at(pointer.at)
        if share is not None and (pointer.pressed or pointer.held):
            self.seek(self._start_s + share * (self._end_s - self._start_s))
            return None
        hit = self._screen.hit(pointer.at)
        if hit is None:
            return None
        self._chosen = hit
        return self._do(hit) if pointer.pressed else None

    def _frame(self) -> TapedFrame | None:
        tape = self._model.tape
        return tape.at(self._time_s) if tape is not None else None

    def _picture(self, taped: TapedFrame | None) -> NDArray[np.uint8] | None:
        if taped is None:
            return None
        if self._shown is None or self._shown[0] is not taped:
            self._shown = (taped, taped.bgr())
        return self._shown[1]

    def _things_to_work_on(self) -> tuple[ReplayMoment, ...]:
        return tuple(
            ReplayMoment(number, moment.student_s, moment.text)
            for number, moment in enumerate(self._model.record.worst[:CARDS_COUNT], start=1)
            if self._start_s <= moment.student_s <= self._end_s
        )

    def _moment_here(self) -> int | None:
        near = [
            (abs(moment.time_s - self._time_s), index)
            for index, moment in enumerate(self._moments)
            if abs(moment.time_s - self._time_s) <= max(_NEAR_S, self._settings.before_s)
        ]
        return min(near)[1] if near else None


def danced(frames: Sequence[TapedFrame]) -> Sequence[TapedFrame]:
    """From the first picture in which the student was followed to the last one; all of them if there is none."""
    places = [index for index, taped in enumerate(frames) if taped.reference_s is not None]
    return frames[places[0] : places[-1] + 1] if places else frames
