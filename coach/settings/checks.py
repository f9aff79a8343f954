"""Range checks shared by all settings."""

from __future__ import annotations

from dataclasses import fields
from math import isfinite
from typing import Any

from coach.errors import Sentence, SettingsError


def require_between(name: str, value: float, low: float, high: float) -> None:
    """Raise `SettingsError` unless ``value`` is finite and ``low <= value <= high``."""
    if not (isfinite(value) and low <= value <= high):
        raise SettingsError(name, value, Sentence("between {low:g} and {high:g}", low=low, high=high))


def require_positive(settings: object, *names: str) -> None:
    """Raise `SettingsError` unless the named attributes of ``settings`` are finite and above 0."""
    for name in names:
        value = getattr(settings, name)
        if not (isfinite(value) and value > 0):
            raise SettingsError(name, value, "a number above 0")


def require_all_positive(settings: Any) -> None:
    """`require_positive` for every field of a dataclass."""
    require_positive(settings, *(item.name for item in fields(settings)))


def require_share(settings: object, *names: str) -> None:
    """Raise `SettingsError` unless the named attributes of ``settings`` lie in 0..1."""
    for name in names:
        require_between(name, getattr(settings, name), 0.0, 1.0)


def require_below(name: str, value: float, limit_name: str, limit: float) -> None:
    """Raise `SettingsError` unless ``value < limit``."""
    if not value < limit:
        raise SettingsError(name, value, f"below {limit_name} ({limit:g})")


def require_one_of(name: str, value: str, allowed: tuple[str, ...]) -> None:
    """Raise `SettingsError` unless ``value`` is one of ``allowed``."""
    if value not in allowed:
        raise SettingsError(name, value, Sentence("one of {names}", names=", ".join(allowed)))
