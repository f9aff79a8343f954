"""All settings of the application together."""

from __future__ import annotations

from dataclasses import dataclass, field

from coach.settings.devices import DeviceSettings
from coach.settings.session import CoachSettings, PracticeSettings
from coach.settings.ui import UiSettings


@dataclass(frozen=True)
class AppSettings:
    """What `coach.app` hands down to everybody else."""

    coach: CoachSettings = field(default_factory=CoachSettings)
    practice: PracticeSettings = field(default_factory=PracticeSettings)
    devices: DeviceSettings = field(default_factory=DeviceSettings)
    ui: UiSettings = field(default_factory=UiSettings)
