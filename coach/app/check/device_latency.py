"""The latency of the camera and the loudspeaker that are in use now."""

from __future__ import annotations

from collections.abc import Callable

from coach.storage.latency_store import LatencyEntry, LatencyStore, MeasuredLatency


class DeviceLatency:
    """Looks up, keeps and takes back what the latency check measured, always for the present pair of devices.

    Parameters
    ----------
    store : LatencyStore
    camera_name, output_name : callable
        Names of the devices in use.
    now_utc : callable
        ISO 8601.
    """

    def __init__(
        self,
        store: LatencyStore,
        camera_name: Callable[[], str],
        output_name: Callable[[], str],
        now_utc: Callable[[], str],
    ) -> None:
        self._store, self._camera_name, self._output_name, self._now_utc = store, camera_name, output_name, now_utc

    @property
    def pair(self) -> tuple[str, str]:
        """Camera and sound output."""
        return self._camera_name(), self._output_name()

    @property
    def entry(self) -> LatencyEntry | None:
        """What holds now; None for a pair that was never checked."""
        return self._store.latency_ms(*self.pair)

    def latency_ms(self) -> float:
        """How much later than it was done a movement arrives here; 0 where it was not checked."""
        entry = self.entry
        return entry.latency_ms if entry is not None else 0.0

    def keep(self, result: MeasuredLatency) -> None:
        """Let this hold from now on."""
        self._store.save(*self.pair, result, self._now_utc())

    def take_back(self) -> None:
        """Let what held before the last check hold again."""
        self._store.revert(*self.pair)
