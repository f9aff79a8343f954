"""Calls that are carried out between two frames, whether or not any frames come."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TypeVar

from coach.app.live import carry_out

T = TypeVar("T")


class Questions:
    """Calls for the thread of the handlers; while there is none, the main thread carries them out.

    Parameters
    ----------
    somebody : callable
        Whether a thread is there to carry them out.
    """

    def __init__(self, somebody: Callable[[], bool]) -> None:
        self._somebody = somebody
        self.waiting: SimpleQueue[Callable[[], None]] = SimpleQueue()

    def command(self, call: Callable[[], None]) -> None:
        """Run ``call`` between two frames; at once where no frames come."""
        self.waiting.put(call)
        self.update()

    def ask(self, question: Callable[[], T]) -> Future[T]:
        """The answer to ``question``, found between two frames."""
        answer: Future[T] = Future()

        def find() -> None:
            try:
                answer.set_result(question())
            except BaseException as error:
                answer.set_exception(error)

        self.command(find)
        return answer

    def update(self) -> None:
        """Carry out what nobody else does; often, in the main thread."""
        if not self._somebody():
            carry_out(self.waiting)
