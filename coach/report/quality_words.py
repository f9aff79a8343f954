"""The quality of a recording in plain words: one line for each fault, when it happened, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from coach.clock import clock_text
from coach.pose.quality import QualitySummary, Stretch

GOOD: Final = "The recording looks good."
EMPTY: Final = "There are no pictures in the recording. Record it again."
_MOST_STRETCHES: Final = 4
"""More than this many are cut short, so that a line stays a line."""

_BODY_WORDS: Final[dict[str, str]] = {"nose": "head", "wrist": "hand", "ankle": "foot"}
_PLURALS: Final[dict[str, str]] = {"foot": "feet"}

_LOW_PARTS: Final = ("hip", "knee", "foot")


def quality_lines(summary: QualitySummary) -> list[str]:
    """What to tell the teacher about the recording: at least one line, each a fault with its times and a remedy."""
    if summary.frame_count == 0:
        return [EMPTY]
    if summary.good:
        return [GOOD]
    lines = []
    if summary.no_person:
        seconds = _seconds(summary.no_person_s)
        lines.append(
            f"Nobody was found for {seconds}: {_times(summary.no_person)}."
            " Stay in the picture from the first moment to the last."
        )
    for parts, times in _grouped(summary.out_of_picture):
        advice = "Step back or tilt the camera down" if _are_low(parts) else "Step back, or stay nearer to the middle"
        verb = "was" if len(parts) == 1 else "were"
        lines.append(f"The {_noun(parts)} {verb} out of the picture: {_times(times)}. {advice}.")
    if summary.unseen:
        hidden = "; ".join(f"the {_noun(parts)} {_times(times)}" for parts, times in _grouped(summary.unseen))
        lines.append(
            f"Hidden from the camera: {hidden}. They are not judged there;"
            " to change that, turn more to the camera or wear clothes that stand out from the background."
        )
    faults = (
        ("Somebody else was in the picture", summary.several_people, "Ask them to stay out of it"),
        ("The camera moved", summary.camera_moved, "Put it on something firm and leave it there"),
        ("It was too dark", summary.dark, "Switch on a light in front of you"),
        ("The picture was blurred", summary.blurred, "Add light, and wipe the lens"),
        ("The picture stood still", summary.frozen, "Check the camera's cable, and close other programs that use it"),
    )
    lines += [f"{fault}: {_times(times)}. {advice}." for fault, times, advice in faults if times]
    return lines


def _times(stretches: Iterable[Stretch]) -> str:
    stretches = list(stretches)
    words = []
    for stretch in stretches[:_MOST_STRETCHES]:
        start, end = clock_text(stretch.start_s), clock_text(stretch.end_s)
        words.append(start if start == end else f"{start}-{end}")
    more = len(stretches) - _MOST_STRETCHES
    listed = ", ".join(dict.fromkeys(words))
    if more <= 0:
        return listed
    total = _seconds(sum(stretch.duration_s for stretch in stretches))
    return f"{listed} and {more} more ({total} in all)"


def _seconds(duration_s: float) -> str:
    if duration_s >= 10.0:
        return f"{duration_s:.0f} seconds"
    rounded = f"{duration_s:.1f}"
    return "1 second" if rounded == "1.0" else f"{rounded.removesuffix('.0')} seconds"


def _grouped(faults: Mapping[str, tuple[Stretch, ...]]) -> list[tuple[list[tuple[str, str]], tuple[Stretch, ...]]]:
    """``([(side, part), ...], times)``; both sides of a part in one entry where they were missing at the same times."""
    groups: list[tuple[list[tuple[str, str]], tuple[Stretch, ...]]] = []
    for name, times in faults.items():
        side, _, part = name.rpartition("_")
        part = _BODY_WORDS.get(part, part)
        if groups and groups[-1][0][0][1] == part and _coincide(groups[-1][1], times):
            sides, other_times = groups.pop()
            groups.append(([*sides, (side, part)], _union([*other_times, *times])))
        else:
            groups.append(([(side, part)], times))
    return groups


def _coincide(first: tuple[Stretch, ...], second: tuple[Stretch, ...]) -> bool:
    """Whether each stretch of the one overlaps one of the other."""
    return all(
        any(one.start_s < other.end_s and other.start_s < one.end_s for other in others)
        for ones, others in ((first, second), (second, first))
        for one in ones
    )


def _union(stretches: list[Stretch]) -> tuple[Stretch, ...]:
    merged: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda one: one.start_s):
        if merged and stretch.start_s <= merged[-1].end_s:
            last = merged.pop()
            stretch = Stretch(last.start_s, max(last.end_s, stretch.end_s))
        merged.append(stretch)
    return tuple(merged)


def _noun(parts: list[tuple[str, str]]) -> str:
    """``left foot``, ``feet``."""
    if len(parts) == 1:
        return " ".join(word for word in parts[0] if word)
    part = parts[0][1]
    return _PLURALS.get(part, part + "s")


def _are_low(parts: list[tuple[str, str]]) -> bool:
    return parts[0][1] in _LOW_PARTS
