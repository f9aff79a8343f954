"""What watches a dance beside the coach, in the coach's thread: each of them may be missing."""

from __future__ import annotations

from dataclasses import dataclass

from coach.app.result.replay_tape import ReplayTape
from coach.gestures.gesture import NO_GESTURE, GestureState
from coach.gestures.gesture_reader import GestureReader
from coach.pose.pose_frame import PoseFrame
from coach.practice.framing_guide import FramingGuide
from coach.practice.run_recorder import RunRecorder
from coach.practice.stages import FeedbackStages
from coach.session.judge_panel import PanelReading
from coach.session.session_state import SessionState


@dataclass
class Companions:
    """Everybody else who looks at the frames of one practice.

    Attributes
    ----------
    guide : FramingGuide or None
        Waits until the dancer stands well; only then the dance begins.
    dance_gestures, menu_gestures : GestureReader or None
        What the dancer's poses ask for while dancing, and in a pause.
    recorder : RunRecorder or None
        Keeps what the result and the history will tell.
    stages : FeedbackStages or None
        Fades what is shown, phrase by phrase.
    tape : ReplayTape or None
        Keeps pictures, in memory only, for the delayed mirror and the result.
    """

    guide: FramingGuide | None = None
    dance_gestures: GestureReader | None = None
    menu_gestures: GestureReader | None = None
    recorder: RunRecorder | None = None
    stages: FeedbackStages | None = None
    tape: ReplayTape | None = None
    _read_last: GestureReader | None = None

    def watch(self, state: SessionState, panel: PanelReading | None) -> None:
        """A frame was coached, or (without a panel) only looked at."""
        if self.recorder is None:
            return
        ended = self.recorder.step(state, panel)
        if ended is not None and ended.complete and self.stages is not None:
            self.stages.finish_phrase(ended.index, ended.score)

    def gesture(self, pose: PoseFrame, time_s: float, *, menu: bool) -> GestureState:
        """What the dancer asks for; none while somebody is still looking for a place to stand."""
        reader = self.menu_gestures if menu else self.dance_gestures
        if reader is not self._read_last:
            self._read_last = reader
            if reader is not None:
                reader.reset()
        return NO_GESTURE if reader is None else reader.step(pose, time_s)
