"""What can be set, in groups: one table for the screen, the scene and the tests. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from coach.settings.preferences import (
    FEEDBACK_LEVELS,
    LANGUAGES,
    MIRROR_DELAYS_S,
    STAGES,
    TEACHER_SIDES,
    TEACHER_VIEWS,
    THEMES,
)

Value = str | float | bool

_YES_NO: Final = (True, False)


@dataclass(frozen=True)
class Setting:
    """One choice of the user.

    Attributes
    ----------
    field : str
        Of `Preferences`.
    values : tuple
        In the order in which they are offered; empty where they are only known at run time (cameras).
    """

    field: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class SettingGroup:
    """Settings that belong together; ``key`` names it in the words."""

    key: str
    settings: tuple[Setting, ...]


GROUPS: Final = (
    SettingGroup(
        "screen",
        (
            Setting("theme", THEMES),
            Setting("text_size_percent", (80.0, 90.0, 100.0, 110.0, 125.0, 150.0)),
            Setting("language", LANGUAGES),
            Setting("left_handed", _YES_NO),
            Setting("captions", _YES_NO),
        ),
    ),
    SettingGroup(
        "sound",
        (
            Setting("voice", _YES_NO),
            Setting("music", _YES_NO),
            Setting("clicks", _YES_NO),
            Setting("metronome", _YES_NO),
        ),
    ),
    SettingGroup(
        "room",
        (
            Setting("camera", ()),
            Setting("upper_body_only", _YES_NO),
            Setting("gestures", _YES_NO),
        ),
    ),
    SettingGroup(
        "coach",
        (
            Setting("strictness", (0.5, 0.75, 1.0, 1.5, 2.0)),
            Setting("feedback", FEEDBACK_LEVELS),
            Setting("stage", STAGES),
        ),
    ),
    SettingGroup(
        "teacher",
        (
            Setting("teacher_view", TEACHER_VIEWS),
            Setting("teacher_side", TEACHER_SIDES),
            Setting("next_pose", _YES_NO),
            Setting("delayed_mirror_s", MIRROR_DELAYS_S),
        ),
    ),
)

FIELDS: Final = tuple(setting.field for group in GROUPS for setting in group.settings)


def group_of(field: str) -> SettingGroup:
    """The group that a field stands in."""
    return next(group for group in GROUPS if any(setting.field == field for setting in group.settings))


def stepped(values: tuple[Value, ...], current: Value, by: int, *, around: bool) -> Value:
    """The value after (``by`` = 1) or before (-1) the present one.

    A value between two offered ones, as the command line may set it, goes to the next offered one. ``around`` goes on
    from the last to the first, otherwise it stops there.
    """
    if current in values:
        index = values.index(current) + by
        return values[index % len(values)] if around else values[min(max(index, 0), len(values) - 1)]
    if isinstance(current, float) and not isinstance(current, bool):
        beyond = [value for value in values if isinstance(value, float) and (value > current) is (by > 0)]
        if beyond:
            return min(beyond) if by > 0 else max(beyond)
        return values[0] if around and by > 0 else values[-1]
    return values[0]
