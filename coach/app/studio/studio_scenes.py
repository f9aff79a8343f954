"""The scenes of the studio, joined: where each of them leads, and what a changed choice means for all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import replace

from coach.alignment.tracked_position import FollowMode, MirrorMode
from coach.app.options import PracticeOptions
from coach.app.practising.drawn_lead import DrawnLead
from coach.app.practising.practice_parts import PracticeWorld
from coach.app.practising.practice_request import PracticeRequest
from coach.app.practising.practices import Practices, nothing
from coach.app.preferred import preferred, settings_of
from coach.app.scenes.check_scene import CheckScene
from coach.app.scenes.history_scene import HistoryScene
from coach.app.scenes.home_scene import HomeScene
from coach.app.scenes.latency_scene import LatencyScene
from coach.app.scenes.settings_scene import SettingsScene
from coach.app.sources import open_demo_source
from coach.app.studio.dance_shelf import DanceShelf
from coach.app.studio.scene import Scene
from coach.app.studio.show import Show
from coach.app.studio.studio_parts import Around, menu_preview, menu_reader
from coach.devices.camera_list import list_cameras
from coach.devices.frame_source import FrameSource
from coach.settings.app import AppSettings
from coach.settings.home import HomeSettings
from coach.storage.library import list_references
from coach.storage.run_logs import RunLogs
from coach.ui.home_view import Entry

DEMO_REFERENCE = "first-steps"


class StudioScenes:
    """Makes the scenes of the studio and joins them.

    Parameters
    ----------
    options : PracticeOptions
        Of the command line.
    settings : AppSettings
    around : Around
    executor : Executor
        For what takes time.
    open_camera : callable
        Opens the camera that is chosen now.
    show : Show
    logs : RunLogs
    film : bool
        A film stands in for the camera: it begins anew with each practice, and nobody walks into place.
    """

    def __init__(
        self,
        options: PracticeOptions,
        settings: AppSettings,
        around: Around,
        executor: Executor,
        open_camera: Callable[[], FrameSource],
        show: Show,
        logs: RunLogs,
        *,
        film: bool = False,
    ) -> None:
        self._options, self._settings, self._around = options, settings, around
        self._executor, self._open_camera = executor, open_camera
        self._preview = menu_preview(settings, around.context.preferences.current)
        world = PracticeWorld(around, show.visible, walks_in=not film, recorded=True, home_waits=True)
        self._practices = Practices(
            self._chosen,
            world,
            executor,
            logs,
            kept=not film,
            restart=around.line.start_soon if film else nothing,
            preview=self._preview,
            show=show,
        )
        self._lead = DrawnLead()
        self._demo = Practices(
            self._chosen_for_demo,
            replace(world, walks_in=False),
            executor,
            logs,
            kept=False,
            restart=lambda: around.line.start_soon(self._open_dancer),
            shown=self._lead.show,
            left=lambda: around.line.start_soon(open_camera),
            preview=self._preview,
            show=show,
        )

    def home(self) -> Scene:
        """The lowest scene."""
        around = self._around
        shelf = DanceShelf(list_references, around.context.history, HomeSettings(), self._settings.ui.body)
        return HomeScene(
            around.context,
            shelf,
            self._preview,
            open_practice=self._practise,
            open_entries={
                Entry.DEMO: lambda: self._demo.open(PracticeRequest(DEMO_REFERENCE)),
                Entry.SETTINGS: self._open_settings,
                Entry.CHECK: self.check,
                Entry.HISTORY: self._open_history,
            },
            camera_trouble=lambda: around.line.trouble,
            voice_works=self._voice_works,
        )

    def check(self) -> Scene:
        """The guided check of everything, shown by itself at the first start."""
        around = self._around

        def latency_known() -> float | None:
            entry = around.latency.entry
            return entry.latency_ms if entry is not None else None

        return CheckScene(
            around.context,
            self._preview,
            cameras=camera_names,
            use_camera=lambda _name: self._changed("camera"),
            open_latency=lambda: LatencyScene(
                around.context, self._preview, around.latency, lambda: around.line.trouble
            ),
            latency_known=latency_known,
            voice_works=self._voice_works,
            camera_trouble=lambda: around.line.trouble,
        )

    def _practise(self, name: str) -> Scene:
        return self._practices.open(PracticeRequest(name, tempo_percent=self._options.tempo_percent))

    def _open_history(self) -> Scene:
        return HistoryScene(self._around.context, open_practice=self._practise, preview=self._preview)

    def _voice_works(self) -> bool:
        speaker = self._around.speaker
        return speaker is not None and speaker.problem is None

    def _open_settings(self) -> Scene:
        return SettingsScene(self._around.context, camera_names, changed=self._changed, preview=self._preview)

    # -- choices ---------------------------------------------------------------------------------------------------
    def _changed(self, field: str) -> None:
        """Do what has to be done about a new choice."""
        around, chosen = self._around, self._around.context.preferences.current
        if field == "camera":
            around.line.start_soon(self._open_camera)
        elif field in ("language", "voice"):
            around.speak(self._chosen()[0].live, chosen.language, self._executor.submit)
        elif field == "upper_body_only":
            self._preview.use(self._chosen()[1].coach.cues.framing)
        elif field in ("gestures", "left_handed"):
            self._preview.reader = menu_reader(self._settings, chosen)

    def _chosen(self) -> tuple[PracticeOptions, AppSettings]:
        """Options and settings with what was chosen in the meantime."""
        chosen = self._around.context.preferences.current
        options = preferred(self._options, chosen)
        return options, settings_of(options, chosen)

    def _chosen_for_demo(self) -> tuple[PracticeOptions, AppSettings]:
        options, settings = self._chosen()
        return replace(options, mode=FollowMode.ALONG, mirror=MirrorMode.AUTO), settings

    def _open_dancer(self) -> FrameSource:
        return open_demo_source(self._options, self._around.context.clock, self._lead)


def camera_names() -> Sequence[str]:
    """Names of the cameras that are there."""
    return [camera.name for camera in list_cameras() or ()]
