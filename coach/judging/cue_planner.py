"""What to say, if anything: at most one thing at a time, the most useful first, and silence when it is right.

The rules come from motor-learning research: feedback on few things beats feedback on all of them (Eaves et al. 2011),
it comes between phrases rather than in them, and it fades as the dancer gets better (Anderson et al. 2013; Guadagnoli
and Lee 2004).
"""

from __future__ import annotations

import math

from coach.alignment.tracked_position import TrackState
from coach.judging.correction_words import correction_text, has_partner
from coach.judging.corrections_made import CorrectionsMade
from coach.judging.cue_texts import CueText, CueTexts
from coach.judging.extension_judge import ExtensionVerdict
from coach.judging.gaps import gap_s
from coach.judging.issues import Issue, IssueMemory
from coach.judging.moment import Moment
from coach.judging.phrases import Phrases
from coach.judging.praise import PraisePlanner
from coach.judging.sightings import BANDED_TIMING, LIMB_TIMING, SOFT_HITS, IssueKey, sightings
from coach.judging.status_cues import StatusWatch
from coach.judging.verdicts import Cue, CueKind, FramingHint, JointReading, JointVerdict
from coach.pose.joint_table import JOINT_INDEX, JOINTS
from coach.pose.pose_frame import FloatArray
from coach.settings.cues import CueSettings, FeedbackLevel

_BLIND = frozenset({FramingHint.NOBODY, FramingHint.CAMERA_FROZEN, FramingHint.TOO_NEAR, FramingHint.CAMERA_MOVED})
_MAX_GAP_S = 0.25
"""Less than the judges': one frame after a stall must not make a mistake old enough for a word."""


def _hardly_seen(joints: tuple[JointReading, ...]) -> bool:
    return 2 * sum(reading.verdict is JointVerdict.UNSEEN for reading in joints) > len(joints)


class CuePlanner:
    """Chooses cues, frame by frame.

    Parameters
    ----------
    settings : CueSettings
    texts : CueTexts
    beats_s : ndarray [shape=(B,)], float64
        Beats of the choreography, empty where unknown.
    duration_s : float
        Length of the choreography.
    announce_mirrored : bool
        Whether to tell a dancer who dances the mirror image that the coach noticed (not if they asked for it).
    """

    def __init__(
        self,
        settings: CueSettings,
        texts: CueTexts,
        beats_s: FloatArray,
        duration_s: float,
        announce_mirrored: bool = True,
    ) -> None:
        self._settings = settings
        self._texts = texts
        self._phrases = Phrases(beats_s, duration_s, settings)
        self._issues = IssueMemory(settings)
        self._status = StatusWatch(settings, announce_mirrored)
        self._praise = PraisePlanner(settings)
        self._last_cue_s = -math.inf
        self._last_was_praise = False
        self._made = CorrectionsMade(settings)
        self._chosen: IssueKey | None = None
        self._last_s: float | None = None
        self._following_since_s = math.inf
        self._phrase: int | None = None
        self._phrase_clean = True
        self._mirrored = False

    def on_seek(self) -> None:
        """The user jumped to another place: what was seen before does not count there, what was learnt does."""
        self._issues.clear()
        self._chosen = None
        self._status.on_seek()
        self._praise.forget_correction()
        self._phrase = None
        self._following_since_s = math.inf

    def step(self, moment: Moment) -> Cue | None:
        """The cue to give at this frame, nearly always None."""
        time_s = moment.time_s
        passed_s, self._last_s = gap_s(self._last_s, time_s, _MAX_GAP_S), time_s
        self._look(moment, passed_s)
        quiet_s = time_s - self._last_cue_s
        after_praise_s = self._settings.after_praise_s if self._last_was_praise else math.inf
        if self._settings.feedback is FeedbackLevel.OFF or quiet_s < min(self._settings.min_gap_s, after_praise_s):
            return None
        if quiet_s < self._settings.min_gap_s:  # praise never keeps a correction back
            cue = self._correction(moment)
        else:
            cue = self._status_cue(moment) or self._correction(moment) or self._praise_cue(moment)
        if cue is not None:
            self._last_cue_s, self._last_was_praise = time_s, cue.kind is CueKind.PRAISE
        return cue

    def _look(self, moment: Moment, passed_s: float) -> None:
        """Take in what this frame shows, whether or not anything may be said now."""
        following = moment.position.state is TrackState.FOLLOWING
        if not following:
            self._following_since_s = math.inf
        elif self._following_since_s == math.inf:
            self._following_since_s = moment.time_s
        jumped = self._status.step(moment, passed_s)
        turned, self._mirrored = moment.position.mirrored is not self._mirrored, moment.position.mirrored
        if jumped or turned:
            self._issues.clear()
            self._phrase = None
        blameable = moment.framing not in _BLIND
        seen = list(sightings(moment, self._settings.stopped_ratio)) if blameable else []
        self._issues.step(seen, moment.time_s, passed_s)
        if self._chosen is not None and self._issues.get(self._chosen) is None:
            self._chosen = None
        self._made.watch_last(self._issues, moment.time_s)
        joint = self._praise.step(moment, passed_s)
        if joint is not None:
            self._made.put_right(joint)
        self._follow_phrases(moment)

    def _follow_phrases(self, moment: Moment) -> None:
        if moment.position.reference_s is None:
            self._phrase = None
            return
        phrase = self._phrases.index_at(moment.position.reference_s)
        if self._phrase is not None and phrase == self._phrase + 1:
            self._phrases.finish(self._phrase, self._phrase_clean)
            if self._phrase_clean:
                self._praise.clean_phrase(moment.time_s)
        if phrase != self._phrase:
            self._phrase, self._phrase_clean = phrase, self._phrase is not None
        if self._phrase_clean and (self._issues.ripe() or moment.framing in _BLIND or _hardly_seen(moment.joints)):
            self._phrase_clean = False

    def _status_cue(self, moment: Moment) -> Cue | None:
        key = self._status.due(moment.time_s)
        if key is None:
            return None
        self._status.said(key, moment.time_s)
        kind = CueKind.PRAISE if key.startswith("praise.") else CueKind.FRAMING
        return self._cue(moment, kind, None, self._texts.plain(key))

    def _correction(self, moment: Moment) -> Cue | None:
        if moment.time_s - self._following_since_s < self._settings.settle_s or self._status.landing:
            return None
        if moment.framing in _BLIND:
            return None
        if moment.time_s - self._made.last_s < self._pause_s(moment):
            return None
        candidates = [issue for issue in self._issues.ripe() if self._worth_saying(issue, moment)]
        if not candidates:
            return None
        issue = max(candidates, key=self._urgency)
        if self._waits(issue, moment):
            self._chosen = issue.key
            return None
        self._chosen = None
        both_sides = has_partner(issue, self._issues)
        text = correction_text(issue, both_sides, self._texts, moment.facing())
        self._made.add(issue, both_sides, moment.time_s)
        joint = issue.key.subject if issue.key.kind is CueKind.JOINT else None
        if joint is not None:
            self._praise.corrected(joint, moment)
        elif issue.key == SOFT_HITS:
            self._praise.asked_for_hits(moment.time_s)
        self._issues.forget(issue.key)
        return self._cue(moment, issue.key.kind, joint, text)

    def _pause_s(self, moment: Moment) -> float:
        """How long to be quiet after a correction."""
        settings = self._settings
        pause_s = settings.min_gap_s
        if self._phrases.has_beats and settings.feedback is not FeedbackLevel.FULL:
            counts_s = settings.counts_per_cue * self._phrases.beat_s / max(moment.position.tempo, 0.25)
            pause_s = max(pause_s, min(counts_s, settings.max_count_gap_s))
        if settings.feedback is FeedbackLevel.LITTLE:
            pause_s *= settings.little_factor
        if self._phrase is not None and self._phrases.clean_passes(self._phrase) >= settings.clean_passes:
            pause_s *= settings.fading_factor
        return pause_s

    def _worth_saying(self, issue: Issue, moment: Moment) -> bool:
        settings = self._settings
        if settings.feedback is FeedbackLevel.LITTLE and issue.size < settings.little_size:
            return False
        if issue.key in BANDED_TIMING and issue.last_s < moment.time_s:  # on the beat again: nothing to catch up
            return False
        found_s = moment.time_s - self._following_since_s
        if (issue.key in BANDED_TIMING or issue.key in LIMB_TIMING) and found_s < settings.timing_settle_s:
            return False
        if issue.key.kind is CueKind.JOINT and moment.extension.verdict is ExtensionVerdict.SMALL:
            return False  # one remark about reach, and none about the joints that it explains
        return not self._waits_for_a_cause(issue, moment) and not self._made.would_nag(issue, moment.time_s)

    def _waits_for_a_cause(self, issue: Issue, moment: Moment) -> bool:
        """Whether a cause might still show; what only waits for the end of the phrase has been considered before."""
        if issue.key == self._chosen or moment.time_s - issue.started_s >= self._settings.common_wait_s:
            return False
        return self._may_have_a_cause(issue, moment)

    def _may_have_a_cause(self, issue: Issue, moment: Moment) -> bool:
        """Whether something that takes longer to judge (late, small, low) may be behind this."""
        if issue.key.kind is CueKind.JOINT:
            if JOINTS[JOINT_INDEX[issue.key.subject]].part in moment.limbs.doubtful:
                return True
            return moment.is_faint or self._issues.joint_count() >= self._settings.common_joints
        return issue.key in BANDED_TIMING and moment.is_faint

    def _urgency(self, issue: Issue) -> float:
        """Its own urgency; joints count less while one cause (late, small, low) explains many of them."""
        urgency = issue.urgency(self._settings.memory_s)
        common = any(other.key.kind in (CueKind.ENERGY, CueKind.TIMING) for other in self._issues.ripe())
        if issue.key.kind is CueKind.JOINT and common and self._issues.joint_count() >= self._settings.common_joints:
            urgency *= self._settings.common_damping
        return urgency

    def _waits(self, issue: Issue, moment: Moment) -> bool:
        """Whether the end of the phrase is near enough to wait for."""
        place_s = moment.position.reference_s
        boundary_s = None if place_s is None else self._phrases.next_boundary_s(place_s)
        if boundary_s is None or place_s is None:
            return False
        wait_s = (boundary_s - place_s) / max(moment.position.tempo, 0.25)
        left_s = issue.started_s + self._settings.name_within_s - moment.time_s
        return wait_s <= min(self._settings.boundary_wait_s, left_s)

    def _praise_cue(self, moment: Moment) -> Cue | None:
        if self._settings.feedback is FeedbackLevel.LITTLE or self._issues.any() or moment.is_doubtful:
            return None
        due = self._praise.due(moment.time_s)
        if due is None:
            return None
        key, joint = due
        return self._cue(moment, CueKind.PRAISE, joint, self._texts.plain(key))

    def _cue(self, moment: Moment, kind: CueKind, joint: str | None, text: CueText) -> Cue:
        return Cue(moment.time_s, moment.position.reference_s, kind, joint, text.text, text.speech)
