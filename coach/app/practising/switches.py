"""What the dancer switches on and off while practising; found again at the next start."""

from __future__ import annotations

from coach.app.studio.studio_context import KeepsPreferences
from coach.settings.preferences import MIRROR_DELAYS_S, STAGES, Preferences
from coach.ui.commands import Command
from coach.ui.practice_tools import TeacherSide
from coach.ui.view import TeacherView


class Switches:
    """The switches of one practice.

    Parameters
    ----------
    preferences : KeepsPreferences, optional
        Where choices come from and go to; without it they hold for this practice.
    """

    def __init__(self, preferences: KeepsPreferences | None = None) -> None:
        self._preferences = preferences
        chosen = preferences.current if preferences is not None else Preferences()
        self.teacher_view = TeacherView(chosen.teacher_view)
        self.teacher_side = TeacherSide(chosen.teacher_side)
        self.stage = chosen.stage
        self.next_pose = chosen.next_pose
        self.metronome = chosen.metronome
        self.delay_s = chosen.delayed_mirror_s
        self.captions = chosen.captions
        self.mirrored = True
        self.help = False

    def obey(self, command: Command) -> bool:
        """Turn what ``command`` means; whether it meant one of these."""
        if command is Command.HELP:
            self.help = not self.help
        elif command is Command.MIRROR:
            self.mirrored = not self.mirrored
        elif command is Command.TEACHER_VIEW:
            self.teacher_view = self.teacher_view.following
            self._keep(teacher_view=self.teacher_view.value)
        elif command is Command.TEACHER_SIDE:
            self.teacher_side = self.teacher_side.following
            self._keep(teacher_side=self.teacher_side.value)
        elif command is Command.NEXT_POSE:
            self.next_pose = not self.next_pose
            self._keep(next_pose=self.next_pose)
        elif command is Command.METRONOME:
            self.metronome = not self.metronome
            self._keep(metronome=self.metronome)
        elif command is Command.DELAYED_MIRROR:
            self.delay_s = next((delay_s for delay_s in MIRROR_DELAYS_S if delay_s > self.delay_s), MIRROR_DELAYS_S[0])
            self._keep(delayed_mirror_s=self.delay_s)
        elif command is Command.STAGE:
            self.stage = STAGES[(STAGES.index(self.stage) + 1) % len(STAGES)]
            self._keep(stage=self.stage)
        else:
            return False
        return True

    def _keep(self, **change: object) -> None:
        if self._preferences is not None:
            self._preferences.change(**change)
