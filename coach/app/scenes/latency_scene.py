"""The latency check: by blinking or by clapping, kept for this camera and this loudspeaker, or taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from coach.app.check.device_latency import DeviceLatency
from coach.app.check.latency_answers import (
    AGAIN,
    BACK,
    BY_EAR,
    BY_EYE,
    READY,
    UNDO,
    USE,
    LatencyFacts,
    answers_at,
    refusal,
    result_text,
    text_at,
    title_at,
)
from coach.app.check.latency_run import ClapRun, FlashRun
from coach.app.check.latency_watch import LatencyWatch
from coach.app.scenes.menu_scene import MenuScene
from coach.app.studio.choices import next_choice
from coach.app.studio.preview import Preview
from coach.app.studio.scene import Back, Step
from coach.app.studio.studio_context import StudioContext
from coach.gestures.gesture import NO_GESTURE
from coach.practice.latency import LatencyFault, LatencyResult
from coach.ui.commands import Command
from coach.ui.events import InputEvent
from coach.ui.guided_panel import Guided, Option
from coach.ui.latency_screen import BeatView, LatencyScreen, LatencyView
from coach.ui.window import Window
from coach.ui.words_check import CHECK_WORDS, CheckWords, LatencyStage


class LatencyScene(MenuScene):
    """Measures how late camera and loudspeaker are.

    Clapping comes first: it measures all that there is between the sound that is sent and the movement that is seen.
    Blinking measures screen and camera only; where the camera does not see the screen, clapping is offered instead.
    What cannot work is not offered, and the page says why: no clapping without sound, nothing without a picture.

    Parameters
    ----------
    context : StudioContext
    preview : Preview
        Looks at the camera beside the check.
    latency : DeviceLatency
    camera_trouble : callable, optional
        Why there is no picture, in a sentence; None while there is one.
    """

    def __init__(
        self,
        context: StudioContext,
        preview: Preview,
        latency: DeviceLatency,
        camera_trouble: Callable[[], str | None] = lambda: None,
    ) -> None:
        super().__init__(context, preview)
        self._latency, self._camera_trouble = latency, camera_trouble
        self._settings = context.settings.latency
        self.handler = self._handler = LatencyWatch(preview)
        self._screen = LatencyScreen(context.settings.ui, self._look)
        self.stage = LatencyStage.INTRO
        self.result: LatencyResult | None = None
        self._by_eye = False
        self._flash: FlashRun | None = None
        self._clap: ClapRun | None = None
        self._chosen = ""
        self._note: LatencyFault | None = None

    # -- life ------------------------------------------------------------------------------------------------------
    def enter(self, now_s: float) -> None:
        """Begin with the question how to measure."""
        self._watch.enter(now_s)
        self._handler.take()
        self.result = self._note = None
        self._go_to(LatencyStage.INTRO)

    def leave(self) -> None:
        """Stop measuring."""
        self._stop()

    def update(self, now_s: float) -> Step | None:
        """Take in what the camera saw; when enough was measured, judge it."""
        self._watch.update(now_s)
        if self.stage is LatencyStage.CLAP_READY and not (self._facts.heard and self._facts.seen):
            self._go_to(LatencyStage.INTRO)  # where it says what is left
        run = self._flash or self._clap
        for seen in self._handler.take():
            if run is not None:
                run.see(seen)
        if self._clap is not None:
            self._clap.update(now_s)
        if run is not None and run.done(now_s):
            self._judge(run.result())
        return None

    def obey(self, event: InputEvent, now_s: float) -> Step | None:
        """Choose; while it measures, anything but going back is ignored."""
        options = [option.key for option in self._options()]
        if self._chosen not in options:  # a device came or went
            self._chosen = next(iter(options), "")
        if not isinstance(event, Command):
            hit = self._screen.hit(event.at) if self._flash is None else None
            if hit not in options:
                return None
            self._chosen = str(hit)
            return self._take(self._chosen, now_s) if event.pressed else None
        if event in (Command.BACK, Command.QUIT):
            return self._go_back()
        if event in (Command.UP, Command.DOWN) and options:
            self._chosen = next_choice(options, self._chosen, event)
        elif event is Command.CONFIRM and options:
            return self._take(self._chosen, now_s)
        return None

    def draw(self, window: Window, now_s: float) -> None:
        """Draw, and note when a change of brightness was drawn."""
        if self._look_changed():
            self._screen.use(self._look)
        view = self.view(now_s)
        self._screen.draw(window.surface, view)
        if self._flash is not None and view.bright is not None:
            self._flash.shown(self._context.clock.now_s(), view.bright)

    # -- what is chosen --------------------------------------------------------------------------------------------
    def _take(self, key: str, now_s: float) -> Step | None:
        if key == BY_EYE:
            self._start_flash(now_s)
        elif key in (BY_EAR, AGAIN):
            self._note = None
            self._go_to(LatencyStage.CLAP_READY)
        elif key == READY:
            self._start_clap(now_s)
        elif key == UNDO:
            self._latency.take_back()
            self._go_to(LatencyStage.INTRO)
        elif key == USE and self.result is not None:
            self._latency.keep(self.result)
            return Back()
        elif key == BACK:
            return self._go_back()
        return None

    def _go_back(self) -> Step | None:
        if self.stage is LatencyStage.INTRO:
            return Back()
        self._stop()
        self._note = None
        self._go_to(LatencyStage.INTRO)
        return None

    def _start_flash(self, now_s: float) -> None:
        self._by_eye = True
        self._flash = FlashRun(self._settings, now_s)
        self._go_to(LatencyStage.FLASH)

    def _start_clap(self, now_s: float) -> None:
        self._by_eye = False
        self._clap = ClapRun(self._settings, self._context.sound, now_s)
        self._go_to(LatencyStage.CLAP)

    def _judge(self, result: LatencyResult) -> None:
        self._stop()
        self.result, self._note = result, result.fault
        if result.ok:
            self._go_to(LatencyStage.RESULT)
        else:
            self._go_to(LatencyStage.CLAP_READY if self._facts.heard else LatencyStage.INTRO)

    def _stop(self) -> None:
        if self._clap is not None:
            self._clap.stop()
        self._flash = self._clap = None
        self._handler.measuring = False

    def _go_to(self, stage: LatencyStage) -> None:
        self.stage = stage
        self._handler.measuring = stage in (LatencyStage.FLASH, LatencyStage.CLAP)
        options = self._options()
        self._chosen = options[0].key if options else ""

    # -- what is shown ---------------------------------------------------------------------------------------------
    @property
    def _words(self) -> CheckWords:
        return CHECK_WORDS[self._context.preferences.current.language]

    @property
    def _facts(self) -> LatencyFacts:
        entry = self._latency.entry
        return LatencyFacts(
            language=self._look.language,
            camera_trouble=self._camera_trouble(),
            heard=self._context.sound.problem is None,
            known_ms=entry.latency_ms if entry is not None else None,
            by_eye=self._by_eye,
        )

    def _options(self) -> tuple[Option, ...]:
        return answers_at(self.stage, self._facts, self._words)

    def view(self, now_s: float) -> LatencyView:
        """What the screen shows at this moment."""
        words, stage, facts, options = self._words, self.stage, self._facts, self._options()
        keys = [option.key for option in options]
        result = self.result if stage is LatencyStage.RESULT else None
        guided = Guided(
            words.latency_heading,
            title_at(stage, facts, words),
            text_at(stage, facts, words) if result is None else result_text(result, self._latency.pair, facts, words),
            options,
            self._chosen if self._chosen in keys or not keys else keys[0],
            number=self._number(),
            note=refusal(self._note, facts, words),
            bindings=self.bindings if stage is not LatencyStage.CLAP else {},
        )
        bright = self._flash.bright(now_s) if self._flash is not None else None
        seen = replace(self._watch.view, gesture=NO_GESTURE) if self._clap is not None else self._watch.view
        return LatencyView(guided, seen, bright, self._beat(now_s))

    def _number(self) -> str:
        if self.stage is not LatencyStage.RESULT or self.result is None:
            return ""
        return self._words.milliseconds.format(value=round(self.result.median_ms))

    def _beat(self, now_s: float) -> BeatView | None:
        if self._clap is None:
            return None
        beat = self._settings.beat
        passed, since_s = self._clap.beat(now_s)
        listening = passed <= beat.listen_count
        count = beat.beats_count - beat.listen_count
        return BeatView(max(0, passed - beat.listen_count), count, listening, since_s, self._clap.seen_count)
