"""All settings of the application together."""

from __future__ import annotations

from dataclasses import dataclass, field

from coach.settings.devices import DeviceSettings
from coach.settings.framing_guide import GuideSettings
from coach.settings.gestures import GestureSettings
from coach.settings.home import HomeSettings
from coach.settings.latency import LatencySettings
from coach.settings.practice import PracticeToolSettings
from coach.settings.session import CoachSettings, PracticeSettings
from coach.settings.ui import UiSettings


@dataclass(frozen=True)
class AppSettings:
    """What `coach.app` hands down to everybody else."""

    coach: CoachSettings = field(default_factory=CoachSettings)
    practice: PracticeSettings = field(default_factory=PracticeSettings)
    tools: PracticeToolSettings = field(default_factory=PracticeToolSettings)
    guide: GuideSettings = field(default_factory=GuideSettings)
    gestures: GestureSettings = field(default_factory=GestureSettings)
    home: HomeSettings = field(default_factory=HomeSettings)
    latency: LatencySettings = field(default_factory=LatencySettings)
    devices: DeviceSettings = field(default_factory=DeviceSettings)
    ui: UiSettings = field(default_factory=UiSettings)
