"""The clock on the wall: when something was made or danced, kept in UTC and shown as it was at that place."""

from __future__ import annotations

from datetime import datetime, timezone


def utc_now() -> datetime:
    """This moment."""
    return datetime.now(timezone.utc)


def now_utc() -> str:
    """This moment in ISO 8601, to the second."""
    return utc_now().isoformat(timespec="seconds")


def days_since(utc: str, now: datetime) -> int | None:
    """Midnights on the clock on the wall between a kept moment and ``now``; None if it cannot be read."""
    try:
        then = datetime.fromisoformat(utc)
        if then.tzinfo is None:
            then = then.replace(tzinfo=timezone.utc)
        return max(0, (now.astimezone().date() - then.astimezone().date()).days)
    except (ValueError, OverflowError, OSError):
        return None


def local_text(utc: str, pattern: str = "%Y-%m-%d %H:%M") -> str:
    """A kept moment as the clock on the wall showed it; unchanged if it cannot be read."""
    try:
        return datetime.fromisoformat(utc).astimezone().strftime(pattern)
    except (ValueError, OverflowError, OSError):
        return utc
