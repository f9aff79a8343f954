"""Which cameras there are, what they are called, and finding one again after it was unplugged."""

from __future__ import annotations

import importlib
import platform
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SYSFS_CAMERAS = Path("/sys/class/video4linux")


@dataclass(frozen=True)
class CameraIdentity:
    """A camera that can be recognised.

    Attributes
    ----------
    index : int
        Number to open it with; may be another one after it was plugged in again.
    name : str
    port : str
        Where it is plugged in (a path of the system), empty if unknown.
    product : str
        Maker and product number (``"046d:0825"``) and serial number if it has one, empty if unknown.
    """

    index: int
    name: str
    port: str = ""
    product: str = ""


CameraLister = Callable[[], "tuple[CameraIdentity, ...] | None"]


def list_cameras() -> tuple[CameraIdentity, ...] | None:
    """The cameras of this computer, lowest index first; None where they cannot be listed."""
    if platform.system() == "Linux":
        return linux_cameras(SYSFS_CAMERAS)
    return _enumerated_cameras()


def linux_cameras(folder: Path) -> tuple[CameraIdentity, ...]:
    """Cameras as the Linux kernel lists them in ``folder``.

    A USB camera has a second node for its metadata, which gives no pictures: only a device's first node counts.
    """
    found = []
    for node in folder.glob("video*"):
        number = node.name.removeprefix("video")
        if not number.isdecimal() or _line(node / "index") not in ("", "0"):
            continue
        device = (node / "device").resolve()
        parts = [_line(device.parent / key) for key in ("idVendor", "idProduct", "serial")]
        product = ":".join(part for part in parts if part)
        found.append(CameraIdentity(int(number), _line(node / "name") or node.name, str(device), product))
    return tuple(sorted(found, key=lambda camera: camera.index))


def same_camera(wanted: CameraIdentity, present: tuple[CameraIdentity, ...]) -> CameraIdentity | None:
    """``wanted`` among the cameras that are ``present`` now, whatever its index is; None if it is not there.

    The same product at the same port is best, then the same product at another port (by name where the product
    number is unknown); another camera is never taken instead.
    """
    same_kind = [camera for camera in present if (camera.product, camera.name) == (wanted.product, wanted.name)]
    if wanted.port:
        same_kind.sort(key=lambda camera: camera.port != wanted.port)
    else:
        same_kind.sort(key=lambda camera: camera.index != wanted.index)
    return same_kind[0] if same_kind else None


def _line(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _enumerated_cameras() -> tuple[CameraIdentity, ...] | None:
    """Windows and macOS: through the optional package cv2-enumerate-cameras."""
    try:
        infos = importlib.import_module("cv2_enumerate_cameras").enumerate_cameras()
    except Exception:  # not installed, or its system calls failed: then the cameras stay nameless
        return None
    cameras: dict[int, CameraIdentity] = {}
    for info in infos:
        index = int(info.index) % 100  # the hundreds are the interface it was found through
        product = f"{info.vid:04x}:{info.pid:04x}" if info.vid is not None and info.pid is not None else ""
        cameras.setdefault(index, CameraIdentity(index, str(info.name), str(info.path or ""), product))
    return tuple(cameras[index] for index in sorted(cameras))
