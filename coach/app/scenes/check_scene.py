"""The first check, one question at a time: camera, place, sound, voice, timing; each can be skipped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from coach.app.check.check_answers import (
    AGAIN,
    CAMERA,
    DANCE,
    LACKING,
    LOOK_AGAIN,
    MEASURE,
    NO,
    SKIP,
    SKIP_ALL,
    VOICE_OFF,
    WITHOUT,
    YES,
    answers_to,
    facts_of,
    next_step,
    text_of,
    title_of,
)
from coach.app.check.check_devices import CheckDevices
from coach.app.scenes.menu_scene import MenuScene
from coach.app.studio.choices import next_choice
from coach.app.studio.preview import Preview
from coach.app.studio.scene import Back, Open, Scene, Step
from coach.app.studio.studio_context import StudioContext
from coach.judging.cue_texts import CueTexts
from coach.practice.framing_guide import FramingGuide, GuideReading
from coach.ui.check_screen import CheckScreen, CheckView
from coach.ui.commands import Command
from coach.ui.events import InputEvent
from coach.ui.guided_panel import Guided, Option
from coach.ui.window import Window
from coach.ui.words_check import CHECK_WORDS, CheckStep, CheckWords
from coach.ui.words_framing import guide_text

ORDER = tuple(CheckStep)


class CheckScene(MenuScene):
    """Goes through everything a practice needs, in about a minute.

    Left behind in any way it sets ``Preferences.check_done``: nobody is asked twice.

    Parameters
    ----------
    context : StudioContext
    preview : Preview
    cameras : callable
        Names of the cameras that are there; called in the background.
    use_camera : callable
        Opens the camera of this name from now on (it is already among the preferences).
    open_latency : callable
        Makes the scene of the latency check.
    latency_known : callable
        What was measured for the present devices in ms, None for nothing.
    voice_works : callable
    camera_trouble : callable, optional
        Why there is no picture, in a sentence; None while there is one.
    """

    def __init__(
        self,
        context: StudioContext,
        preview: Preview,
        *,
        cameras: Callable[[], Sequence[str]],
        use_camera: Callable[[str], None],
        open_latency: Callable[[], Scene],
        latency_known: Callable[[], float | None] = lambda: None,
        voice_works: Callable[[], bool] = lambda: True,
        camera_trouble: Callable[[], str | None] = lambda: None,
    ) -> None:
        super().__init__(context, preview)
        self._open_latency, self._latency_known = open_latency, latency_known
        self._devices = CheckDevices(context, self._watch, cameras, use_camera, voice_works, camera_trouble)
        self._screen = CheckScreen(context.settings.ui, self._look)
        self._guide = FramingGuide(context.settings.guide, context.settings.coach.cues.framing)
        self._begin()

    def _begin(self) -> None:
        self.step = CheckStep.CAMERA
        self.answers: dict[CheckStep, bool] = {}
        """What was answered: it works, or it does not; a step that was skipped is missing."""
        self._reading: GuideReading | None = None
        self._chosen = ""
        self._trouble = False
        self._next_tone_s: float | None = None
        self._measuring = False

    # -- life ------------------------------------------------------------------------------------------------------
    def enter(self, now_s: float) -> None:
        """Begin, or go on after the latency check."""
        self._watch.enter(now_s)
        if self._measuring:
            self._measuring = False
            if self._latency_known() is not None:
                self.answers[CheckStep.LATENCY] = True
            self._go_to(CheckStep.DONE, now_s)
            return
        self._begin()
        self._devices.list_cameras()
        self._choose_first()

    def leave(self) -> None:
        """Nothing goes on."""
        self._devices.stop()

    def update(self, now_s: float) -> Step | None:
        """Watch the dancer find a place, sound the tone."""
        newest = self._watch.update(now_s)
        if newest is not None and self.answers.get(CheckStep.CAMERA) is False:
            del self.answers[CheckStep.CAMERA]  # it came while the check went on without it
        if newest is not None and self.step is CheckStep.FRAMING:
            self._reading = self._guide.step(newest.observation, newest.framing, newest.observation.time_s)
            if self._reading.ready:
                self.answers[CheckStep.FRAMING] = True
                self._go_on(now_s)
        if self._next_tone_s is not None and now_s >= self._next_tone_s:
            self._next_tone_s = now_s + self._context.settings.home.tone_every_s
            self._context.sound.praise()
        return None

    def obey(self, event: InputEvent, now_s: float) -> Step | None:
        """Choose an answer."""
        options = [option.key for option in self._options()]
        if self._chosen not in options:
            self._chosen = options[0]
        if not isinstance(event, Command):
            hit = self._screen.hit(event.at)
            if hit not in options:
                return None
            self._chosen = str(hit)
            return self._take(self._chosen, now_s) if event.pressed else None
        if event in (Command.UP, Command.DOWN):
            self._chosen = next_choice(options, self._chosen, event)
        elif event is Command.CONFIRM:
            return self._take(self._chosen, now_s)
        elif event is Command.BACK and self.step is not CheckStep.CAMERA:
            self._go_to(next_step(self.step, self._devices.present, -1), now_s)
        elif event in (Command.BACK, Command.QUIT):
            return self._end()
        return None

    def draw(self, window: Window, now_s: float) -> None:
        """Draw the present question."""
        if self._look_changed():
            self._screen.use(self._look)
        self._screen.draw(window.surface, self.view())

    # -- answers ---------------------------------------------------------------------------------------------------
    def _take(self, key: str, now_s: float) -> Step | None:
        if key.startswith(CAMERA):
            self._devices.use_camera(key.removeprefix(CAMERA), now_s)
        elif key == YES:
            self.answers[self.step] = True
            self._go_on(now_s)
        elif key == LOOK_AGAIN:
            self._devices.look_again(self.step)
            self._ask(now_s)
        elif key == NO:
            self.answers[self.step] = False
            self._trouble = True
            self._ask(now_s)
        elif key == VOICE_OFF:
            self._context.preferences.change(voice=False)
            self.answers[self.step] = False
            self._go_on(now_s)
        elif key == WITHOUT:
            self.answers |= dict.fromkeys(LACKING[self.step], False)
            self._go_to(next_step(self.step, replace(self._devices.present, camera=False)), now_s)
        elif key == SKIP:
            self._go_on(now_s)
        elif key == MEASURE:
            self._measuring = True
            return Open(self._open_latency())
        elif key == AGAIN:
            self._begin()
            self._choose_first()
        elif key in (SKIP_ALL, DANCE):
            return self._end()
        return None

    def _end(self) -> Step:
        self._context.preferences.change(check_done=True)
        return Back()

    def _go_on(self, now_s: float) -> None:
        self._go_to(next_step(self.step, self._devices.present), now_s)

    def _go_to(self, step: CheckStep, now_s: float) -> None:
        self.step, self._trouble, self._reading = step, False, None
        self._guide.reset()
        self._ask(now_s)
        self._choose_first()

    def _ask(self, now_s: float) -> None:
        """Let the question be heard, too."""
        self._next_tone_s = now_s if self.step is CheckStep.SOUND else None
        if self.step is CheckStep.VOICE:
            self._context.say(self._words.can_you_hear_me)

    def _choose_first(self) -> None:
        self._chosen = self._options()[0].key

    # -- what is shown ---------------------------------------------------------------------------------------------
    @property
    def _words(self) -> CheckWords:
        return CHECK_WORDS[self._context.preferences.current.language]

    def _options(self) -> tuple[Option, ...]:
        devices = self._devices
        return answers_to(self.step, self._words, devices.other_cameras, devices.present, trouble=self._trouble)

    def view(self) -> CheckView:
        """What the screen shows at this moment."""
        words, step, present = self._words, self.step, self._devices.present
        options = self._options()
        guided = Guided(
            words.heading,
            title_of(step, words, present),
            text_of(step, words, present),
            options,
            self._chosen if self._chosen in [option.key for option in options] else options[0].key,
            ORDER.index(step),
            len(ORDER),
            note=self._note(),
            note_good=step is CheckStep.FRAMING and present.picture,
            facts=facts_of(self.answers, self._latency_known(), words) if step is CheckStep.DONE else (),
            bindings=self.bindings if present.picture else {},
        )
        return CheckView(guided, self._watch.view, self._reading, self._context.preferences.current.upper_body_only)

    def _note(self) -> str:
        words, step, chosen = self._words, self.step, self._context.preferences.current
        trouble = self._devices.trouble_with(step)
        if trouble or not self._devices.present.can_answer(step):
            return trouble
        if step is CheckStep.FRAMING and self._reading is not None:
            return guide_text(self._reading, CueTexts(chosen.language), upper_body_only=chosen.upper_body_only)
        if self._trouble:
            return {CheckStep.SOUND: words.no_sound, CheckStep.VOICE: words.no_voice}.get(step, "")
        return ""
