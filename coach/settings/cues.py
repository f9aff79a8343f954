"""Every tunable number of what the coach says: framing hints, cues, praise."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from coach.settings.checks import require_below, require_between, require_positive


class FeedbackLevel(Enum):
    """How much the coach says (``--feedback``)."""

    FULL = "full"
    NORMAL = "normal"
    LITTLE = "little"
    OFF = "off"


@dataclass(frozen=True)
class FramingSettings:
    """When the dancer is told how to stand. Lengths are shares of the picture's height or width.

    Attributes
    ----------
    show_after_s, hide_after_s : float
        How long a fault of the dancer's place has to last, and to be gone.
    picture_after_s : float
        The same start for faults of the picture (dark, blurred, a second person, a moved camera).
    border_ratio : float
        A landmark nearer to the edge than this is cut off.
    too_tall, too_small : float
        Statures beyond which the body does not fit, or is too small to measure.
    off_centre : float
        Hips nearer to the left or right edge than this, as a share of the width.
    min_visibility : float
    upper_body_only : bool
        The dancer sits, or only the upper body is practised: never a word about legs.
    """

    show_after_s: float = 0.5
    hide_after_s: float = 0.5
    picture_after_s: float = 1.5
    border_ratio: float = 0.01
    too_tall: float = 1.1
    too_small: float = 0.28
    off_centre: float = 0.12
    min_visibility: float = 0.5
    upper_body_only: bool = False

    def __post_init__(self) -> None:
        require_positive(self, "show_after_s", "hide_after_s", "picture_after_s")
        require_between("border_ratio", self.border_ratio, 0.0, 0.2)
        require_between("off_centre", self.off_centre, 0.0, 0.4)
        require_between("min_visibility", self.min_visibility, 0.0, 1.0)
        require_below("too_small", self.too_small, "too_tall", self.too_tall)


@dataclass(frozen=True)
class CueSettings:
    """When something is said, and what first.

    Attributes
    ----------
    min_gap_s : float
        Between any two cues, but for a correction after praise.
    after_praise_s : float
        So soon after praise a correction may come: until then the praise is being said.
    counts_per_cue, max_count_gap_s : int, float
        Between two corrections also so many beats, where they are known, but no longer than this.
    phrase_counts, phrase_without_beats_s : int, float
        Length of a phrase in beats, and in seconds where no beats are known.
    boundary_wait_s, name_within_s : float
        A cue waits so long for the end of the phrase, unless the mistake would then be older than ``name_within_s``.
    memory_s, stale_s : float
        How long mistakes add up, and how long after its end one is still spoken of.
    joint_after_s, whole_after_s, timing_after_s : float
        Time a joint has to be wrong, energy or path, and timing, before it is worth a word.
    hip_after_s : float
        The same for a hip, whose tolerance is all noise of the sensor: two of three wrong cues were for hips.
    sure_size : float
        A joint off by so many tolerances is worth a word after ``joint_after_s``; nearer to 1 it takes longer.
    settle_s, timing_settle_s : float
        No correction, and none of timing, so soon after the dancer was found.
    common_joints, common_wait_s, common_damping : int, float, float
        So many joints wrong at once may have one cause (late, small): they wait so long for it to show, and count
        this little once it has.
    worse_factor, worse_after_s, repeat_after_s : float
        The same correction twice in a row only if it grew by this factor (from the edge of the tolerance, where it was
        put right in between), and not at once; with others in between, not before ``repeat_after_s`` unless it grew.
    status_after_s, status_repeat_s : float
        How long a fault of framing or a lost place has to last to be said aloud, and when it may be said again.
    stopped_ratio : float
        A student with less than this share of the teacher's energy has stopped.
    jump_s : float
        A place that moved by more than this is a jump.
    jump_held_s : float
        It is told once the dancer has been followed there for so long: a moment's error is no news.
    praise_gap_s, improved_after_s, praise_delay_s : float
        Between two words of praise; how long a corrected joint has to stay right; and how long a clean phrase waits for
        its praise, so that a mistake that just begins is not praised.
    improved_hits : int
        So many hits in a row, after sharper ones were asked for, are better.
    clean_passes, fading_factor : int, float
        After so many clean passes of a phrase the pauses grow by the factor.
    little_factor, little_size : float
        With little feedback: longer pauses, and only departures beyond so many tolerances.
    """

    feedback: FeedbackLevel = FeedbackLevel.NORMAL
    min_gap_s: float = 4.0
    after_praise_s: float = 0.8
    counts_per_cue: int = 8
    max_count_gap_s: float = 6.0
    phrase_counts: int = 8
    phrase_without_beats_s: float = 4.0
    boundary_wait_s: float = 1.5
    name_within_s: float = 3.0
    memory_s: float = 3.0
    stale_s: float = 2.5
    joint_after_s: float = 0.22
    hip_after_s: float = 0.31
    sure_size: float = 2.0
    whole_after_s: float = 0.5
    timing_after_s: float = 1.2
    settle_s: float = 1.0
    timing_settle_s: float = 4.0
    common_joints: int = 2
    common_wait_s: float = 2.2
    common_damping: float = 0.4
    worse_factor: float = 1.3
    worse_after_s: float = 6.0
    repeat_after_s: float = 16.0
    status_after_s: float = 0.8
    status_repeat_s: float = 12.0
    stopped_ratio: float = 0.2
    jump_s: float = 2.0
    jump_held_s: float = 1.0
    praise_gap_s: float = 15.0
    improved_after_s: float = 3.0
    praise_delay_s: float = 0.8
    improved_hits: int = 3
    clean_passes: int = 3
    fading_factor: float = 2.0
    little_factor: float = 2.0
    little_size: float = 1.5
    framing: FramingSettings = field(default_factory=FramingSettings)

    def __post_init__(self) -> None:
        floats = [name for name, value in vars(self).items() if isinstance(value, (int, float))]
        require_positive(self, *floats)
        require_between("min_gap_s", self.min_gap_s, 1.0, 60.0)
