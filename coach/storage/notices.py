"""What does not work on the disk, in sentences for the screen, each of them once."""

from __future__ import annotations


class Notices(list[str]):
    """A list of sentences, one of which may stand for a trouble that can pass."""

    def __init__(self) -> None:
        super().__init__()
        self._trouble: str | None = None

    def note(self, sentence: str) -> None:
        """Add a sentence unless it is there."""
        if sentence not in self:
            self.append(sentence)

    def tell_trouble(self, sentence: str | None) -> None:
        """Put ``sentence`` in place of the last trouble; None: it has passed."""
        if sentence == self._trouble:
            return
        if self._trouble is not None and self._trouble in self:
            self.remove(self._trouble)
        if sentence is not None:
            self.note(sentence)
        self._trouble = sentence
