"""The recorder, frame by frame: preview, count-in, recording, end."""

from __future__ import annotations

from unittest.mock import Mock

from coach.app.recording.recorder import Recorder, RecordPhase
from coach.judging.framing import FramingJudge
from coach.settings.cues import FramingSettings
from tests.builders_app import sensed
from tests.builders_pose import make_observation, make_pose_frame


class Take:
    """A recorder with everything around it; ``recorded`` are the times in the journal."""

    def __init__(self, count_in_s: float = 0.0, limit_s: float | None = None, every_frame: bool = False) -> None:
        self.recorded: list[float] = []
        self.journal = Mock()
        self.journal.append = lambda observation: self.recorded.append(round(observation.time_s, 3))
        self.began_at: list[float] = []

        def start_journal(frame):
            self.began_at.append(round(frame.time_s, 3))
            return self.journal

        self.recorder = Recorder(
            start_journal,
            FramingJudge(FramingSettings()),
            every_frame=every_frame,
            count_in_s=count_in_s,
            limit_s=limit_s,
        )

    def film(self, start_s: float, end_s: float) -> None:
        for index in range(round(start_s * 10), round(end_s * 10)):
            self.recorder.handle(sensed(make_observation(make_pose_frame(index / 10))))


def test_the_preview_is_shown_and_not_recorded() -> None:
    take = Take()
    take.film(0.0, 2.0)
    assert take.recorder.phase is RecordPhase.PREVIEW
    shown = take.recorder.frames.get(0.0)
    assert shown is not None
    assert shown.pose.present
    assert take.began_at == take.recorded == []


def test_the_count_in_counts_and_then_it_records() -> None:
    take = Take(count_in_s=1.0)
    take.film(0.0, 0.5)
    take.recorder.begin()
    take.film(0.5, 1.0)
    counting = take.recorder.frames.get(0.0)
    assert counting is not None
    assert counting.phase is RecordPhase.COUNT_IN
    assert 0.5 < counting.countdown_s <= 0.7
    take.film(1.0, 2.0)
    assert take.began_at == [1.5]
    assert take.recorded == [1.5, 1.6, 1.7, 1.8, 1.9]
    running = take.recorder.frames.get(0.0)
    assert running is not None
    assert running.elapsed_s == 1.9 - 1.5 or abs(running.elapsed_s - 0.4) < 1e-9
    assert running.countdown_s == 0.0


def test_the_limit_ends_it() -> None:
    take = Take(limit_s=1.0)
    take.recorder.begin()
    take.film(0.0, 3.0)
    assert take.recorder.done
    assert take.recorded[-1] == 1.0


def test_stopping_works_even_if_no_frame_comes_any_more() -> None:
    take = Take()
    take.recorder.begin()
    take.film(0.0, 1.0)
    assert not take.recorder.done
    take.recorder.stop()
    assert take.recorder.done
    take.film(1.0, 2.0)
    assert take.recorded[-1] == 0.9


def test_a_screen_that_is_gone_ends_it() -> None:
    take = Take(every_frame=True)
    take.recorder.frames.close()
    take.recorder.begin()
    take.film(0.0, 0.2)
    assert take.recorder.phase is RecordPhase.DONE
    assert take.recorded == [0.0]


def test_closing_finishes_the_journal() -> None:
    take = Take()
    take.recorder.close()
    take.journal.close.assert_not_called()
    take.recorder = Take().recorder
    again = Take()
    again.recorder.begin()
    again.film(0.0, 0.3)
    again.recorder.close()
    again.journal.close.assert_called_once_with()
