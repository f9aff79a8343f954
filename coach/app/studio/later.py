"""A value that is found out in the background."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from coach.devices.worker import Worker

T = TypeVar("T")

_STOP_TIMEOUT_S = 3.0


class Later(Worker, Generic[T]):
    """Calls ``find`` once in a thread of its own.

    Attributes
    ----------
    value : T or None
        None until it is known, and where it could not be found out.
    """

    def __init__(self, name: str, find: Callable[[], T]) -> None:
        super().__init__(name, _STOP_TIMEOUT_S)
        self._find = find
        self.value: T | None = None

    def _run(self) -> None:
        self.value = self._find()
