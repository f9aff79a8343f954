"""The whole coach as a pure function of what the sensors say: follow, judge, speak. No devices, no clock."""

from __future__ import annotations

from dataclasses import dataclass, replace

from coach.alignment.position_tracker import PositionTracker
from coach.alignment.timing import TimingMeter
from coach.alignment.tracked_position import FollowMode, MirrorMode, TrackedPosition, TrackState
from coach.judging.cue_planner import CuePlanner
from coach.judging.cue_texts import CueTexts
from coach.judging.limb_timing_judge import LimbTimingJudge
from coach.judging.mistake_spans import MistakeSpan
from coach.judging.moment import UNSEEN_ENERGY
from coach.judging.score_reading import NO_SCORE, ScoreReading
from coach.judging.session_score import SessionScore
from coach.judging.verdicts import JointReading, JointVerdict
from coach.pose.feature_vector import features_of_frame
from coach.pose.joint_table import JOINTS
from coach.pose.observation import Observation
from coach.pose.one_euro import LiveSmoother
from coach.session.choreography import Choreography
from coach.session.counted_body import CountedBody
from coach.session.followed import Followed, moment_of
from coach.session.judge_panel import JudgePanel, PanelReading
from coach.session.session_state import SessionState
from coach.settings.session import CoachSettings


@dataclass(frozen=True)
class SessionOptions:
    """What the student chose.

    Attributes
    ----------
    span_s : (float, float) or None
        Practise only this stretch of the choreography.
    known_delay_ms : float or None
        How late camera and sound together make everybody look, if that was measured by a latency check.
    """

    mode: FollowMode = FollowMode.FOLLOW
    mirror: MirrorMode = MirrorMode.AUTO
    span_s: tuple[float, float] | None = None
    language: str = "en"
    known_delay_ms: float | None = None


@dataclass
class _Dance:
    """What a new start begins anew."""

    tracker: PositionTracker
    mirrored: bool
    timing: TimingMeter
    limbs: LimbTimingJudge
    panel: JudgePanel
    score: SessionScore
    planner: CuePlanner
    last_score: ScoreReading = NO_SCORE


class CoachingSession:
    """One student dancing one choreography.

    `feed` takes the observations in the order of their times and gives the state after each. The same observations
    give the same states, live or replayed.

    Parameters
    ----------
    choreography : Choreography
    settings : CoachSettings
    options : SessionOptions
    """

    def __init__(self, choreography: Choreography, settings: CoachSettings, options: SessionOptions) -> None:
        self._choreography, self._settings, self._options = choreography, settings, options
        self._texts = CueTexts(options.language)
        self._frame_index = 0
        self._smoother = LiveSmoother(settings.smoothing)
        self._counted = CountedBody(settings.cues.framing.upper_body_only)
        self._dance = self._new_dance()
        self.panel_reading: PanelReading | None = None
        """What the judges said of the last frame; None where nothing was judged (`wait`)."""

    def feed(self, observation: Observation, music_s: float | None = None) -> SessionState:
        """Take in one moment.

        Parameters
        ----------
        observation : Observation
        music_s : float, optional
            Place of the music in the reference, None while it is silent.
        """
        return self.judge(self.follow(observation, music_s))

    def follow(self, observation: Observation, music_s: float | None = None) -> Followed:
        """The first half of `feed`: where the dancer is."""
        observation = self._counted.observed(observation)
        pose = self._smoother.step(observation.pose)
        features = features_of_frame(pose, self._settings.alignment.features)
        position = self._dance.tracker.step(features, observation.time_s, music_s=music_s)
        timing = self._dance.timing.step(position, music_s)
        return Followed(observation, pose, features, position, timing.timing_ms, self._dance.tracker.mirror_decided)

    def judge(self, followed: Followed) -> SessionState:
        """The second half of `feed`: what is right, what is off, what to say."""
        position, dance = followed.position, self._dance
        if position.mirrored is not dance.mirrored:
            dance.mirrored = position.mirrored
            dance.panel.use(self._choreography.tables_for(position.mirrored))
            dance.limbs.use(self._choreography.features_for(position.mirrored))
            # What came before was judged against the wrong image.
            dance.score.mirror()
            dance.score.drop(0.0, self._choreography.reference.duration_s)
        limbs = self._counted.limbs(dance.limbs.step(followed.features, position, position.time_s))
        reading = dance.panel.step(followed.observation, followed.pose, position, followed.timing_ms, limbs)
        self.panel_reading = reading
        score = self._counted.score(dance.score.update(reading.credits, reading.comparison, position, position.time_s))
        cue = dance.planner.step(moment_of(self._choreography, followed, reading, limbs))
        word = dance.score.praise_word()
        state = SessionState(
            frame_index=self._frame_index,
            pose=followed.pose,
            position=position,
            timing_ms=followed.timing_ms,
            seen=self._counted.seen_share(reading.seen),
            joints=reading.joints,
            energy=reading.energy,
            score=score,
            framing=reading.framing,
            cue=cue,
            limb_timing_ms=limbs.called_ms,
            praise_word=self._texts.plain(word).text if word is not None else None,
        )
        self._frame_index += 1
        dance.last_score = score
        return state

    def wait(self, observation: Observation) -> SessionState:
        """A moment before the dance or in a pause: the pose and how well it can be seen, nothing judged."""
        observation = self._counted.observed(observation)
        pose = self._smoother.step(observation.pose)
        self.panel_reading = None
        return SessionState(
            frame_index=self._frame_index,
            pose=pose,
            position=TrackedPosition(
                observation.time_s, TrackState.SEARCHING, None, 0.0, 1.0, self._options.mirror is MirrorMode.ON
            ),
            timing_ms=None,
            seen=0.0,
            joints=_UNSEEN_JOINTS,
            energy=UNSEEN_ENERGY,
            score=self._dance.last_score,
            framing=self._dance.panel.wait(observation, pose),
        )

    def seek(self, reference_s: float) -> None:
        """The user moved to ``reference_s``: what comes after it will be danced, and counted, again."""
        self.go_on(reference_s)
        self._dance.score.drop(reference_s, self._choreography.reference.duration_s)

    def go_on(self, reference_s: float) -> None:
        """The dancer goes on at ``reference_s`` after a pause: what was danced stays counted."""
        self._dance.tracker.seek(reference_s)
        self._dance.panel.jumped()
        self._dance.limbs.reset()
        self._dance.planner.on_seek()

    def restart(self) -> None:
        """Begin again: score, style and position are forgotten."""
        self._dance = self._new_dance()

    def set_span(self, span_s: tuple[float, float] | None) -> None:
        """Practise only this stretch from now on, or all of it again; what was danced so far stays counted.

        Which image of the teacher is danced is known by then or never: it is not guessed anew on a short stretch.
        """
        dance, mirror = self._dance, self._options.mirror
        if mirror is MirrorMode.AUTO and dance.tracker.mirror_decided:
            mirror = MirrorMode.ON if dance.mirrored else MirrorMode.OFF
        self._options = replace(self._options, span_s=span_s)
        dance.tracker = self._new_tracker(mirror)
        dance.panel.jumped()
        dance.limbs.reset()
        dance.planner.on_seek()

    def worst(self) -> list[MistakeSpan]:
        """The worst mistakes so far, worst first."""
        return self._dance.score.worst()

    @property
    def score(self) -> ScoreReading:
        """The score so far."""
        return self._dance.last_score

    @property
    def constant_delay_ms(self) -> float | None:
        """How late the dancer has been all the time since the start: camera, sound and habit together.

        Negative if early; None before there is enough to go by, and without music.
        """
        return self._dance.timing.constant_delay_ms

    def _new_dance(self) -> _Dance:
        choreography, settings = self._choreography, self._settings
        mirrored = self._options.mirror is MirrorMode.ON
        tables = choreography.tables_for(mirrored)
        planner = CuePlanner(
            settings.cues,
            self._texts,
            choreography.reference.beats_s,
            choreography.reference.duration_s,
            announce_mirrored=self._options.mirror is MirrorMode.AUTO,
        )
        return _Dance(
            tracker=self._new_tracker(),
            mirrored=mirrored,
            timing=TimingMeter(settings.alignment.timing, self._options.known_delay_ms),
            limbs=LimbTimingJudge(
                choreography.features_for(mirrored),
                choreography.reference.track.time_s,
                settings.judging.limbs,
                settings.alignment.timing,
            ),
            panel=JudgePanel(tables, settings),
            score=SessionScore(tables, settings.judging.score, settings.judging.angles),
            planner=planner,
        )

    def _new_tracker(self, mirror: MirrorMode | None = None) -> PositionTracker:
        choreography, options = self._choreography, self._options
        tracker = PositionTracker(
            choreography.features,
            choreography.mirrored_features,
            choreography.reference.track.time_s,
            self._settings.alignment,
            mirror=options.mirror if mirror is None else mirror,
            mode=options.mode,
        )
        if options.span_s is not None:
            tracker.restrict(*options.span_s)
        return tracker


_UNSEEN_JOINTS = tuple(
    JointReading(joint.name, None, None, None, joint.tolerance_deg, JointVerdict.UNSEEN) for joint in JOINTS
)
