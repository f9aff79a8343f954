import threading

import pytest

from coach.devices.worker import Worker
from coach.errors import CameraError, WorkerError


class Scripted(Worker):
    """Does what the test says at each stage."""

    def __init__(self, run=lambda worker: None, interrupt=lambda worker: None, finish=lambda worker: None):
        super().__init__("scripted", stop_timeout_s=5.0)
        self.script = run, interrupt, finish
        self.calls = []

    def _run(self):
        self.calls.append("run")
        self.script[0](self)

    def _interrupt(self):
        self.calls.append("interrupt")
        self.script[1](self)

    def _finish(self):
        self.calls.append("finish")
        self.script[2](self)


def until_stopped(worker):
    while not worker.wait_s(10.0):
        pass


def raiser(error):
    def raise_it(worker):
        raise error

    return raise_it


def test_stop_ends_the_thread_and_cleans_up():
    worker = Scripted(until_stopped)
    worker.start()
    assert worker.alive
    worker.stop()
    worker.stop()
    worker.join(5.0)
    assert not worker.alive
    assert sorted(worker.calls) == ["finish", "interrupt", "run"]
    worker.check()


def test_leaving_the_with_block_stops_it():
    with Scripted(until_stopped) as worker:
        assert worker.alive
    assert not worker.alive


def test_a_coach_error_reaches_the_main_thread_as_it_is():
    error = CameraError("camera 0", "it stopped", "Check its cable")
    worker = Scripted(raiser(error))
    worker.start()
    worker.join(5.0)
    assert worker.failed
    with pytest.raises(CameraError) as caught:
        worker.check()
    assert caught.value is error
    assert "finish" in worker.calls


@pytest.mark.parametrize("error", [ValueError("odd shape"), KeyError("x"), SystemExit(3), KeyboardInterrupt()])
def test_any_other_error_comes_in_words_with_its_cause(error):
    worker = Scripted(raiser(error))
    worker.start()
    worker.join(5.0)
    with pytest.raises(WorkerError, match="scripted thread failed") as caught:
        worker.check()
    assert caught.value.__cause__ is error
    assert "\n" not in str(caught.value)


def test_error_while_cleaning_up_is_told_but_never_hides_the_first():
    worker = Scripted(raiser(ValueError("first")), finish=raiser(ValueError("second")))
    worker.start()
    worker.join(5.0)
    with pytest.raises(WorkerError, match="first"):
        worker.check()
    worker = Scripted(finish=raiser(ValueError("second")))
    worker.start()
    worker.join(5.0)
    with pytest.raises(WorkerError, match="second"):
        worker.check()


def test_the_with_block_raises_the_workers_error():
    with pytest.raises(WorkerError, match="bad"), Scripted(raiser(ValueError("bad"))):
        pass


def test_the_with_block_does_not_hide_the_error_inside_it():
    with pytest.raises(ZeroDivisionError), Scripted(raiser(ValueError("bad"))):
        raise ZeroDivisionError


def test_a_blocked_thread_is_left_behind_with_a_sentence():
    release = threading.Event()
    worker = Scripted(lambda _: release.wait(30.0))
    worker.start()
    worker.stop()
    with pytest.raises(WorkerError, match=r"scripted thread did not stop within 0\.05 s"):
        worker.join(0.05)
    release.set()
    worker.join(5.0)
    assert "finish" in worker.calls


def test_interrupt_wakes_what_the_thread_waits_for():
    wake = threading.Event()
    with Scripted(lambda _: wake.wait(30.0), interrupt=lambda _: wake.set()) as worker:
        pass
    assert not worker.alive


def test_it_starts_only_once_and_may_be_stopped_before_it_starts():
    worker = Scripted()
    worker.stop()
    worker.join(0.0)
    worker.start()
    with pytest.raises(RuntimeError, match="started before"):
        worker.start()
    worker.join(5.0)


def test_starting_does_not_wait_for_the_thread(monkeypatch):
    """On a busy computer a new thread has to wait for its turn; who starts it may have a window to draw."""
    held = threading.Event()
    really_start = threading.Thread.start

    def start_slowly(thread):
        if thread.name == "scripted":
            assert held.wait(5.0)
        really_start(thread)

    monkeypatch.setattr(threading.Thread, "start", start_slowly)
    worker = Scripted()
    worker.start()
    assert worker.calls == []
    assert worker.alive
    held.set()
    worker.join(5.0)
    assert not worker.alive
    assert worker.calls == ["run", "finish"]


def test_a_thread_that_the_system_refuses_is_told(monkeypatch):
    really_start = threading.Thread.start

    def refuse(thread):
        if thread.name == "scripted":
            raise RuntimeError("can't start new thread")
        really_start(thread)

    monkeypatch.setattr(threading.Thread, "start", refuse)
    worker = Scripted()
    worker.start()
    worker.join(5.0)
    assert not worker.alive
    with pytest.raises(WorkerError, match="can't start new thread"):
        worker.check()
