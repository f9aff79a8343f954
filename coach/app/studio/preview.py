"""What the menus see of the camera: the picture, the pose in it, how well it stands, and gestures."""

from __future__ import annotations

from dataclasses import dataclass
from queue import SimpleQueue

from coach.app.live import SensedFrame
from coach.devices.frame_source import Frame
from coach.devices.latest_slot import LatestSlot
from coach.gestures.gesture import NO_GESTURE, GestureAction, GestureState
from coach.gestures.gesture_reader import GestureReader
from coach.judging.framing import FramingJudge
from coach.judging.verdicts import FramingHint
from coach.pose.observation import Observation
from coach.pose.one_euro import LiveSmoother
from coach.pose.pose_frame import PoseFrame
from coach.settings.cues import FramingSettings
from coach.settings.session import CoachSettings


@dataclass(frozen=True)
class PreviewFrame:
    """A picture and what was seen in it; ``pose`` is smoothed, ``observation`` as sensed."""

    frame: Frame
    pose: PoseFrame
    observation: Observation
    framing: FramingHint | None
    gesture: GestureState = NO_GESTURE


class Preview:
    """The handler of every scene that does not coach (see `FrameHandler`).

    Parameters
    ----------
    settings : CoachSettings
    reader : GestureReader, optional
        Fills ``PreviewFrame.gesture`` and `actions`; without one no gesture is read.
    """

    def __init__(self, settings: CoachSettings, reader: GestureReader | None = None) -> None:
        self._smoother = LiveSmoother(settings.smoothing)
        self._framing = FramingJudge(settings.cues.framing)
        self.reader = reader
        self.frames: LatestSlot[PreviewFrame] = LatestSlot()
        self.actions: SimpleQueue[GestureAction] = SimpleQueue()

    def use(self, framing: FramingSettings) -> None:
        """Another idea of standing well from now on, such as the upper body only."""
        self._framing = FramingJudge(framing)

    def handle(self, sensed: SensedFrame) -> None:
        """Take in one frame."""
        observation = sensed.observation
        pose = self._smoother.step(observation.pose)
        framing = self._framing.step(observation, observation.time_s)
        reader = self.reader  # once: the main thread may exchange it, or take it away
        gesture = NO_GESTURE if reader is None else reader.step(pose, observation.time_s)
        if gesture.fired is not None:
            self.actions.put(gesture.fired)
        self.frames.put(PreviewFrame(sensed.frame, pose, observation, framing, gesture))
