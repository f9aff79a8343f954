"""The doctor's checks of what is kept between starts: settings, history, and the latency of the devices."""

from __future__ import annotations

from coach.app.doctor import CheckResult
from coach.app.history_command import practices
from coach.app.wall_clock import local_text
from coach.devices.camera_list import CameraLister, list_cameras
from coach.settings.storage import DoctorSettings
from coach.storage.folders import Folders
from coach.storage.history import History
from coach.storage.latency_store import LatencyEntry, LatencyStore
from coach.storage.preferences import PreferenceStore


def settings_check(folders: Folders) -> CheckResult:
    """Where the user's choices are, and whether they can be read."""
    path = folders.preferences
    if not path.exists():
        return CheckResult("settings", True, f"nothing changed yet (will be kept in {path})")
    notices = PreferenceStore(path).notices
    if notices:
        return CheckResult("settings", False, "; ".join(notices), "Choose anew on the page of settings")
    return CheckResult("settings", True, f"kept in {path}")


def history_check(folders: Folders) -> CheckResult:
    """Where the history is, and whether it opens and can be written."""
    path = folders.history
    if not path.exists():
        return CheckResult("history", True, f"nothing practised yet (will be kept in {path})")
    history = History(path)
    try:
        count, newest = history.count(), history.runs(limit_count=1)
        if history.notices:
            return CheckResult("history", False, "; ".join(history.notices), "See: python run_coach.py library history")
        last = f", the last on {local_text(newest[0].started_utc)}" if newest else ""
        return CheckResult("history", True, f"{practices(count)}{last}, kept in {path}")
    finally:
        history.close()


def latency_check(folders: Folders, settings: DoctorSettings, cameras: CameraLister = list_cameras) -> CheckResult:
    """What the latency check measured of the devices that are there, and how late the last practice was."""
    store = LatencyStore(folders.latency)
    if store.notices:
        return CheckResult("latency", False, "; ".join(store.notices), "Do the latency check again")
    names = {camera.name for camera in cameras() or ()}
    entries = [entry for entry in store.entries() if not names or entry.camera in names][: settings.shown_latencies]
    words = [_entry_words(entry) for entry in entries]
    others = len(store.entries()) - len(entries)
    if not words:
        known = f" for the devices that are there ({others} others are)" if others else " yet"
        words = [f"not measured{known}; the guided check measures it"]
    return CheckResult("latency", True, "; ".join([*words, *_delay_words(folders)]))


def _entry_words(entry: LatencyEntry) -> str:
    before = f", before that {entry.previous.latency_ms:.0f} ms" if entry.previous is not None else ""
    return (
        f"{entry.camera} with {entry.output}: {entry.latency_ms:.0f} ms, spread {entry.spread_ms:.0f} ms "
        f"({entry.count} measurements on {local_text(entry.measured_utc)}{before})"
    )


def _delay_words(folders: Folders) -> list[str]:
    """How late the dancer was in the last practice from beginning to end."""
    if not folders.history.exists():
        return []
    history = History(folders.history)
    runs = history.runs(limit_count=1)
    history.close()
    if not runs or runs[0].constant_delay_ms is None:
        return []
    delay_ms = runs[0].constant_delay_ms
    late = "late" if delay_ms > 0 else "early"
    said = f"{abs(delay_ms):.0f} ms {late}" if round(delay_ms) else "on time"
    return [f"in the last practice {said} all the time (equipment and habit together)"]
