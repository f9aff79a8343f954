"""What a frame costs beside the pose model: flow, mask and energy; features and tracking; judging and planning."""

from __future__ import annotations

import tempfile
from pathlib import Path
from time import perf_counter, thread_time

import numpy as np

from coach.alignment.tracked_position import FollowMode, TrackState
from coach.alignment.warm_up import warm_up
from coach.devices.drawn_source import DrawnSource
from coach.devices.sensor import Detector, Sensor
from coach.pose.reference import Reference
from coach.session.choreography import Choreography
from coach.session.coaching_session import CoachingSession, SessionOptions
from coach.settings.sensing import DetectorSettings, SensingSettings
from coach.settings.session import CoachSettings
from coach.storage.session_log import LatencyMs, SessionLog
from coach.vision.pictures import resize_to_height
from tests.bench.figures import MS, Row, Samples, summed
from tests.bench.long_dance import long_reference

REFERENCE_S = 300.0


class StampClock:
    """A clock that remembers when it was read, also by the thread's own time."""

    def __init__(self) -> None:
        self.stamps: list[tuple[float, float]] = []

    def now_s(self) -> float:
        """Seconds of the computer's clock."""
        self.stamps.append((perf_counter(), thread_time()))
        return self.stamps[-1][0]

    def sleep_s(self, duration_s: float) -> None:
        """Nobody waits here."""
        raise AssertionError(f"somebody wanted to wait {duration_s} s")


def measure_beside_pose(
    short: Reference, detector: Detector, frames: int, reference_s: float = REFERENCE_S
) -> list[Row]:
    """The drawn student against a reference of ``reference_s``, frame by frame in this thread.

    Parameters
    ----------
    short : Reference
        The built-in routine's; repeated until it is long enough.
    detector : Detector
        Called for every frame, so that all else finds the processor's caches as in real life; closed at the end.
    frames : int
        How many are measured, after one second that is not.
    """
    settings = CoachSettings()
    setup = Samples()
    with setup.timed():
        choreography = Choreography.of_reference(long_reference(short, reference_s), settings)
    warm_up()
    session = CoachingSession(choreography, settings, SessionOptions(FollowMode.ALONG))
    clock = StampClock()
    pose, flow, track, judge, log_line = (Samples() for _ in range(5))
    following = 0
    with (
        DrawnSource(loop=True) as source,
        Sensor(detector, clock, SensingSettings.live()) as sensor,
        tempfile.TemporaryDirectory() as folder,
    ):
        log = SessionLog(Path(folder) / "bench.jsonl")
        skipped = round(source.info.fps)
        for number in range(frames + skipped):
            frame = source.read(timeout_s=1.0)
            if frame is None:
                raise RuntimeError("the drawn dancer stopped")
            clock.stamps.clear()
            observation, timings = sensor.observe(frame)
            start, pose_end, end = clock.stamps
            parts = [Samples(), Samples(), Samples()]
            with parts[0].timed():
                followed = session.follow(observation, frame.time_s)
            with parts[1].timed():
                state = session.judge(followed)
            with parts[2].timed():
                log.frame(state, LatencyMs(timings.pose_ms, timings.flow_ms, 0.0, 0.0, 0.0))
            if number < skipped:
                continue
            pose.add((pose_end[0] - start[0]) * MS, (pose_end[1] - start[1]) * MS)
            flow.add((end[0] - pose_end[0]) * MS, (end[1] - pose_end[1]) * MS)
            for samples, part in zip((track, judge, log_line), parts, strict=True):
                samples.add(part.wall_ms[0], part.cpu_ms[0])
            following += state.position.state is TrackState.FOLLOWING
        log.close()
    title = f"Beside the pose model, reference of {reference_s:.0f} s ({len(choreography.features)} frames)"
    return [
        flow.row(title, "flow, mask, energy"),
        track.row(title, "features, tracking", f"following {following / max(1, frames):.0%}"),
        judge.row(title, "judging, planning"),
        summed([flow, track, judge]).row(title, "sum", "budget: 6 ms at the median"),
        log_line.row(title, "(line of the log)"),
        setup.row(title, "(tables of the reference, once)"),
        pose.row(title, "(pose model, for comparison)", "cpu: this thread's share only"),
        *_scaling(title),
    ]


def _scaling(title: str) -> list[Row]:
    """What it costs to bring a camera's picture to the size that the pose model is given."""
    rows = []
    for width_px, height_px in ((1280, 720), (1920, 1080)):
        picture = np.random.default_rng(1).integers(0, 255, (height_px, width_px, 3), dtype=np.uint8)
        samples = Samples()
        for _ in range(30):
            with samples.timed():
                resize_to_height(picture, DetectorSettings().picture_height_px)
        rows.append(samples.row(title, f"(of it, scaling {width_px}x{height_px})"))
    return rows
