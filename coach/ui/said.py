"""Sentences that are made far from any screen, said in the language of the screen.

Whoever meets a fault says so in English, with a `Sentence` where something is put into it. The tables hold the same
sentences in other languages, found by the English one. A sentence that a table lacks stays English: better than none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from coach.errors import Sentence
from coach.ui import words_said_devices, words_said_files, words_said_kept, words_said_system

SAID: Final[Mapping[str, Mapping[str, str]]] = {
    "de": {
        **words_said_devices.GERMAN,
        **words_said_files.GERMAN,
        **words_said_kept.GERMAN,
        **words_said_system.GERMAN,
    }
}
"""For each language but English: its templates by the English ones."""


def said(sentence: str, language: str) -> str:
    """``sentence`` in a language; what is put into it is said in it, too, where it is words of ours."""
    table = SAID.get(language)
    if table is None:
        return str(sentence)
    if not isinstance(sentence, Sentence):
        return table.get(sentence, sentence)
    fields = {
        name: said(value, language) if isinstance(value, str) else value for name, value in sentence.fields.items()
    }
    return table.get(sentence.template, sentence.template).format(**fields)
