"""Tunables of the gestures: their shapes, how long they are held, and when a dance contains them."""

from __future__ import annotations

from dataclasses import dataclass, field

from coach.settings.checks import require_between


@dataclass(frozen=True)
class Limit:
    """A limit with a soft edge.

    Attributes
    ----------
    at : float
        The limit itself.
    slack : float
        So far beyond it a pose counts as the gesture when a dance is checked, and half as far while it is held.
    """

    at: float
    slack: float

    def __post_init__(self) -> None:
        require_between("at", self.at, -360.0, 360.0)
        require_between("slack", self.slack, 1e-3, 180.0)


@dataclass(frozen=True)
class GestureShapeSettings:
    """Where an arm has to be. Lengths are in torso lengths; directions in degrees, 0 hanging, 90 level, 180 up.

    Attributes
    ----------
    min_visibility : float
        Landmarks below it are not seen.
    torso_per_shoulders : float
        Torso length over shoulder width: gives the size of a body whose hips are not in the picture.
    head_over_shoulders : float
        Height of the ears above the shoulders, where they are not seen.
    elbow_under_shoulder : float
        Where a hanging elbow would be, to tell whether it can be in the picture at all.
    facing : Limit
        Least signed shoulder width: turned away further, nothing is a gesture.
    hanging_upper_deg, hanging_bend_deg : Limit
        Largest slant of the upper arm and bend of the elbow of an arm that takes no part.
    hanging_wrist, hanging_aside : Limit
        Least drop of its wrist below the shoulder, and largest distance from it sideways.
    up_fore_deg : Limit
        Largest slant of a raised forearm.
    up_above_head : Limit
        Least height of a raised wrist above the ears.
    up_beside_head, up_over_head : float
        A raised wrist is so far beside the head, or so far above the ears: a hand on the head is no raised hand.
    up_outwards : Limit
        Least distance of a raised wrist from the middle of the body, on its own side.
    out_deg : Limit
        Largest slant of both parts of an arm held out.
    out_reach : Limit
        Least distance of its wrist from the shoulder.
    crossed_by : Limit
        How far the wrists have passed each other.
    crossed_above_elbow : Limit
        Least height of the crossed wrists above their elbows: folded arms lie level.
    crossed_under_shoulder : Limit
        Largest height of the crossed wrists above the shoulders.
    head_across, head_up : Limit
        Largest distance of a wrist on the head from between the ears, sideways and up; ``head_down`` the same down.
    head_down : Limit
    head_elbow_out : Limit
        Least distance of the elbow outwards from the shoulder.
    head_inwards : Limit
        Least way of the forearm inwards.
    hips_near : Limit
        Largest distance of a wrist from its hip.
    hips_elbow_out, hips_inwards : Limit
        As for the head.
    """

    min_visibility: float = 0.5
    torso_per_shoulders: float = 1.4
    head_over_shoulders: float = 0.42
    elbow_under_shoulder: float = 0.5
    facing: Limit = Limit(0.32, 0.10)
    hanging_upper_deg: Limit = Limit(24.0, 8.0)
    hanging_bend_deg: Limit = Limit(50.0, 15.0)
    hanging_wrist: Limit = Limit(0.60, 0.12)
    hanging_aside: Limit = Limit(0.40, 0.12)
    up_fore_deg: Limit = Limit(28.0, 10.0)
    up_above_head: Limit = Limit(0.08, 0.12)
    up_beside_head: float = 0.28
    up_over_head: float = 0.50
    up_outwards: Limit = Limit(0.08, 0.12)
    out_deg: Limit = Limit(18.0, 9.0)
    out_reach: Limit = Limit(0.66, 0.12)
    crossed_by: Limit = Limit(0.03, 0.10)
    crossed_above_elbow: Limit = Limit(0.12, 0.10)
    crossed_under_shoulder: Limit = Limit(0.10, 0.12)
    head_across: Limit = Limit(0.52, 0.10)
    head_up: Limit = Limit(0.56, 0.12)
    head_down: Limit = Limit(0.18, 0.12)
    head_elbow_out: Limit = Limit(0.15, 0.10)
    head_inwards: Limit = Limit(0.08, 0.10)
    hips_near: Limit = Limit(0.42, 0.10)
    hips_elbow_out: Limit = Limit(0.20, 0.10)
    hips_inwards: Limit = Limit(0.05, 0.10)

    def __post_init__(self) -> None:
        require_between("min_visibility", self.min_visibility, 0.0, 1.0)
        require_between("torso_per_shoulders", self.torso_per_shoulders, 0.5, 3.0)
        require_between("head_over_shoulders", self.head_over_shoulders, 0.1, 1.0)
        require_between("elbow_under_shoulder", self.elbow_under_shoulder, 0.1, 1.0)
        require_between("up_beside_head", self.up_beside_head, 0.0, 1.0)
        require_between("up_over_head", self.up_over_head, 0.0, 2.0)


@dataclass(frozen=True)
class StillnessSettings:
    """When a held pose counts as held and not as danced through.

    Attributes
    ----------
    window_s : float
        The speed is that of a line through the last places within this time.
    hand_speed, body_speed : float
        Largest speed of the hands, and of the middle of the shoulders, in torso lengths a second.
    """

    window_s: float = 0.33
    hand_speed: float = 0.5
    body_speed: float = 0.25

    def __post_init__(self) -> None:
        require_between("window_s", self.window_s, 0.1, 1.0)
        require_between("hand_speed", self.hand_speed, 0.01, 10.0)
        require_between("body_speed", self.body_speed, 0.01, 10.0)


@dataclass(frozen=True)
class HoldSettings:
    """How long a gesture is held, and what interrupts it.

    Attributes
    ----------
    hold_s : float
        Time for which a clear pose has to be held still.
    clear_score, doubtful_rate : float
        From this score on the ring fills as fast as time passes; at the limits of a pose only at this rate.
    keep_s : float
        A landmark that is not seen is taken to be where it was for so long.
    unseen_grace_s : float
        Arms that are out of sight for longer, but not for longer than this, stop the ring and do not empty it.
    left_grace_s : float
        A pose that seems left for so long was not left.
    moving_drain : float
        How fast the ring empties while the hands move, 1 = as fast as it fills while they rest.
    release_s, unseen_release_s : float
        After a gesture worked, the pose has to be left, or out of sight, for so long before any can work again.
    forget_s : float
        After so long without a picture the reader starts anew.
    max_step_s : float
        Longest time between two pictures that counts as held.
    stay_score : float
        A pose that is held may go so far beyond its limits (in slacks, negative).
    """

    hold_s: float = 0.9
    clear_score: float = 0.5
    doubtful_rate: float = 0.5
    keep_s: float = 0.15
    unseen_grace_s: float = 0.35
    left_grace_s: float = 0.15
    moving_drain: float = 1.0
    release_s: float = 0.3
    unseen_release_s: float = 1.0
    forget_s: float = 3.0
    max_step_s: float = 0.25
    stay_score: float = -0.5

    def __post_init__(self) -> None:
        require_between("hold_s", self.hold_s, 0.8, 1.2)
        require_between("clear_score", self.clear_score, 0.01, 5.0)
        require_between("doubtful_rate", self.doubtful_rate, 0.01, 1.0)
        require_between("keep_s", self.keep_s, 0.0, 1.0)
        require_between("unseen_grace_s", self.unseen_grace_s, 0.0, 1.0)
        require_between("left_grace_s", self.left_grace_s, 0.0, 1.0)
        require_between("moving_drain", self.moving_drain, 0.0, 20.0)
        require_between("release_s", self.release_s, 0.0, 5.0)
        require_between("unseen_release_s", self.unseen_release_s, 0.0, 5.0)
        require_between("forget_s", self.forget_s, 0.1, 60.0)
        require_between("max_step_s", self.max_step_s, 0.02, 1.0)
        require_between("stay_score", self.stay_score, -1.0, 0.0)


@dataclass(frozen=True)
class ContainedSettings:
    """When a dance contains a gesture, so that it cannot be one.

    Attributes
    ----------
    contained_s : float
        The dance stays in the pose or near it for so long, at full tempo; at half tempo that is twice as long.
    bridge_s : float
        Gaps up to this length do not interrupt that.
    score : float
        What counts as near, in slacks beyond the limits (negative).
    """

    contained_s: float = 0.3
    bridge_s: float = 0.1
    score: float = -1.0

    def __post_init__(self) -> None:
        require_between("contained_s", self.contained_s, 0.0, 10.0)
        require_between("bridge_s", self.bridge_s, 0.0, 2.0)
        require_between("score", self.score, -3.0, 0.0)


@dataclass(frozen=True)
class GestureSettings:
    """All of the above."""

    shape: GestureShapeSettings = field(default_factory=GestureShapeSettings)
    stillness: StillnessSettings = field(default_factory=StillnessSettings)
    hold: HoldSettings = field(default_factory=HoldSettings)
    contained: ContainedSettings = field(default_factory=ContainedSettings)
