"""A mailbox for one item between two threads: the newest wins, nothing ever queues up."""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class SlotClosed(Exception):
    """The slot was closed: nothing more will come."""


class LatestSlot(Generic[T]):
    """Hand-over of the newest item from a fast thread to a slow one.

    The writer chooses for each item: `put` replaces what was not taken yet (and counts it as dropped), `put_wait`
    waits until the reader has taken it, so that nothing is lost.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._items: list[T] = []  # none or one
        self._closed = False
        self._dropped = 0

    @property
    def dropped(self) -> int:
        """Number of items that were replaced before anybody took them."""
        with self._changed:
            return self._dropped

    @property
    def closed(self) -> bool:
        """Whether `close` was called; one last item may still wait to be taken."""
        with self._changed:
            return self._closed

    def put(self, item: T) -> None:
        """Leave ``item``, in place of one not taken yet; raises `SlotClosed` after `close`."""
        with self._changed:
            self._refuse_if_closed()
            self._dropped += len(self._items)
            self._items[:] = [item]
            self._changed.notify_all()

    def put_wait(self, item: T, timeout_s: float) -> bool:
        """Leave ``item`` once the slot is empty.

        Returns
        -------
        bool
            False if the last item was not taken within ``timeout_s``: then ``item`` was not left.

        Raises
        ------
        SlotClosed
            The slot was closed before or while waiting.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._closed or not self._items, timeout_s)
            self._refuse_if_closed()
            if self._items:
                return False
            self._items.append(item)
            self._changed.notify_all()
            return True

    def get(self, timeout_s: float) -> T | None:
        """Take the newest item, or None if none came within ``timeout_s``.

        Raises
        ------
        SlotClosed
            The slot is closed and empty (the item that was left before `close` is still handed out).
        """
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._items, timeout_s)
            if self._items:
                item = self._items.pop()
                self._changed.notify_all()
                return item
            self._refuse_if_closed()
            return None

    def close(self, *, discard: bool = False) -> None:
        """End the stream and wake everybody who waits; with ``discard`` an item not taken yet is thrown away."""
        with self._changed:
            self._closed = True
            if discard:
                self._dropped += len(self._items)
                self._items.clear()
            self._changed.notify_all()

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise SlotClosed
