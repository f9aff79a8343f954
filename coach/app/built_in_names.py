"""Names as they are shown and may be typed: the built-in dance's in any language, a dance of one's own as it is."""

from __future__ import annotations

from dataclasses import replace

from coach.pose.reference import Reference, ReferenceInfo, Section
from coach.storage.reference_layout import ROUTINE
from coach.ui.words_built_in import all_names, built_in_name


def is_built_in(info: ReferenceInfo) -> bool:
    """Whether the dance comes with the program: whatever its names are, nobody chose them."""
    return info.source_kind == ROUTINE


def teacher_shown(info: ReferenceInfo, language: str) -> str:
    """The teacher's name on the screen."""
    return built_in_name(info.teacher, language) if is_built_in(info) else info.teacher


def sections_shown(reference: Reference, language: str) -> tuple[Section, ...]:
    """The sections with their names on the screen."""
    if not is_built_in(reference.info):
        return tuple(reference.sections)
    return tuple(replace(section, name=built_in_name(section.name, language)) for section in reference.sections)


def section_names(info: ReferenceInfo, section: Section) -> tuple[str, ...]:
    """All that a section may be called."""
    return all_names(section.name) if is_built_in(info) else (section.name,)
