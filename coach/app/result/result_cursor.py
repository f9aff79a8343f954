"""Where the choice stands on the result screen, and how it moves."""

from __future__ import annotations

from collections.abc import Sequence

from coach.ui.result_view import ResultChoice, ResultItem

_BAR = ResultChoice(ResultItem.PHRASE)


class ResultCursor:
    """Goes through buttons, cards and the heat bar, and inside the bar from phrase to phrase.

    Parameters
    ----------
    items : sequence of ResultItem
        The buttons, the first one chosen.
    phrases_count : int
    phrase : int or None
        The phrase that is proposed in the bar; None where there is none.

    Attributes
    ----------
    chosen : ResultChoice
        For the bar always index 0: which phrase is meant stands in `phrase`.
    in_bar : bool
        Up and down go from phrase to phrase.
    """

    def __init__(self, items: Sequence[ResultItem], phrases_count: int, phrase: int | None) -> None:
        self._items, self._phrases_count = tuple(items), phrases_count
        self.chosen = ResultChoice(self._items[0])
        self.phrase = phrase
        self.in_bar = False

    @property
    def on_bar(self) -> bool:
        """Whether the heat bar is chosen."""
        return self.chosen.item is ResultItem.PHRASE

    def step(self, by: int, cards_count: int) -> None:
        """To the next or the last thing; from the end to the beginning, so that two gestures reach everything."""
        if self.in_bar:
            self.move_in_bar(by)
            return
        choices = [ResultChoice(item) for item in self._items]
        choices += [ResultChoice(ResultItem.CARD, index) for index in range(cards_count)]
        if self.phrase is not None:
            choices.append(_BAR)
        index = choices.index(self.chosen) if self.chosen in choices else -by
        self.chosen = choices[(index + by) % len(choices)]

    def move_in_bar(self, by: int) -> None:
        """To the next or the last phrase."""
        if self.phrase is not None:
            self.phrase = (self.phrase + by) % self._phrases_count

    def point(self, at: ResultChoice) -> None:
        """The mouse is there."""
        self.in_bar = False
        self.chosen = at
        if at.item is ResultItem.PHRASE:
            self.chosen, self.phrase = _BAR, at.index
