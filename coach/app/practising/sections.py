"""Which part of a dance is practised: a section by name, or a stretch in seconds."""

from __future__ import annotations

import re

from coach.app.built_in_names import section_names
from coach.errors import CoachError
from coach.pose.reference import Reference

MIN_SPAN_S = 2.0


def stretch_s(section: str) -> tuple[float, float] | None:
    """Start and end in seconds, where ``section`` is START-END."""
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*-\s*(\d+(?:\.\d+)?)\s*", section)
    return (float(match[1]), float(match[2])) if match is not None else None


def practised_span(reference: Reference, section: str | None) -> tuple[float, float] | None:
    """The stretch that ``--section`` names, None for the whole dance.

    Raises
    ------
    CoachError
        There is no such section, or the stretch is too short or outside the dance.
    """
    if section is None:
        return None
    for known in reference.sections:
        if section.strip().casefold() in map(str.casefold, section_names(reference.info, known)):
            return known.start_s, known.end_s
    stretch = stretch_s(section)
    if stretch is None:
        names = ", ".join(known.name for known in reference.sections)
        known_text = f"It has: {names}" if names else "It has no named sections"
        raise CoachError(
            f"{reference.info.title}: there is no section {section!r}. {known_text}; or give START-END in seconds"
        )
    start_s, end_s = stretch[0], min(stretch[1], reference.duration_s)
    if end_s - start_s < MIN_SPAN_S:
        raise CoachError(
            f"{section}: that is less than {MIN_SPAN_S:g} s of the dance, which lasts {reference.duration_s:.1f} s. "
            "Give a longer stretch as START-END in seconds"
        )
    return start_s, end_s
