"""Every screen in every state, for whoever looks at them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pygame

from coach.alignment.tracked_position import TrackState
from coach.gestures.gesture import Gesture, GestureAction, GestureState
from coach.judging.cue_texts import CueTexts
from coach.judging.verdicts import FramingHint
from coach.practice.framing_guide import GuideReading
from coach.practice.latency import LatencyFault
from coach.practice.stages import Stage
from coach.settings.ui import UiSettings
from coach.ui.canvas import Canvas
from coach.ui.check_screen import CheckScreen, CheckView
from coach.ui.framing_outline import draw_framing_outline
from coach.ui.guided_panel import Fact, Guided, Option
from coach.ui.history_screen import HistoryScreen
from coach.ui.home_screen import HomeScreen
from coach.ui.latency_screen import BeatView, LatencyScreen, LatencyView
from coach.ui.look import Look
from coach.ui.picture import PictureView
from coach.ui.practice_screen import PracticeScreen
from coach.ui.practice_tools import CardView, LoopView, PauseChoice, PauseView, ToolsView
from coach.ui.record_screen import RecordScreen
from coach.ui.replay_screen import ReplayScreen
from coach.ui.result_screen import ResultScreen
from coach.ui.said import said
from coach.ui.settings_screen import BACK, SettingsScreen
from coach.ui.splash_screen import SplashScreen
from coach.ui.view import PracticeView, RecordView, SplashView, StatusNumbers
from coach.ui.words_check import CHECK_WORDS, CheckStep, LatencyStage
from coach.ui.words_framing import guide_text
from coach.ui.words_gestures import GESTURE_WORDS
from tests.builders_check import latency_view
from tests.builders_menus import BINDINGS, LONG_CAMERA, home_views, preview_view, settings_view
from tests.builders_result import (
    empty_page,
    film_page,
    make_history_view,
    make_page,
    make_replay_view,
    make_result_view,
)
from tests.builders_ui import (
    NO_SCORE,
    camera_picture,
    make_state,
    make_view,
    practice_views,
    student_pose,
    teacher_framing,
    teacher_pose,
)

Draw = Callable[[pygame.Surface, Look], None]
SETTINGS = UiSettings()
DANCE_BINDINGS = {
    Gesture.RIGHT_HAND_UP: GestureAction.PAUSE,
    Gesture.BOTH_HANDS_UP: GestureAction.RESTART,
    Gesture.LEFT_ARM_OUT: GestureAction.BACK,
    Gesture.RIGHT_ARM_OUT: GestureAction.NEXT,
}


@dataclass(frozen=True)
class Shown:
    """One state of one screen."""

    screen: str
    state: str
    draw: Draw

    def __str__(self) -> str:
        return f"{self.screen}-{self.state}"


def gallery() -> list[Shown]:
    """All of them."""
    return [
        *_practice(),
        *_tools(),
        *_home(),
        *_settings(),
        *_framing(),
        *_check(),
        *_latency(),
        *_result(),
        *_pages(),
    ]


def _practice() -> list[Shown]:
    def draw_state(state: str) -> Draw:
        return lambda surface, look: PracticeScreen(SETTINGS, look).draw(surface, practice_views()[state])

    return [Shown("practice", state, draw_state(state)) for state in practice_views()]


def _tools() -> list[Shown]:
    """The practice with its tools at work."""
    card = CardView(teacher_pose(), ("left_arm",), teacher_framing())
    loop = LoopView((5.0, 13.0), passes_count=2, last_score=81.0)
    pause = PauseView(tuple(PauseChoice), PauseChoice.LOOP, True, DANCE_BINDINGS, BINDINGS)
    holding = GestureState(Gesture.RIGHT_HAND_UP, GestureAction.PAUSE, 0.6)

    def views(language: str) -> dict[str, PracticeView]:
        word = GESTURE_WORDS[language].practice[GestureAction.PAUSE]
        guide = GuideReading(FramingHint.ARMS_CUT_OFF, 0.0, False)
        told = guide_text(guide, CueTexts(language))
        return {
            "loop": make_view(tools=ToolsView(loop=loop, metronome_on=True), tempo_percent=70.0),
            "next_pose": make_view(tools=ToolsView(card=card)),
            "gesture": make_view(tools=ToolsView(gesture=holding, gesture_label=word)),
            "plan": make_view(tools=ToolsView(loop=loop, plan=(2, 5)), tempo_percent=70.0),
            "delayed": make_view(tools=ToolsView(delay_s=4.0, delayed_bgr=camera_picture())),
            "pause_menu": make_view(paused=True, tools=ToolsView(pause=pause)),
            "guide": make_view(
                make_state(TrackState.SEARCHING, score=NO_SCORE), music_s=None,
                tools=ToolsView(guide=guide, guide_text=told),
            ),
            "bare": make_view(tools=ToolsView(stage=Stage.BARE)),
        }  # fmt: skip

    def draw_state(state: str) -> Draw:
        return lambda surface, look: PracticeScreen(SETTINGS, look).draw(surface, views(look.language)[state])

    return [Shown("tools", state, draw_state(state)) for state in views("en")]


def _home() -> list[Shown]:
    def draw_state(state: str) -> Draw:
        return lambda surface, look: HomeScreen(SETTINGS, look).draw(surface, home_views(look.language)[state])

    return [Shown("home", state, draw_state(state)) for state in home_views()]


def _settings() -> list[Shown]:
    def draw_field(field: str) -> Draw:
        def draw(surface: pygame.Surface, look: Look) -> None:
            camera = {"camera": LONG_CAMERA} if field == "camera" else {}
            SettingsScreen(SETTINGS, look).draw(surface, settings_view(field, look.language, **camera))

        return draw

    fields = ("text_size_percent", "voice", "camera", "feedback", "delayed_mirror_s", BACK)
    return [Shown("settings", field, draw_field(field)) for field in fields]


def _framing() -> list[Shown]:
    readings = {
        "wrong": GuideReading(FramingHint.ARMS_CUT_OFF, 0.0, False),
        "well": GuideReading(None, 0.6, False),
        "ready": GuideReading(None, 1.0, True),
    }

    def draw_reading(reading: GuideReading, upper: bool) -> Draw:
        def draw(surface: pygame.Surface, look: Look) -> None:
            canvas = Canvas(SETTINGS, look)
            canvas.begin(surface)
            stage = surface.get_rect()
            place = PictureView().draw(canvas, stage, camera_picture(), mirrored=True, now_s=0.0)
            draw_framing_outline(canvas, place, reading, upper_body_only=upper)
            assert guide_text(reading, CueTexts(look.language), upper_body_only=upper)

        return draw

    return [
        Shown("framing", f"{name}_{'upper' if upper else 'whole'}", draw_reading(reading, upper))
        for name, reading in readings.items()
        for upper in (False, True)
    ]


def _check() -> list[Shown]:
    def view(step: CheckStep, language: str) -> CheckView:
        words, steps = CHECK_WORDS[language], list(CheckStep)
        answers = {
            CheckStep.CAMERA: (words.yes, words.use_camera.format(name="Built-in camera"), words.skip, words.skip_all),
            CheckStep.FRAMING: (words.skip, words.skip_all),
            CheckStep.VOICE: (words.yes, words.hear_again, words.voice_off, words.skip, words.skip_all),
            CheckStep.LATENCY: (words.measure, words.skip),
            CheckStep.DONE: (words.dance, words.again),
        }.get(step, (words.yes, words.no, words.skip, words.skip_all))
        reading = GuideReading(FramingHint.ARMS_CUT_OFF, 0.0, False) if step is CheckStep.FRAMING else None
        note = guide_text(reading, CueTexts(language)) if reading else words.no_voice if step is CheckStep.VOICE else ""
        states = (words.works, words.works, words.does_not_work, words.not_checked, words.milliseconds.format(value=83))
        facts = tuple(
            Fact(words.names[one], text, None if text == words.not_checked else text != words.does_not_work)
            for one, text in zip(steps[:-1], states, strict=True)
        )
        guided = Guided(
            words.heading, words.titles[step], words.texts[step],
            tuple(Option(f"o{index}", text) for index, text in enumerate(answers)), "o0", steps.index(step),
            len(steps), note=note, facts=facts if step is CheckStep.DONE else (), bindings=BINDINGS,
        )  # fmt: skip
        return CheckView(guided, preview_view(), reading)

    def draw_step(step: CheckStep) -> Draw:
        return lambda surface, look: CheckScreen(SETTINGS, look).draw(surface, view(step, look.language))

    return [Shown("check", step.value, draw_step(step)) for step in CheckStep]


def _latency() -> list[Shown]:
    def view(stage: LatencyStage, language: str) -> LatencyView:
        words = CHECK_WORDS[language]
        answers = {
            LatencyStage.INTRO: (words.by_ear, words.by_eye, words.undo, words.back),
            LatencyStage.CLAP_READY: (words.by_ear_now, words.back),
            LatencyStage.CLAP: (words.back,),
            LatencyStage.RESULT: (words.use, words.again, words.back),
        }.get(stage, ())
        text = words.latency_texts[stage]
        if stage is LatencyStage.RESULT:
            kept = words.kept.format(camera="Built-in camera", output="Loudspeaker")
            text = f"{words.measured.format(count=12, spread=14)}. {text} {kept}."
        guided = Guided(
            words.latency_heading, words.latency_titles[stage], text,
            tuple(Option(f"o{index}", one) for index, one in enumerate(answers)), "o0",
            number=words.milliseconds.format(value=123) if stage is LatencyStage.RESULT else "",
            note=words.faults[LatencyFault.TOO_SPREAD] if stage is LatencyStage.CLAP_READY else "",
            bindings=BINDINGS if stage is not LatencyStage.CLAP else {},
        )  # fmt: skip
        beat = BeatView(4, 12, False, 0.05, 3) if stage is LatencyStage.CLAP else None
        return LatencyView(guided, preview_view(), True if stage is LatencyStage.FLASH else None, beat)

    def draw_stage(stage: LatencyStage) -> Draw:
        return lambda surface, look: LatencyScreen(SETTINGS, look).draw(surface, view(stage, look.language))

    def draw_lacking(state: str) -> Draw:
        return lambda surface, look: LatencyScreen(SETTINGS, look).draw(surface, latency_view(state, look.language))

    return [
        *(Shown("latency", stage.name.lower(), draw_stage(stage)) for stage in LatencyStage),
        *(Shown("latency", state, draw_lacking(state)) for state in ("silent", "no_camera", "not_seen")),
    ]


def _result() -> list[Shown]:
    pages: dict[str, Callable[[str], Any]] = {
        "full": lambda language: make_result_view(make_page(language)),
        "empty": lambda language: make_result_view(empty_page()),
        "film": lambda language: make_result_view(film_page()),
    }

    def draw_page(make: Callable[[str], Any]) -> Draw:
        return lambda surface, look: ResultScreen(SETTINGS, look).draw(surface, make(look.language))

    def draw_history(count: int) -> Draw:
        return lambda surface, look: HistoryScreen(SETTINGS, look).draw(surface, make_history_view(count))

    return [
        *(Shown("result", name, draw_page(make)) for name, make in pages.items()),
        *(Shown("history", f"{count}_dances", draw_history(count)) for count in (0, 3, 7)),
        Shown("replay", "paused", lambda surface, look: ReplayScreen(SETTINGS, look).draw(surface, make_replay_view())),
    ]


def _pages() -> list[Shown]:
    record = RecordView(
        camera_picture(), student_pose(), 100.0, "Summer Nights", framing="Good. Stay there", framing_ok=True,
        recording=True, elapsed_s=12.3, limit_s=60.0, disk_text="43 GB", music_text="summer.mp3",
        status=StatusNumbers(30.0, 60.0, 24.0, 0),
    )  # fmt: skip
    take = replace(record, is_take=True)
    ready = replace(record, recording=False, framing_ok=False, framing="Step back", countdown=4, limit_s=None)

    def draw_splash(surface: pygame.Surface, look: Look) -> None:
        step = said("Loading the pose model", look.language)
        SplashScreen(SETTINGS, look).draw(surface, SplashView(step, 0.4, "pose_landmarker_full.task"), 0.0)

    return [
        Shown("record", "recording", lambda surface, look: RecordScreen(SETTINGS, look).draw(surface, record)),
        Shown("record", "ready", lambda surface, look: RecordScreen(SETTINGS, look).draw(surface, ready)),
        Shown("record", "take", lambda surface, look: RecordScreen(SETTINGS, look).draw(surface, take)),
        Shown("page", "splash", draw_splash),
    ]  # fmt: skip
