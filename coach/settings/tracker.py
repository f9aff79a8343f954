"""The tunable numbers of what the follower tells: states, the music's clock, whether the dancer dances this at all."""

from __future__ import annotations

from dataclasses import dataclass

from coach.errors import SettingsError
from coach.settings.checks import require_between, require_positive, require_share


@dataclass(frozen=True)
class MusicPriorSettings:
    """How strongly the music's clock draws the position in ``along`` mode: a prior, not a prison.

    Attributes
    ----------
    width_s : float
        Distance from the music beyond which further away is not less likely.
    nats_per_s : float
        Evidence a second against a place that far away.
    """

    width_s: float = 1.5
    nats_per_s: float = 5.0

    def __post_init__(self) -> None:
        require_positive(self, "width_s", "nats_per_s")


@dataclass(frozen=True)
class TrackerSettings:
    """From probabilities to what is shown.

    Attributes
    ----------
    tick_fps : float
        The follower's own clock: student and reference are brought to it, whatever their frame rates.
    max_gap_s : float
        A longer gap between two frames is not filled by interpolation: nobody was seen in it.
    window_s : float
        Half the width of what counts as one place.
    min_confidence_found : float
        The place is told from this probability on.
    min_confidence_kept : float
        ... and until it falls below this one.
    fit_memory_s : float
        Time over which the mismatch at the told place is compared with the mean mismatch over all places.
    max_fit_found, max_fit_kept : float
        The place is told only while that ratio is at most so much.
    first_fit : float
        What is assumed of that ratio of somebody new.
    min_watched_s : float
        Somebody new is followed only after having been watched for so long.
    min_followed_s : float
        Somebody who was followed for less has not finished at the end.
    rival_s : float
        Another place is a rival if it is at least so far away.
    rival_ratio : float
        How many times likelier a rival must be to speak against continuity.
    confirm_nat_s : float
        The logarithm of how much likelier it is, summed over time, at which it is preferred to continuity.
    max_lost_kept : float
        A dancer who is torn between two places is still followed while being lost is no likelier than this.
    resume_share : float
        Probability that a dancer who stood still goes on from there.
    ambiguous_share : float
        A rival with this share of the told place's probability makes the position ambiguous.
    ambiguous_s : float
        Time over which it does, for most of it.
    finish_s : float
        Within this time of the end the choreography is finished.
    end_held_s : float
        Whoever has finished, and is still so near to the end, holds the last pose.
    end_reach_s : float
        Whoever was last followed further from the end has not finished.
    tempo_memory_s : float
        Time over which the shown tempo is measured.
    seek_share : float
        Probability that the dancer is about to be where the user has moved to.
    mirror_turned : float
        The image that is told changes once the other has this share of the belief.
    mirror_decided : float
        Probability from which on the image that the dancer follows is told as decided.
    """

    tick_fps: float = 15.0
    max_gap_s: float = 0.35
    window_s: float = 0.4
    min_confidence_found: float = 0.64
    min_confidence_kept: float = 0.41
    fit_memory_s: float = 5.0
    max_fit_found: float = 0.62
    max_fit_kept: float = 0.68
    first_fit: float = 0.48
    min_watched_s: float = 0.7
    min_followed_s: float = 2.0
    rival_s: float = 1.0
    rival_ratio: float = 1.2
    confirm_nat_s: float = 0.03
    max_lost_kept: float = 0.38
    resume_share: float = 0.78
    ambiguous_share: float = 0.25
    ambiguous_s: float = 0.25
    finish_s: float = 0.2
    end_held_s: float = 1.0
    end_reach_s: float = 2.0
    tempo_memory_s: float = 1.5
    seek_share: float = 0.6
    mirror_turned: float = 0.6
    mirror_decided: float = 0.62

    def __post_init__(self) -> None:
        require_between("tick_fps", self.tick_fps, 5, 240)
        require_positive(self, "fit_memory_s", "first_fit", "max_fit_found", "max_fit_kept")
        require_positive(self, "max_gap_s", "window_s", "confirm_nat_s", "rival_s", "tempo_memory_s", "ambiguous_s")
        require_positive(self, "finish_s", "end_held_s", "end_reach_s")
        require_share(self, "min_confidence_found", "min_confidence_kept", "ambiguous_share", "mirror_decided")
        require_share(self, "max_lost_kept", "resume_share", "seek_share", "mirror_turned")
        require_between("min_watched_s", self.min_watched_s, 0, 10)
        require_between("rival_ratio", self.rival_ratio, 1, 1000)
        if self.min_confidence_kept > self.min_confidence_found:
            raise SettingsError("min_confidence_kept", self.min_confidence_kept, "at most min_confidence_found")


@dataclass(frozen=True)
class AgreementSettings:
    """Whether the dancer's movement agrees with the teacher's along the followed places (a correlation).

    Attributes
    ----------
    memory_s : float
        Time over which it is measured.
    smoothing_s : float
        Both are smoothed so long before: noise agrees with nothing.
    jump_s : float
        A place further than this from where the last one led begins another stretch, with means of its own.
    trusted_value, trusted_variance : float
        What is assumed of somebody new, and the squared movement (summed over all features; somebody who dances has
        2 to 3) that it takes to say as much.
    """

    memory_s: float = 2.0
    smoothing_s: float = 0.12
    jump_s: float = 0.4
    trusted_value: float = 0.6
    trusted_variance: float = 0.4

    def __post_init__(self) -> None:
        require_positive(self, "memory_s", "smoothing_s", "jump_s", "trusted_variance")
        require_between("trusted_value", self.trusted_value, -1, 1)


@dataclass(frozen=True)
class TrustSettings:
    """Whether the dancer dances this choreography at all: what speaks for it, summed over time.

    Attributes
    ----------
    neutral_agreement : float
        Agreement that speaks neither for it nor against it.
    walk_s : float
        Time over which the followed place must have walked on.
    slowest_walk, fastest_walk : float
        Reference seconds per second that count as walking: a little more than the tempos that are followed. A dancer
        of a slower (faster) pace may be as much slower (faster).
    stray_price : float
        How much less agreement it is worth that the place does not walk.
    first : float
        What somebody new is trusted with, in seconds of complete agreement.
    most, least : float
        Neither trust nor distrust grows beyond this.
    regained : float
        Who was found out is trusted again from here on.
    unfollowed : float
        Whoever has no place anyway is not doubted below this: most of them are only about to begin.
    """

    neutral_agreement: float = 0.15
    walk_s: float = 0.67
    slowest_walk: float = 0.35
    fastest_walk: float = 1.9
    stray_price: float = 1.5
    first: float = 1.0
    most: float = 2.0
    least: float = 0.6
    regained: float = 0.1
    unfollowed: float = -0.1

    def __post_init__(self) -> None:
        require_between("neutral_agreement", self.neutral_agreement, -1, 1)
        require_positive(self, "walk_s", "slowest_walk", "first", "most", "least", "regained")
        require_between("stray_price", self.stray_price, 0, 10)
        require_between("unfollowed", self.unfollowed, -self.least, self.most)
        if self.slowest_walk >= self.fastest_walk:
            raise SettingsError("slowest_walk", self.slowest_walk, "below fastest_walk")
        if max(self.first, self.regained) > self.most:
            raise SettingsError("most", self.most, "at least first and regained")
