"""Camera, loudspeaker and voice as the first check finds them, and looking for them again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from coach.app.check.check_answers import Present, other_cameras
from coach.app.studio.later import Later
from coach.app.studio.preview_watch import PreviewWatch
from coach.app.studio.studio_context import StudioContext
from coach.ui.said import said
from coach.ui.words_check import CheckStep


class CheckDevices:
    """What there is to see and hear with.

    Parameters
    ----------
    context : StudioContext
    watch : PreviewWatch
        The camera's pictures.
    cameras : callable
        Names of the cameras that are there; called in the background.
    use_camera : callable
        Opens the camera of this name from now on (it is already among the preferences).
    voice_works : callable
    camera_trouble : callable
        Why there is no picture, in a sentence; None while there is one.
    """

    def __init__(
        self,
        context: StudioContext,
        watch: PreviewWatch,
        cameras: Callable[[], Sequence[str]],
        use_camera: Callable[[str], None],
        voice_works: Callable[[], bool],
        camera_trouble: Callable[[], str | None],
    ) -> None:
        self._context, self._watch = context, watch
        self._list_cameras, self._use_camera = cameras, use_camera
        self._voice_works, self._camera_trouble = voice_works, camera_trouble
        self._names: Later[Sequence[str]] | None = None

    @property
    def present(self) -> Present:
        """What answers at this moment."""
        picture, sound = self._watch.newest is not None, self._context.sound.problem is None
        return Present(picture, picture or self._camera_trouble() is None, sound, self._voice_works())

    def trouble_with(self, step: CheckStep) -> str:
        """What is known to be wrong with what a step needs, in the language of the screen; empty for nothing."""
        problem = self._context.sound.problem if step is CheckStep.SOUND else None
        if step in (CheckStep.CAMERA, CheckStep.FRAMING, CheckStep.LATENCY) and not self.present.camera:
            problem = self._camera_trouble()
        return said(problem or "", self._context.preferences.current.language)

    # -- cameras ---------------------------------------------------------------------------------------------------
    def list_cameras(self) -> None:
        """Begin to find out which cameras there are."""
        self.stop()
        self._names = Later("camera names", self._list_cameras)
        self._names.start()

    def stop(self) -> None:
        """Nothing goes on."""
        if self._names is not None:
            self._names.stop()

    def join(self, timeout_s: float) -> None:
        """Wait until the cameras are known."""
        if self._names is not None:
            self._names.join(timeout_s)

    @property
    def other_cameras(self) -> list[str]:
        """Cameras besides the present one, as far as they are known yet."""
        names = self._names.value if self._names is not None else None
        return other_cameras(names or (), self._context.preferences.current.camera)

    def use_camera(self, name: str, now_s: float) -> None:
        """Take this one from now on."""
        self._context.preferences.change(camera=name)
        self._use_camera(name)
        self._watch.enter(now_s)

    def look_again(self, step: CheckStep) -> None:
        """For what did not answer; a camera that is just being opened is looked for already."""
        if step is CheckStep.SOUND:
            self._context.sound.try_again()
        elif not self.present.camera:
            self.list_cameras()
            self._use_camera(self._context.preferences.current.camera)
