"""Words for the user on their way from one process to another, without losing how they are said elsewhere."""

from __future__ import annotations

from typing import Any

from coach.errors import Sentence


def packed(words: str) -> Any:
    """``words`` as JSON can hold them: a text, or what a `Sentence` is made of."""
    if not isinstance(words, Sentence):
        return str(words)
    return {"template": words.template, "fields": {name: _field(value) for name, value in words.fields.items()}}


def unpacked(raw: Any) -> str:
    """The words again; raises ValueError for anything that is none."""
    if isinstance(raw, str):
        return raw
    try:
        fields = {str(name): value if isinstance(value, int | float) else unpacked(value)
                  for name, value in raw["fields"].items()}  # fmt: skip
        return Sentence(raw["template"], **fields)
    except (AttributeError, IndexError, KeyError, TypeError) as error:
        raise ValueError("no words") from error


def _field(value: object) -> Any:
    if isinstance(value, str):
        return packed(value)
    return value if isinstance(value, int | float) else str(value)
