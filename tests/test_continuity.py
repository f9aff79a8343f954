"""The told place is left when another has been likelier for long enough, not before."""

from __future__ import annotations

from coach.alignment.continuity import Continuity
from coach.settings.tracker import TrackerSettings

TICK_S = 1.0 / 15.0
SETTINGS = TrackerSettings(rival_ratio=1.0, confirm_nat_s=1.0)


def ticks_until_left(own: float, rival: float, most: int = 200) -> int:
    continuity = Continuity(SETTINGS, TICK_S)
    return next((tick for tick in range(1, most) if continuity.is_left(own, rival)), most)


def test_the_clearer_the_sooner() -> None:
    barely, clearly, surely = (ticks_until_left(own, 0.9) for own in (0.6, 0.1, 0.0))
    assert barely > clearly > surely >= 3
    assert surely * TICK_S <= 0.3
    assert ticks_until_left(0.5, 0.4) == 200


def test_a_moment_of_likeness_is_not_believed() -> None:
    continuity = Continuity(SETTINGS, TICK_S)
    for _ in range(20):
        assert not any(continuity.is_left(0.2, 0.7) for _ in range(5))
        assert not any(continuity.is_left(0.9, 0.05) for _ in range(5))


def test_about_as_likely_for_a_while_is_ambiguous() -> None:
    continuity = Continuity(TrackerSettings(), TICK_S)
    found = []
    for own, rival in [(0.9, 0.05)] * 5 + [(0.6, 0.35)] + [(0.9, 0.05)] * 5 + [(0.6, 0.35)] * 6 + [(0.9, 0.05)] * 6:
        continuity.is_left(own, rival)
        found.append(continuity.ambiguous)
    assert not any(found[:12])
    assert found[16]
    assert not found[-1]


def test_once_left_and_after_a_reset_it_begins_again() -> None:
    continuity = Continuity(SETTINGS, TICK_S)
    while not continuity.is_left(0.0, 1.0):
        pass
    assert not continuity.is_left(0.0, 1.0)
    continuity.reset()
    first = ticks_until_left(0.0, 1.0)
    assert not any(continuity.is_left(0.0, 1.0) for _ in range(first - 1))
    assert continuity.is_left(0.0, 1.0)
