"""The built-in dance's own names, its teacher's and its sections', as the screen says them: its file is English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

NAMES: Final[Mapping[str, Mapping[str, str]]] = {
    "de": {
        "The drawn teacher": "Das gezeichnete Vorbild",
        "Side steps": "Seitschritte",
        "Strong arms": "Starke Arme",
        "Turn around": "Drehung",
        "Low and high": "Tief und hoch",
        "Finale": "Finale",
    }
}
"""For each language but English: its names by the English ones."""


def built_in_name(name: str, language: str) -> str:
    """A name of the built-in dance in a language; as it is where there is no other."""
    return NAMES.get(language, {}).get(name, name)


def all_names(name: str) -> tuple[str, ...]:
    """A name of the built-in dance in every language, English first."""
    return tuple(dict.fromkeys((name, *(built_in_name(name, language) for language in NAMES))))
