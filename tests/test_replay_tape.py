"""The tape: pictures in bounded memory, found by time, thinned when full, and never on the disk."""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest

from coach.app.result.replay_tape import ReplayTape
from coach.devices.frame_source import Frame
from coach.settings.replay import TapeSettings
from tests.builders_ui import camera_picture, make_state
from tests.builders_waiting import add_to, wait_until

SETTINGS = TapeSettings()
FPS = 30.0


def frame_at(index: int, start_s: float = 100.0, grey: int | None = None) -> Frame:
    bgr = camera_picture() if grey is None else np.full((60, 80, 3), grey, np.uint8)
    return Frame(index, index / FPS, bgr, start_s + index / FPS)


@contextmanager
def filled(count: int, settings: TapeSettings = SETTINGS, **kwargs: object) -> Iterator[ReplayTape]:
    """A tape of ``count`` pictures, each compressed before the next one comes."""
    tape = ReplayTape(settings)
    try:
        for index in range(count):
            add_to(tape, frame_at(index, **kwargs), make_state(reference_s=index / FPS))  # type: ignore[arg-type]
        yield tape
    finally:
        tape.close()


def test_pictures_are_found_by_the_students_time() -> None:
    with filled(10) as tape:
        assert len(tape) == 10
        found = tape.at(5.2 / FPS)
        assert found is not None
        assert found.time_s == pytest.approx(5 / FPS)
        assert found.reference_s == pytest.approx(5 / FPS)
        assert found.bgr().shape == camera_picture().shape
        difference = np.abs(found.bgr().astype(int) - camera_picture()).mean()
        assert difference < 4.0
        assert tape.at(-5.0) is tape.frames()[0]
        assert tape.at(99.0) is tape.frames()[-1]


def test_large_pictures_are_made_small() -> None:
    tape = ReplayTape(replace(SETTINGS, height_px=240))
    add_to(tape, frame_at(0), make_state())
    taped = tape.at(0.0)
    assert taped is not None
    assert taped.bgr().shape == (240, 427, 3)
    tape.close()


def test_the_delayed_mirror_shows_what_was() -> None:
    tape = ReplayTape(SETTINGS)
    for index in range(60):
        add_to(tape, frame_at(index, grey=4 * index), make_state())
    now_s = 100.0 + 59 / FPS
    one_s_ago = tape.delayed(now_s, 1.0)
    assert one_s_ago is not None
    assert abs(float(one_s_ago.mean()) - 4 * 29) <= 5
    assert tape.delayed(now_s + 0.001, 1.0) is one_s_ago
    assert tape.delayed(now_s, 5.0) is None  # there is nothing so old yet
    tape.close()
    assert tape.delayed(now_s, 1.0) is None


def test_no_more_pictures_a_second_than_wanted_and_a_cameras_own_rate_is_not_halved() -> None:
    with filled(30, replace(SETTINGS, pictures_per_s=28.0)) as tape:
        assert len(tape) == 30
    with filled(30, replace(SETTINGS, pictures_per_s=10.0)) as tape:
        assert 8 <= len(tape) <= 15


def test_a_full_tape_is_thinned_at_its_old_end_and_stays_within_its_memory() -> None:
    one = 8_000
    settings = replace(SETTINGS, max_bytes_count=40 * one, sparse_s=0.3)
    with filled(150, settings, grey=128) as tape:
        assert tape.bytes_count <= settings.max_bytes_count
        times_s = np.array([taped.captured_s for taped in tape.frames()])
        gaps_s = np.diff(times_s)
        assert times_s[-1] == pytest.approx(100.0 + 149 / FPS)
        assert gaps_s.max() <= settings.sparse_s + 1e-6
        assert gaps_s[-3:].max() <= 2.5 / FPS  # the newest are dense
        assert gaps_s[:3].min() > 1.5 / FPS  # the oldest are not
        assert times_s[0] < times_s[-1] - 3.0
        assert tape.bytes_count == sum(taped.bytes_count for taped in tape.frames())


def test_what_is_too_old_goes() -> None:
    with filled(90, replace(SETTINGS, max_s=1.0), grey=10) as tape:
        times_s = [taped.captured_s for taped in tape.frames()]
        assert times_s[-1] - times_s[0] <= 1.0 + 1e-6


def test_a_film_that_begins_again_begins_a_new_tape() -> None:
    with filled(5) as tape:
        tape.add(frame_at(0, start_s=50.0), make_state())
        wait_until(lambda: len(tape) == 1)
        assert [taped.captured_s for taped in tape.frames()] == [50.0]


def test_nothing_reaches_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    real = builtins.open

    def watched(file: object, *args: object, **kwargs: object) -> object:
        opened.append(file)
        return real(file, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(builtins, "open", watched)
    with filled(20) as tape:
        assert tape.at(0.3) is not None
        assert tape.delayed(100.7, 0.2) is not None
    assert opened == []


def test_a_closed_tape_is_empty_and_takes_no_more() -> None:
    with filled(3) as tape:
        tape.close()
        tape.add(frame_at(9), make_state())
        assert len(tape) == 0
        assert tape.at(0.0) is None
        assert tape.bytes_count == 0
        tape.close()
