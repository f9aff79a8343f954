"""From the newest coached frame to what the screen shows, with the dancer's own switches."""

from __future__ import annotations

import math
from collections import deque

import numpy as np

from coach.alignment.tracked_position import FollowMode
from coach.app.built_in_names import sections_shown, teacher_shown
from coach.app.practising.coach import Coach, CoachedFrame
from coach.app.practising.switches import Switches
from coach.judging.verdicts import Cue, CueKind
from coach.pose.pose_frame import FloatArray
from coach.session.choreography import Choreography
from coach.session.transport import Transport
from coach.settings.ui import UiSettings
from coach.ui.practice_tools import ToolsView
from coach.ui.teacher_framing import TeacherFraming
from coach.ui.view import Caption, PracticeView, Praise, StatusNumbers

RATE_WINDOW_S = 2.0
MS = 1000.0
ROUNDING = 1e-6
STRONG_PERCENTILE, ENERGY_HEADROOM = 95.0, 1.2


class RateMeter:
    """Events a second over the last two seconds."""

    def __init__(self) -> None:
        self._times_s: deque[float] = deque()

    def tick(self, now_s: float) -> None:
        """One event."""
        self._times_s.append(now_s)
        while self._times_s[0] < now_s - RATE_WINDOW_S:
            self._times_s.popleft()

    def per_s(self, now_s: float) -> float | None:
        """N stamps span N-1 gaps; None until there are enough, and when none has come for a while."""
        if len(self._times_s) < 3 or self._times_s[-1] < now_s - RATE_WINDOW_S:
            return None
        span_s = self._times_s[-1] - self._times_s[0]
        return (len(self._times_s) - 1) / span_s if span_s > 0 else None


class PracticeViewer:
    """Keeps what outlives one frame: captions, switches, the teacher's last place.

    Parameters
    ----------
    choreography : Choreography
    transport : Transport
    mode : FollowMode
    span_s : (float, float) or None
        The practised stretch, if it is not the whole.
    switches : Switches, optional
    """

    def __init__(
        self,
        choreography: Choreography,
        transport: Transport,
        mode: FollowMode,
        span_s: tuple[float, float] | None,
        settings: UiSettings,
        switches: Switches | None = None,
        language: str = "en",
    ) -> None:
        self.switches = switches or Switches()
        self._choreography, self._transport, self._mode = choreography, transport, mode
        self._span_s = span_s
        self._teacher_name = teacher_shown(choreography.reference.info, language)
        self._sections = sections_shown(choreography.reference, language)
        self.framing = TeacherFraming.of_track(choreography.reference.track, settings.body)
        self._pose_rate, self._draw_rate = RateMeter(), RateMeter()
        self._energy_full = _strongest(choreography.tables.energy)
        beats_s = choreography.reference.beats_s
        self._beat_s = float(np.median(np.diff(beats_s))) if len(beats_s) > 1 else None
        self._newest: CoachedFrame | None = None
        self._caption: Caption | None = None
        self._praise: Praise | None = None
        self._teacher_s = transport.start_s
        self.notices: tuple[str, ...] = ()

    def take(self, coached: CoachedFrame, now_s: float) -> None:
        """A new frame was coached."""
        self._newest = coached
        self._pose_rate.tick(now_s)
        if coached.state.praise_word is not None:
            self._praise = Praise(coached.state.praise_word, now_s)

    def drawn(self, now_s: float) -> None:
        """The screen was drawn."""
        self._draw_rate.tick(now_s)

    def caption(self, cue: Cue, now_s: float) -> None:
        """The coach said something."""
        self._caption = Caption(cue.text, cue.kind, now_s)

    def say(self, text: str, kind: CueKind, now_s: float) -> None:
        """Show words that are no cue of the session."""
        self._caption = Caption(text, kind, now_s)

    @property
    def place_s(self) -> float:
        """Where the teacher stands now."""
        return self._teacher_s

    def view(
        self, now_s: float, coach: Coach, dropped: int, voice_on: bool, tools: ToolsView | None = None
    ) -> PracticeView:
        """What to draw at ``now_s``."""
        choreography, newest = self._choreography, self._newest
        reference = choreography.reference
        state = newest.state if newest is not None else None
        frame = newest.frame if newest is not None else None
        film_s = coach.now_s(frame) if frame is not None else 0.0
        music_s = self._transport.music_s(film_s) if frame is not None else None
        self._move_teacher(music_s)
        return PracticeView(
            bgr=frame.bgr if frame is not None else None,
            state=state,
            now_s=now_s,
            duration_s=reference.duration_s,
            title=reference.info.title,
            teacher_name=self._teacher_name,
            teacher=reference.track.frame(choreography.tables.index_at(self._teacher_s)),
            teacher_view=self.switches.teacher_view,
            teacher_mirrored=state.position.mirrored if state is not None else False,
            teacher_framing=self.framing,
            mirrored=self.switches.mirrored,
            sections=self._sections,
            practised=self._span_s,
            music_s=music_s,
            tempo_percent=self._transport.tempo * 100.0,
            paused=coach.paused,
            energy_full=self._energy_full,
            caption=self._caption,
            praise=self._praise,
            status=StatusNumbers(
                pose_fps=self._pose_rate.per_s(now_s),
                draw_fps=self._draw_rate.per_s(now_s),
                overlay_age_ms=(now_s - frame.captured_s) * MS if frame is not None else None,
                dropped_count=dropped,
            ),
            notices=self.notices,
            voice_on=voice_on,
            help_shown=self.switches.help,
            countdown=None if frame is None else self._countdown(coach, film_s),
            tools=tools or ToolsView(),
        )

    def _countdown(self, coach: Coach, now_s: float) -> int | None:
        """Counts that are left before the dance or the next round; seconds where no beats are known."""
        if coach.starts_s is None or coach.paused:
            return None
        left_s = coach.starts_s - now_s
        if coach.rounds.counting_in(now_s):
            left_s = max(left_s, self._transport.lead_in_left_s(now_s))
        count_s = self._beat_s / self._transport.tempo if self._beat_s is not None else 1.0
        return math.ceil(left_s / count_s - ROUNDING) if left_s > 0 else None

    def _move_teacher(self, music_s: float | None) -> None:
        """The music leads the teacher in `along` mode; otherwise the teacher waits for the student."""
        if self._mode is FollowMode.ALONG and music_s is not None:
            self._teacher_s = music_s
        elif self._newest is not None and self._newest.state.position.reference_s is not None:
            self._teacher_s = self._newest.state.position.reference_s


def _strongest(energy: FloatArray) -> float | None:
    """Right end of the energy bar: a little above the teacher's strong moments."""
    known = energy[np.isfinite(energy)]
    return float(np.percentile(known, STRONG_PERCENTILE)) * ENERGY_HEADROOM if len(known) else None
