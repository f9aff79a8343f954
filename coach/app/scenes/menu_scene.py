"""What all menus share: the camera's picture and gestures, and the look that the user chose."""

from __future__ import annotations

from collections.abc import Mapping

from coach.app.studio.preview import Preview
from coach.app.studio.preview_watch import PreviewWatch
from coach.app.studio.scene import FrameHandler
from coach.app.studio.studio_context import StudioContext
from coach.gestures.gesture import Gesture, GestureAction
from coach.ui.commands import KeyContext
from coach.ui.look import Look


class MenuScene:
    """The common part of a scene on which nobody dances.

    Parameters
    ----------
    context : StudioContext
    preview : Preview or None
        What looks at the camera here; None where nothing does.
    """

    keys = KeyContext.MENU

    def __init__(self, context: StudioContext, preview: Preview | None) -> None:
        self.handler: FrameHandler | None = preview
        self._context = context
        self._watch = PreviewWatch(preview, context.settings.home.camera_gone_after_s)
        self._look = Look.of(context.preferences.current)

    @property
    def bindings(self) -> Mapping[Gesture, GestureAction]:
        """The gestures that are obeyed here."""
        return self._watch.bindings if self._context.preferences.current.gestures else {}

    def _look_changed(self) -> bool:
        """Take over the look as it was chosen; whether it is another one than before."""
        look, before = Look.of(self._context.preferences.current), self._look
        self._look = look
        return look != before
