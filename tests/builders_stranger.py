"""A stranger before the studio: a drawn person who does everything with the body, and a dance that is short."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pytest

from coach.app.scenes.practice_scene import PracticeScene
from coach.devices.drawn_actor import DrawnActor
from coach.devices.pose_detector import Detection
from coach.gestures.gesture import Gesture
from coach.pose.pose_frame import FloatArray, PoseFrame, PoseTrack
from coach.pose.reference import Audio, Reference
from coach.routine.acts import Dance, HoldGesture, Stand
from coach.routine.dancer_pose import bent_left_elbow, smaller_pose
from coach.settings.routine import MovementSettings
from coach.storage.folders import BUILT_IN_REFERENCES, user_folders
from coach.storage.reference_hdf5 import read_reference, write_reference
from coach.vision.draw_body import draw_silhouette
from coach.vision.pictures import Picture
from tests.builders_routine import routine
from tests.studio_rig import StudioRig

SHORT = "a-short-one"
FROM_S, UNTIL_S = 9.2, 21.0
"""Straight arms and a clear beginning: counts 16 to 36."""

PATIENCE_S = 60.0
BUSY = 2.5
"""Processes that want a core, for each core, the two of the test among them."""
LEAST_PICTURES = 10.0
"""A second: with fewer, nothing is concluded from what the studio did or did not understand."""
HOLD_S = 4.0
TRIES = 3
"""A busy computer gives few pictures; a person would try again too."""


def load_of_a_core() -> float:
    """Processes that wait for each core, over the last minute."""
    return os.getloadavg()[0] / (os.cpu_count() or 1) if hasattr(os, "getloadavg") else 0.0


def part_of(reference: Reference, start_s: float, end_s: float) -> Reference:
    """A stretch of a reference as one of its own."""
    times_s = reference.track.time_s
    kept = (times_s >= start_s) & (times_s < end_s)
    track = PoseTrack(
        times_s[kept] - times_s[kept][0],
        reference.track.image[kept],
        reference.track.world[kept],
        reference.track.frame_size_px,
    )

    def moved(moments_s: FloatArray) -> FloatArray:
        inside: FloatArray = moments_s[(moments_s >= start_s) & (moments_s < end_s - 0.1)] - start_s
        return inside

    audio = reference.audio
    assert audio is not None
    pcm = audio.pcm[int(start_s * audio.rate_hz) : int(end_s * audio.rate_hz)]
    return replace(
        reference,
        info=replace(reference.info, name=SHORT, title="A short one"),
        track=track,
        masks=reference.masks[kept],
        trajectory=reference.trajectory[kept],
        flow_energy=reference.flow_energy[kept],
        flow_energy_parts=reference.flow_energy_parts[kept],
        audio=Audio(np.ascontiguousarray(pcm), audio.rate_hz),
        sections=(),
        key_moments_s=moved(reference.key_moments_s),
        beats_s=moved(reference.beats_s),
        takes=(),
    )


def save_the_short_dance() -> None:
    """Put it among the user's own references."""
    whole = read_reference(BUILT_IN_REFERENCES / "first-steps.h5")
    write_reference(user_folders().references / f"{SHORT}.h5", part_of(whole, FROM_S, UNTIL_S), replace=True)


class TruthDetector:
    """A pose model that is never wrong and costs nothing: it asks the actor; what is out of the picture is unseen."""

    def __init__(self, actor: Callable[[], DrawnActor]) -> None:
        self._actor = actor

    def detect(self, bgr: Picture, time_s: float, frame_size_px: tuple[int, int] | None = None) -> Detection:
        size_px = frame_size_px or (bgr.shape[1], bgr.shape[0])
        pose = self._actor().pose_at(time_s)
        if pose is None or not 0.0 < float(pose.image[[23, 24], 0].mean()) < 1.0:
            return Detection(PoseFrame.missing(time_s, size_px), None)
        image, world = pose.image.copy(), pose.world.copy()
        outside = ((image[:, :2] < 0.0) | (image[:, :2] > 1.0)).any(axis=1)
        image[outside, 3] = world[outside, 3] = 0.1
        silhouette = np.zeros(bgr.shape[:2], np.uint8)
        draw_silhouette(silhouette, pose.image, (1,))
        return Detection(PoseFrame(time_s, image, world, size_px), silhouette.astype(np.float32))

    def warm_up(self, picture: Picture | None = None) -> None:
        """There is nothing to pay for."""

    def close(self) -> None:
        """Nor to free."""


class Beginner:
    """The routine from the short dance's start, in small, with a left arm that never gets straight."""

    def pose(self, time_s: float) -> FloatArray:
        values = smaller_pose(routine().pose(FROM_S + time_s), 0.8, MovementSettings())
        return bent_left_elbow(values, 75.0)


@dataclass
class Stranger:
    """Tells the actor what to do, and watches the studio."""

    rig: StudioRig
    actor: DrawnActor

    def stand(self) -> None:
        """Go to one's place, arms down."""
        self.actor.do(Stand(blend_s=1.2))

    def expect(self, condition: Callable[[], bool], timeout_s: float = PATIENCE_S) -> None:
        """Wait for something; fails if it does not come, but concludes nothing from that on a busy or slow computer."""
        if not self.rig.run_until(condition, timeout_s):
            if load_of_a_core() > BUSY:
                pytest.skip(f"this computer is busy ({load_of_a_core():.0f} processes for each core)")
            if self.looked_at_a_second < LEAST_PICTURES:
                pytest.skip(f"this computer is slow: {self.looked_at_a_second:.0f} pictures a second are looked at")
            pytest.fail(f"it did not come within {timeout_s:.0f} s, in {self.rig.scene_name}")

    def ask(self, gesture: Gesture, until: Callable[[], bool]) -> None:
        """Hold a gesture until it has worked, again if need be; then put the arms down."""
        for _ in range(TRIES):
            self.actor.do(HoldGesture(gesture, HOLD_S))
            worked = self.rig.run_until(until, HOLD_S + 1.0)
            self.stand()
            if worked:
                return
            self.rig.run_for(1.0)
        self.expect(until, 0.0)

    def rest(self, duration_s: float = 1.2) -> None:
        """Stand for a moment."""
        self.rig.run_for(duration_s)

    @property
    def looked_at_a_second(self) -> float:
        """Pictures that the sensor looked at since the actor entered, for each second."""
        looked_at = self.actor._index - self.rig.dropped
        return looked_at / max(self.actor.now_s, 1e-9)

    @property
    def pictures_a_second(self) -> float:
        """Pictures coached in the dance that has just ended, for each second of it."""
        return self.coached.frame_count / max(self.coached.danced_s, 1e-9)

    @property
    def practice(self) -> PracticeScene:
        scene = self.rig.scene
        assert isinstance(scene, PracticeScene)
        return scene

    def dance(self) -> None:
        """Dance to the music, wherever it is."""
        practice = self.practice.practice
        self.coached = practice.coach

        def place(now_s: float) -> float | None:
            return practice.transport.position_s(now_s) if practice.transport.running else None

        self.actor.do(Dance(place, Beginner()))
