"""Putting the feedback into a language model's words: where, and how long to wait."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from coach.errors import SettingsError
from coach.settings.checks import require_between, require_positive

KEY_VARIABLE: Final = "DANCE_COACH_PHRASING_KEY"
"""Environment variable with the key of the service; a server of one's own needs none."""


@dataclass(frozen=True)
class PhrasingSettings:
    """An OpenAI-compatible endpoint that the user named.

    Attributes
    ----------
    url : str
        Its base address, such as ``http://127.0.0.1:8080/v1``.
    model : str
        How the endpoint calls the model.
    timeout_s : float
        For the whole answer.
    longest_answer_bytes, longest_sentence_chars : int
        Longer ones are refused.
    """

    url: str
    model: str = "default"
    timeout_s: float = 60.0
    longest_answer_bytes: int = 200_000
    longest_sentence_chars: int = 300

    def __post_init__(self) -> None:
        if not _is_address(self.url):
            raise SettingsError("url", self.url, "an address such as http://127.0.0.1:8080/v1")
        if not self.model.strip():
            raise SettingsError("model", self.model, "the name of a model")
        require_positive(self, "timeout_s")
        require_between("longest_answer_bytes", self.longest_answer_bytes, 100, 10_000_000)
        require_between("longest_sentence_chars", self.longest_sentence_chars, 20, 10_000)


def _is_address(url: str) -> bool:
    if not url.isascii() or not url.isprintable() or " " in url:
        return False
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    plain = not (parts.query or parts.fragment or "@" in parts.netloc) and port != 0
    return parts.scheme in ("http", "https") and bool(parts.hostname) and plain
