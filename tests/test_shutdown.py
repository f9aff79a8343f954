"""Whatever stage of the chain throws or hangs: it still ends, soon, and the reason comes out."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from coach.app.live import LiveChain, SensedFrame
from coach.devices.frame_source import FrameSource
from coach.devices.latest_slot import LatestSlot, SlotClosed
from coach.errors import CameraError, PoseModelError, VideoFileError, WorkerError
from tests.builders_chain import ENDED_WITHIN_S, ScriptedSensor, ScriptedSource, raiser

GIVEN_UP_AFTER_S = 0.3
"""How long these tests let a chain wait for a thread that hangs."""


class Blocker:
    """Blocks whoever calls it until the test is over."""

    def __init__(self) -> None:
        self.reached, self._released = threading.Event(), threading.Event()

    def __call__(self) -> None:
        self.reached.set()
        self._released.wait(120.0)

    def release(self) -> None:
        self._released.set()


@pytest.fixture
def blocker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Blocker]:
    monkeypatch.setattr("coach.app.live.STOP_TIMEOUT_S", GIVEN_UP_AFTER_S)
    blocker = Blocker()
    yield blocker
    blocker.release()


def chain_of(
    source: FrameSource | None = None,
    sensor: ScriptedSensor | None = None,
    handle: Callable[[SensedFrame], None] = lambda _: None,
    every_frame: bool = True,
) -> LiveChain:
    source = source or ScriptedSource(5)
    source.open()
    return LiveChain(source, sensor or ScriptedSensor(), handle, every_frame=every_frame)  # type: ignore[arg-type]


def run_to_the_end(chain: LiveChain) -> None:
    """What the main thread does in every command."""
    deadline = time.monotonic() + ENDED_WITHIN_S
    with chain:
        while chain.running:
            chain.check()
            assert time.monotonic() < deadline, "the chain runs on"
            time.sleep(0.005)
        chain.check()


def test_all_frames_arrive_in_order_and_it_ends_by_itself() -> None:
    seen: list[int] = []
    chain = chain_of(ScriptedSource(50), handle=lambda sensed: seen.append(sensed.frame.index))
    run_to_the_end(chain)
    assert seen == list(range(50))
    assert chain.dropped == 0


def test_a_slow_handler_gets_only_the_newest_and_the_rest_is_counted() -> None:
    seen: list[int] = []
    go_on = threading.Semaphore(0)
    source = ScriptedSource(20, lambda: go_on.release(40))

    def slow(sensed: SensedFrame) -> None:
        go_on.acquire(timeout=ENDED_WITHIN_S)
        seen.append(sensed.frame.index)

    chain = chain_of(source, handle=slow, every_frame=False)
    run_to_the_end(chain)
    assert seen[-1] == 19
    assert len(seen) + chain.dropped == 20
    assert len(seen) < 5


@pytest.mark.parametrize("error", [VideoFileError("x.mp4", "is damaged", "Copy it again"), PoseModelError("no model")])
@pytest.mark.parametrize("stage", ["source", "sensor", "handler"])
def test_a_failure_in_words_comes_out_as_it_is(stage: str, error: Exception) -> None:
    with pytest.raises(type(error), match=str(error).split(":")[0]):
        run_to_the_end(failing_chain(stage, error))


@pytest.mark.parametrize("stage", ["source", "sensor", "handler"])
def test_a_failure_nobody_thought_of_names_the_thread(stage: str) -> None:
    with pytest.raises(WorkerError, match="ZeroDivisionError"):
        run_to_the_end(failing_chain(stage, ZeroDivisionError("oops")))


def failing_chain(stage: str, error: Exception) -> LiveChain:
    if stage == "source":
        return chain_of(ScriptedSource(3, raiser(error)))
    if stage == "sensor":
        return chain_of(sensor=ScriptedSensor(raiser(error)))
    return chain_of(handle=raiser(error))


def test_a_failing_key_press_is_a_failure_too() -> None:
    chain = chain_of(ScriptedSource(10**9))
    chain.command(raiser(ZeroDivisionError("oops")))
    with pytest.raises(WorkerError, match="ZeroDivisionError"):
        run_to_the_end(chain)


def test_camera_errors_of_a_file_are_not_waited_out() -> None:
    """Only a real camera may come back."""
    with pytest.raises(CameraError):
        run_to_the_end(failing_chain("source", CameraError("film", "ended", "Start again")))


def test_the_source_is_closed_and_both_threads_are_gone() -> None:
    source = ScriptedSource(10**9)
    with chain_of(source) as chain:
        assert chain.running
    assert source.closed.is_set()
    assert not chain.running
    assert not {"camera", "coach"} & {thread.name for thread in threading.enumerate()}


@pytest.mark.parametrize("stage", ["source", "sensor", "handler"])
def test_a_stage_that_hangs_is_left_behind(stage: str, blocker: Blocker) -> None:
    chain = hanging_chain(stage, blocker)
    started_s = time.monotonic()
    with pytest.raises(WorkerError, match="did not stop"), chain:
        assert blocker.reached.wait(ENDED_WITHIN_S)
    assert time.monotonic() - started_s < 2 * GIVEN_UP_AFTER_S + ENDED_WITHIN_S


def hanging_chain(stage: str, blocker: Blocker) -> LiveChain:
    if stage == "source":
        return chain_of(ScriptedSource(3, blocker))
    if stage == "sensor":
        return chain_of(sensor=ScriptedSensor(blocker))
    return chain_of(handle=lambda _: blocker())


def test_the_cause_is_told_not_that_another_thread_hangs_meanwhile(blocker: Blocker) -> None:
    chain = chain_of(ScriptedSource(3, blocker), ScriptedSensor(raiser(PoseModelError("the model is gone"))))
    with pytest.raises(PoseModelError, match="the model is gone"):
        run_to_the_end(chain)


def test_a_handler_that_waits_for_its_reader_ends_with_it() -> None:
    """At full speed the coach waits until the screen has taken a frame; a screen that is gone must not hold it."""

    slot: LatestSlot[int] = LatestSlot()

    def hand_on(sensed: SensedFrame) -> None:
        try:
            while not slot.put_wait(sensed.frame.index, 0.05):
                pass
        except SlotClosed:
            return

    chain = chain_of(ScriptedSource(10**9), handle=hand_on)
    with chain, closing(slot):
        assert slot.get(ENDED_WITHIN_S) == 0
    assert not chain.running
