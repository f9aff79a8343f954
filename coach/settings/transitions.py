"""The tunable numbers of how a dancer may move through the reference, and at which pace."""

from __future__ import annotations

from dataclasses import dataclass

from coach.errors import SettingsError
from coach.settings.checks import require_between, require_positive, require_share


@dataclass(frozen=True)
class TransitionSettings:
    """How a dancer may move through the reference. All rates are per second, so that no frame rate changes them.

    Attributes
    ----------
    tempos : tuple of float
        Reference seconds per student second that are followed side by side, as shares of the pace, ascending.
    tempo_shares : tuple of float
        How likely each is: where a dancer is (re)found, and in the long run.
    tempo_switch_rate : float
        Changes a second to the next slower or faster tempo, each, if that is the likelier one.
    jump_rate : float
        Jumps a second to any other place, straight away.
    lose_rate : float
        How often a second a dancer stops following the choreography.
    find_rate : float
        How often a second somebody who does something else begins to follow it.
    start_share : float
        Share of the finds at the first moment of the reference (or section).
    start_s : float
        How long that moment is.
    restart_share : float
        Share of the jumps that go to the beginning of the reference (or section): dancers start over.
    restart_s : float
        How long that beginning is, about one phrase: not everybody starts over with the very first movement.
    first_start_share, first_find_rate : float
        The same before the dancer was followed for the first time: people begin at the beginning.
    near_share : float
        Share of the finds around the place where the dancer was last followed.
    near_s : float
        Half the width of that place.
    swap_rate : float
        How often a second a dancer takes the other side (left for right) for a while, without losing the place.
    swap_back_rate : float
        How often a second such a dancer comes back to the own side: a repeat on the other side is another place.
    side_known : float
        Belief in one of the images from which on there is such an own side.
    mirror_memory_s : float
        How slowly the belief in the mirror image changes where a dancer is (re)found.
    mirror_sharpness : float
        Exponent that turns that belief into the share of the finds.
    min_mirror_belief : float
        Neither image is ever believed less: dancers may turn round to the other, but hardly do.
    """

    tempos: tuple[float, ...] = (0.55, 0.75, 1.0, 1.3, 1.6)
    tempo_shares: tuple[float, ...] = (0.08, 0.19, 0.42, 0.20, 0.11)
    tempo_switch_rate: float = 8.0
    jump_rate: float = 0.045
    lose_rate: float = 0.002
    find_rate: float = 2.0
    start_share: float = 0.1
    start_s: float = 0.5
    restart_share: float = 0.45
    restart_s: float = 4.0
    first_start_share: float = 0.64
    first_find_rate: float = 2.2
    near_share: float = 0.85
    near_s: float = 1.0
    swap_rate: float = 0.12
    swap_back_rate: float = 4.1
    side_known: float = 0.6
    mirror_memory_s: float = 6.4
    mirror_sharpness: float = 4.9
    min_mirror_belief: float = 0.015

    def __post_init__(self) -> None:
        if len(self.tempos) != len(self.tempo_shares) or not self.tempos:
            raise SettingsError("tempo_shares", self.tempo_shares, "as many as tempos, at least one")
        if list(self.tempos) != sorted(self.tempos) or self.tempos[0] <= 0:
            raise SettingsError("tempos", self.tempos, "ascending and above 0")
        if min(self.tempo_shares) <= 0 or abs(sum(self.tempo_shares) - 1.0) > 1e-9:
            raise SettingsError("tempo_shares", self.tempo_shares, "shares that add up to 1")
        for name, high in (
            ("tempo_switch_rate", 15),
            ("jump_rate", 1),
            ("lose_rate", 5),
            ("find_rate", 10),
            ("swap_rate", 5),
            ("swap_back_rate", 5),
        ):
            require_between(name, getattr(self, name), 0, high)
        require_share(self, "start_share", "restart_share", "first_start_share", "near_share", "min_mirror_belief")
        require_between("side_known", self.side_known, 0.5, 0.99)
        require_between("first_find_rate", self.first_find_rate, 0, 10)
        require_positive(self, "near_s", "start_s", "restart_s", "mirror_memory_s", "mirror_sharpness")


@dataclass(frozen=True)
class PaceSettings:
    """The steady tempo that a dancer is expected at.

    Attributes
    ----------
    memory_s : float
        Time over which it is learnt.
    slowest, fastest : float
        It is never expected below or above.
    error_s : float
        How far off a told place may be at any moment.
    correlated_s : float
        For so long it is off the same way.
    spread : float
        Standard deviation of dancers' steady tempos around the teacher's.
    dead_zone : float
        So much to either side still counts as the teacher's tempo, and what is little beyond is drawn towards it.
    music_memory_s : float
        Time over which the music's rate is measured.
    music_jump_s : float
        Music that is so far from where its rate led has jumped.
    """

    memory_s: float = 3.5
    slowest: float = 0.45
    fastest: float = 1.5
    error_s: float = 0.1
    correlated_s: float = 3.0
    spread: float = 0.2
    dead_zone: float = 0.12
    music_memory_s: float = 1.0
    music_jump_s: float = 0.3

    def __post_init__(self) -> None:
        require_positive(self, "memory_s", "slowest", "error_s", "correlated_s", "spread")
        require_positive(self, "music_memory_s", "music_jump_s")
        require_share(self, "dead_zone")
        if not self.slowest < 1.0 < self.fastest:
            raise SettingsError("slowest", self.slowest, "below 1, and fastest above")
