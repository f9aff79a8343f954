"""Menus without a computer around them: choices in memory, a history by hand, references that are only numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from coach.app.studio.dance_shelf import DanceShelf
from coach.app.studio.preview import Preview
from coach.app.studio.studio_context import StudioContext
from coach.clock import ManualClock
from coach.devices.camera_errors import camera_stopped
from coach.errors import ReferenceFileError, Sentence
from coach.gestures.gesture import Gesture, GestureAction, GestureState
from coach.pose.reference import Reference, ReferenceInfo
from coach.practice.run_record import RunRecord
from coach.settings.app import AppSettings
from coach.settings.home import HomeSettings
from coach.settings.preferences import Preferences
from coach.settings.session import CoachSettings
from coach.settings.ui import UiSettings
from coach.storage.library import LibraryEntry
from coach.storage.reference_hdf5 import ReferenceSummary
from coach.ui.home_view import Card, DanceCard, Entry, HomeView, MessageCard
from coach.ui.preview_pane import PreviewView
from coach.ui.said import said
from coach.ui.settings_screen import SettingRow, SettingsView
from coach.ui.settings_table import FIELDS, group_of
from coach.ui.sound import SoundOutput
from coach.ui.teacher_framing import Figure
from coach.ui.words_home import HOME_WORDS
from coach.ui.words_settings import SETTINGS_WORDS
from tests.builders_pose import make_pose_track
from tests.builders_ui import camera_picture, student_pose, teacher_framing, teacher_pose

TODAY = datetime(2026, 3, 10, 12, 0, tzinfo=timezone.utc)
BINDINGS = {
    Gesture.LEFT_ARM_OUT: GestureAction.UP,
    Gesture.RIGHT_ARM_OUT: GestureAction.DOWN,
    Gesture.RIGHT_HAND_UP: GestureAction.SELECT,
    Gesture.ARMS_CROSSED: GestureAction.BACK,
}
LONG_CAMERA = "Logitech HD Pro Webcam C920 (046d:082d)"


class Choices:
    """Preferences in memory."""

    def __init__(self, **chosen: Any) -> None:
        self.current = Preferences(**chosen)

    def change(self, **changes: Any) -> None:
        self.current = replace(self.current, **changes)


class Memory:
    """A history of given runs."""

    def __init__(self, runs: Sequence[RunRecord] = ()) -> None:
        self._runs = list(runs)

    def add(self, run: RunRecord) -> None:
        self._runs.append(run)

    def runs(self, reference: str | None = None, limit_count: int = 100) -> Sequence[RunRecord]:
        found = [run for run in self._runs if reference in (None, run.reference)]
        return sorted(found, key=lambda run: run.started_utc, reverse=True)[:limit_count]

    def best_score(self, reference: str) -> float | None:
        return max((run.score for run in self.runs(reference) if run.score is not None), default=None)


def run(reference: str, score: float | None, started_utc: str) -> RunRecord:
    """A run of which only this matters."""
    return RunRecord(
        reference, reference, started_utc, 40.0, 100.0, "follow", False, None, score, None, None, None, None, 0.9, 0.9
    )


def make_context(**chosen: Any) -> StudioContext:
    """Everything that scenes share, without a file, a camera or a loudspeaker."""
    clock, settings = ManualClock(), AppSettings()
    return StudioContext(
        clock,
        settings,
        Choices(**chosen),
        Memory(),
        SoundOutput(clock, settings.ui.sound),
        lambda sentence: None,
        lambda: 0.0,
        [],
    )


def entry(name: str, *, title: str = "", teacher: str = "", problem: str | None = None) -> LibraryEntry:
    """A reference in the library's list."""
    path = Path(f"{name}.h5")
    if problem is not None:
        return LibraryEntry(name, path, 10, None, problem)
    info = ReferenceInfo(name, title or name.capitalize(), teacher)
    return LibraryEntry(name, path, 10, ReferenceSummary(info, 30.0, 90, 3.0, (640, 480), True, 0, 0), None)


@lru_cache(maxsize=1)
def moving_reference() -> Reference:
    """Three seconds of arms going up and down."""
    track = make_pose_track(90, pose_at=lambda time_s: {"arms_deg": 60.0 + 50.0 * np.sin(3.0 * time_s)})
    return Reference(
        ReferenceInfo("moving", "Moving"),
        track,
        30.0,
        np.zeros((90, 256, 32), np.uint8),
        np.zeros((90, 2)),
        np.ones(90),
        np.ones((90, 6)),
        key_moments_s=np.array([1.0]),
    )


def read(path: Path) -> Reference:
    """Every file holds the same; ``torn`` is damaged inside."""
    if path.stem == "torn":
        raise ReferenceFileError(path, "it is cut short", "Record it again")
    return moving_reference()


def make_shelf(entries: Sequence[LibraryEntry], memory: Memory | None = None) -> DanceShelf:
    """A shelf that looks at given entries; call `DanceShelf.look` instead of opening it."""
    return DanceShelf(
        lambda: entries, memory or Memory(), HomeSettings(), UiSettings().body, read=read, now=lambda: TODAY
    )


def make_preview() -> Preview:
    return Preview(CoachSettings())


# -- views -------------------------------------------------------------------------------------------------------------
@lru_cache(maxsize=1)
def figure() -> Figure:
    return Figure(teacher_pose(), teacher_framing().at(9.0))


def dance_cards() -> tuple[Card, ...]:
    """Cards in all their states."""
    return (
        DanceCard("first-steps", "First steps", "Coach", 47.3, 2, 87.4, 0, None, figure()),
        DanceCard("summer", "Summer Nights", "Mara", 192.0, 3, 64.0, 1, None, figure()),
        DanceCard("long", "A very long title of a dance that never ends", "Maximilian Hohenlohe", 3700.0, 5, None, 12,
                  None, figure()),
        DanceCard("old", "Old file", problem=Sentence("{name} is damaged", name="masks")),
        DanceCard("fresh", "Fresh", "", 20.0, 1),
    )  # fmt: skip


def preview_view(share: float = 0.0) -> PreviewView:
    gesture = GestureState(Gesture.LEFT_ARM_OUT, GestureAction.UP, share) if share else GestureState()
    return PreviewView(camera_picture(), student_pose(), True, gesture)


def home_views(language: str = "en") -> dict[str, HomeView]:
    """Every state of the home screen."""
    words = HOME_WORDS[language]
    base = HomeView(
        1.0, dance_cards(), "first-steps", preview=preview_view(), guide=words.seen, guide_ok=True, bindings=BINDINGS,
        moving=figure(),
    )  # fmt: skip
    no_camera = MessageCard(Entry.DEMO, words.no_camera_title, words.no_camera_text)
    nothing = MessageCard(Entry.DEMO, words.no_dances_title, words.no_dances_text)
    many = tuple(DanceCard(f"n{i}", f"Dance {i}", "Mara", 30.0 + i, i % 5 + 1) for i in range(40))
    return {
        "cards": base,
        "gesture": replace(base, chosen="summer", preview=preview_view(0.6)),
        "broken": replace(base, chosen="old", guide=words.nobody, guide_ok=False, voice_ok=False),
        "entry": replace(base, chosen=Entry.CHECK, bindings={}),
        "many": replace(base, cards=many, chosen="n20"),
        "no_camera": replace(
            base, cards=(no_camera, *dance_cards()), chosen=Entry.DEMO, preview=PreviewView(), guide="",
            camera_ok=False, notices=(said(camera_stopped(LONG_CAMERA).sentence, language),),
        ),
        "nothing": replace(base, cards=(nothing,), chosen=Entry.DEMO),
        "looking": replace(base, cards=(), chosen=Entry.SETTINGS, preview=PreviewView(), guide=""),
    }  # fmt: skip


def settings_view(chosen: str, language: str = "en", **choices: Any) -> SettingsView:
    """The settings screen with one line chosen."""
    preferences, words = Preferences(language=language, **choices), SETTINGS_WORDS[language]
    rows = {}
    for field in FIELDS:
        value = getattr(preferences, field)
        rows[field] = SettingRow(field, words.value_text(field, value), value if isinstance(value, bool) else None)
    group = group_of(chosen).key if chosen in FIELDS else "coach"
    return SettingsView(rows, chosen, group, preview_view(), BINDINGS)
