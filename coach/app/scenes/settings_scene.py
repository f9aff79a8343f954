"""The settings: every change holds at once and is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from coach.app.scenes.menu_scene import MenuScene
from coach.app.studio.choices import next_choice
from coach.app.studio.later import Later
from coach.app.studio.preview import Preview
from coach.app.studio.scene import Back, Step
from coach.app.studio.studio_context import StudioContext
from coach.ui.commands import Command
from coach.ui.events import InputEvent
from coach.ui.settings_screen import BACK, SettingRow, SettingsScreen, SettingsView
from coach.ui.settings_table import FIELDS, Value, group_of, stepped
from coach.ui.window import Window
from coach.ui.words_settings import SETTINGS_WORDS

CAMERA = "camera"


class SettingsScene(MenuScene):
    """All of `Preferences`, by key, mouse and gesture.

    Up and down go through all settings of all groups and to the way back; left and right change the value, and so
    does confirming (from the last value on to the first), so that three gestures are enough.

    Parameters
    ----------
    context : StudioContext
    cameras : callable
        Names of the cameras that are there; called in the background.
    changed : callable, optional
        Told the field after each change: whoever has to do something about it does so (open another camera ...).
    preview : Preview, optional
        What looks at the camera here, for the gestures.
    """

    def __init__(
        self,
        context: StudioContext,
        cameras: Callable[[], Sequence[str]],
        *,
        changed: Callable[[str], None] = lambda field: None,
        preview: Preview | None = None,
    ) -> None:
        super().__init__(context, preview)
        self._list_cameras, self._changed = cameras, changed
        self._screen = SettingsScreen(context.settings.ui, self._look)
        self._chosen = self._last_field = FIELDS[0]
        self._cameras: Later[Sequence[str]] | None = None

    @property
    def chosen(self) -> str:
        """The field (or the way back) that is chosen."""
        return self._chosen

    def enter(self, now_s: float) -> None:
        """Look which cameras there are."""
        self._watch.enter(now_s)
        self._cameras = Later("camera names", self._list_cameras)
        self._cameras.start()

    def leave(self) -> None:
        """Nothing goes on."""
        if self._cameras is not None:
            self._cameras.stop()

    def obey(self, event: InputEvent, now_s: float) -> Step | None:
        """Move the choice or change a value."""
        if not isinstance(event, Command):
            hit = self._screen.hit(event.at)
            if hit is None:
                return None
            if hit.step or event.pressed or hit.chosen == BACK:
                self._choose(hit.chosen)
            if event.pressed and hit.step:
                self._change(hit.step, around=True)
            return Back() if event.pressed and hit.chosen == BACK else None
        if event in (Command.UP, Command.DOWN):
            self._choose(next_choice((*FIELDS, BACK), self._chosen, event))
        elif event in (Command.LEFT, Command.RIGHT):
            self._change(1 if event is Command.RIGHT else -1, around=False)
        elif event is Command.CONFIRM:
            if self._chosen == BACK:
                return Back()
            self._change(1, around=True)
        elif event in (Command.BACK, Command.QUIT):
            return Back()
        return None

    def _choose(self, chosen: str) -> None:
        self._chosen = chosen
        if chosen != BACK:
            self._last_field = chosen

    def update(self, now_s: float) -> Step | None:
        """Take the newest picture."""
        self._watch.update(now_s)
        return None

    def draw(self, window: Window, now_s: float) -> None:
        """Draw the settings as they look with themselves."""
        if self._look_changed():
            self._screen.use(self._look)
        self._screen.draw(window.surface, self.view())

    def view(self) -> SettingsView:
        """What the screen shows at this moment."""
        rows = {field: self._row(field) for field in FIELDS}
        group_key = group_of(self._last_field).key
        return SettingsView(rows, self._chosen, group_key, self._watch.view, self.bindings)

    def _row(self, field: str) -> SettingRow:
        words, value = SETTINGS_WORDS[self._look.language], self._value(field)
        names = self._camera_names()
        if field == CAMERA and value and names is not None and value not in names:
            return SettingRow(field, words.camera_away.format(name=value))
        return SettingRow(field, words.value_text(field, value), value if isinstance(value, bool) else None)

    def _value(self, field: str) -> Value:
        value: Value = getattr(self._context.preferences.current, field)
        return value

    def _camera_names(self) -> tuple[str, ...] | None:
        """None while they are not known."""
        names = self._cameras.value if self._cameras is not None else None
        return None if names is None else tuple(dict.fromkeys(name for name in names if name))

    def _values(self, field: str) -> tuple[Value, ...]:
        """What can be chosen; a camera that is away stays on offer while it is the chosen one."""
        if field != CAMERA:
            return next(setting.values for setting in group_of(field).settings if setting.field == field)
        return tuple(dict.fromkeys(("", *(self._camera_names() or ()), str(self._value(CAMERA)))))

    def _change(self, by: int, *, around: bool) -> None:
        if self._chosen == BACK:
            return
        value = self._value(self._chosen)
        around = around or isinstance(value, bool)  # a switch has no ends
        new = stepped(self._values(self._chosen), value, by, around=around)
        if new != value:
            self._context.preferences.change(**{self._chosen: new})
            self._changed(self._chosen)
