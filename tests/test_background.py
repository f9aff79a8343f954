"""Slow disk work beside the dance."""

from __future__ import annotations

import threading

import pytest

from coach.storage.background import InBackground


def test_jobs_are_done_in_their_order_and_whoever_asks_does_not_wait() -> None:
    background, go, done = InBackground("test jobs"), threading.Event(), []
    background.submit(lambda: done.append(go.wait(5.0)))
    background.submit(lambda: done.append("second"))
    assert done == []
    go.set()
    assert background.wait(5.0)
    assert done == [True, "second"]


def test_a_job_is_done_even_where_the_system_gives_no_more_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    really_start = threading.Thread.start

    def refuse(thread: threading.Thread) -> None:
        if thread.name == "test jobs":
            raise RuntimeError("can't start new thread")
        really_start(thread)

    monkeypatch.setattr(threading.Thread, "start", refuse)
    background, done = InBackground("test jobs"), []
    background.submit(lambda: done.append(1))
    assert background.wait(5.0)
    assert done == [1]
