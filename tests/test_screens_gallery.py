"""Every screen in every state, size, theme, text size and language: nothing overlaps, and it looks as ever.

What screens look like is compared with small pictures in ``tests/screens``. After a wanted change, look at the new
pictures in ``tests/output/gallery`` and renew the small ones with

    UPDATE_SCREENS=1 python -m pytest tests/test_screens_gallery.py
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from coach.ui.look import Look
from coach.ui.screenshot import save_screenshot
from coach.ui.surfaces import new_surface
from tests.builders_gallery import Shown, gallery
from tests.builders_recorded import Recorded, pixels_of

FOLDER = Path(__file__).parent / "screens"
OUTPUT = Path(__file__).parent / "output" / "gallery"
UPDATE = bool(os.environ.get("UPDATE_SCREENS"))
SIZES_PX = ((800, 600), (1280, 720), (1920, 1080))
LOOKS = {
    "dark_en": Look(),
    "dark_de": Look(language="de"),
    "dark_de_150": Look("dark", 1.5, "de"),
    "light_de_left": Look("light", 1.0, "de", left_handed=True),
    "contrast_en_150": Look("high-contrast", 1.5, "en"),
    "light_en_80": Look("light", 0.8, "en"),
}
IN_FULL_HD = ("dark_de_150",)
"""Everything scales with the window: at the largest size the fullest look is enough."""
SAVED = (("dark_en", (1280, 720)), ("dark_de_150", (800, 600)))
"""For the eye."""
SCREENS = tuple(dict.fromkeys(shown.screen for shown in gallery()))
MAX_STORED_BYTES = 1_000_000


@dataclass(frozen=True)
class Compared:
    """A look and size whose pictures are kept."""

    name: str
    look: Look
    size_px: tuple[int, int]
    small_px: tuple[int, int]


COMPARED = (
    Compared("dark_en_1280x720", LOOKS["dark_en"], (1280, 720), (160, 90)),
    Compared("light_de_left_800x600", LOOKS["light_de_left"], (800, 600), (120, 90)),
)
MEAN_TOLERANCE, PATCH_TOLERANCE = 3.0, 48.0
"""Grey levels: of a whole small picture, and of any patch of it. Another version of a font moves edges a little; a
missing panel, another colour or a text that lies elsewhere changes more."""
_PATCH = 8


@pytest.mark.parametrize("shown", gallery(), ids=str)
def test_nothing_overlaps_or_is_cut_off(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    recorded = Recorded(monkeypatch)
    faults = []
    for name, look in LOOKS.items():
        for size_px in SIZES_PX:
            if size_px == SIZES_PX[-1] and name not in IN_FULL_HD:
                continue
            recorded.clear()
            surface = new_surface(size_px)
            shown.draw(surface, look)
            faults += [f"{name} {size_px[0]}x{size_px[1]}: {fault}" for fault in recorded.faults(size_px)]
            if (name, size_px) in SAVED:
                save_screenshot(surface, OUTPUT / f"{shown}_{name}_{size_px[0]}x{size_px[1]}.png")
    assert not faults, "\n".join(faults)


def small(pixels: NDArray[np.uint8], small_px: tuple[int, int]) -> NDArray[np.uint8]:
    return np.asarray(cv2.resize(pixels, small_px, interpolation=cv2.INTER_AREA), np.uint8)


def sheet_of(screen: str, compared: Compared) -> NDArray[np.uint8]:
    """The small pictures of one screen's states, one below the other."""
    rows = []
    for shown in gallery():
        if shown.screen == screen:
            surface = new_surface(compared.size_px)
            shown.draw(surface, compared.look)
            rows.append(small(pixels_of(surface), compared.small_px))
    return np.vstack(rows)


def differences(first: NDArray[np.uint8], second: NDArray[np.uint8]) -> tuple[float, float]:
    """Mean difference, and that of the patch which differs most."""
    apart = np.abs(first.astype(np.float32) - second.astype(np.float32)).mean(axis=-1)
    patches = cv2.blur(apart, (_PATCH, _PATCH))
    return float(apart.mean()), float(patches.max())


@pytest.mark.parametrize("compared", COMPARED, ids=lambda one: one.name)
@pytest.mark.parametrize("screen", SCREENS)
def test_screens_look_as_ever(screen: str, compared: Compared) -> None:
    path = FOLDER / f"{screen}_{compared.name}.png"
    sheet = sheet_of(screen, compared)
    if UPDATE:
        FOLDER.mkdir(exist_ok=True)
        cv2.imwrite(str(path), sheet, [cv2.IMWRITE_PNG_COMPRESSION, 9])
    assert path.exists(), f"no picture to compare with: {__doc__}"
    kept = cv2.imread(str(path))
    assert kept is not None
    assert kept.shape == sheet.shape, "another number of states: renew the small pictures (see above)"
    tall = compared.small_px[1]
    states = [shown.state for shown in gallery() if shown.screen == screen]
    for index, state in enumerate(states):
        part = slice(index * tall, (index + 1) * tall)
        mean, patch = differences(sheet[part], np.asarray(kept[part], np.uint8))
        assert mean <= MEAN_TOLERANCE, f"{screen} {state}: {mean:.1f} grey levels on the whole"
        assert patch <= PATCH_TOLERANCE, f"{screen} {state}: {patch:.1f} grey levels in one place"


def test_the_comparison_sees_what_matters() -> None:
    """Tolerant of a pixel's shift, not of a missing panel or another colour."""
    shown = next(one for one in gallery() if str(one) == "home-cards")
    surface = new_surface((1280, 720))
    shown.draw(surface, Look())
    pixels = pixels_of(surface)
    whole = small(pixels, (160, 90))
    shifted = small(np.roll(pixels, 1, axis=1), (160, 90))
    mean, patch = differences(whole, shifted)
    assert mean <= MEAN_TOLERANCE
    assert patch <= PATCH_TOLERANCE
    missing = pixels.copy()
    missing[60:250, 20:890] = pixels[5, 5]
    mean, patch = differences(whole, small(missing, (160, 90)))
    assert mean > MEAN_TOLERANCE or patch > PATCH_TOLERANCE
    other = next(one for one in gallery() if str(one) == "home-broken")
    other.draw(surface, Look())
    mean, patch = differences(whole, small(pixels_of(surface), (160, 90)))
    assert mean > MEAN_TOLERANCE or patch > PATCH_TOLERANCE


def test_the_stored_pictures_stay_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.glob("*.png")) < MAX_STORED_BYTES
    wanted = {f"{screen}_{compared.name}.png" for screen in SCREENS for compared in COMPARED}
    assert {path.name for path in FOLDER.glob("*.png")} == wanted
