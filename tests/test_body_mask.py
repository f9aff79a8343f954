"""The body mask on its standard sheet."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis.extra.numpy import arrays

from coach.pose.body_mask import mask_area_share, mirror_mask_bits, normalised_mask_bits, unpack_mask
from coach.settings.sensing import BodyMaskSettings
from tests.oracles_sensing import mask_sheet

SETTINGS = BodyMaskSettings()
BITS = arrays(np.uint8, (256, 32))


def disc(size: tuple[int, int], centre: tuple[float, float], radius: float) -> np.ndarray:
    y, x = np.mgrid[: size[1], : size[0]]
    return np.hypot(x - centre[0], y - centre[1]) <= radius


@pytest.mark.parametrize("seed", range(4))
def test_equals_the_obvious_twin(seed: int) -> None:
    rng = np.random.default_rng(seed)
    mask = rng.random((90, 70)) > 0.5
    hips = (float(rng.uniform(-10, 80)), float(rng.uniform(-10, 100)))
    torso_px = float(rng.uniform(5, 90))
    bits = normalised_mask_bits(mask, hips, torso_px, SETTINGS)
    assert bits.shape == (256, 32)
    assert bits.dtype == np.uint8
    np.testing.assert_array_equal(unpack_mask(bits), mask_sheet(mask, hips, torso_px, SETTINGS.torso_px))


def test_place_and_distance_of_the_dancer_do_not_matter() -> None:
    near = normalised_mask_bits(disc((640, 480), (200, 240), 120), (200, 240), 96, SETTINGS)
    far = normalised_mask_bits(disc((640, 480), (450, 300), 60), (450, 300), 48, SETTINGS)
    both, either = (unpack_mask(near) & unpack_mask(far)).sum(), (unpack_mask(near) | unpack_mask(far)).sum()
    assert both / either > 0.98
    assert mask_area_share(near) == pytest.approx(np.pi * 60**2 / 256**2, rel=0.02)


def test_what_is_outside_the_picture_is_not_body() -> None:
    bits = normalised_mask_bits(np.ones((50, 50), dtype=bool), (0, 0), SETTINGS.torso_px, SETTINGS)
    sheet = unpack_mask(bits)
    assert not sheet[:127].any()
    assert not sheet[:, :127].any()
    assert sheet[129:170, 129:170].all()


@given(BITS)
@settings(max_examples=30)
def test_unpacking_and_packing_is_nothing(bits: np.ndarray) -> None:
    np.testing.assert_array_equal(np.packbits(unpack_mask(bits), axis=-1), bits)
    assert mask_area_share(bits) == pytest.approx(unpack_mask(bits).mean())


@given(BITS)
@settings(max_examples=30)
def test_mirror_turns_left_and_right_and_back(bits: np.ndarray) -> None:
    mirrored = mirror_mask_bits(bits)
    np.testing.assert_array_equal(unpack_mask(mirrored), unpack_mask(bits)[:, ::-1])
    np.testing.assert_array_equal(mirror_mask_bits(mirrored), bits)


def test_mirrored_picture_gives_the_mirrored_sheet() -> None:
    rng = np.random.default_rng(7)
    mask = rng.random((120, 101)) > 0.6
    straight = normalised_mask_bits(mask, (37.0, 61.0), 40.0, SETTINGS)
    mirrored = normalised_mask_bits(np.ascontiguousarray(mask[:, ::-1]), (100 - 37.0, 61.0), 40.0, SETTINGS)
    np.testing.assert_array_equal(mirror_mask_bits(straight), mirrored)


def test_works_on_a_whole_clip() -> None:
    rng = np.random.default_rng(3)
    clip = rng.integers(0, 256, (5, 256, 32), dtype=np.uint8)
    assert unpack_mask(clip).shape == (5, 256, 256)
    assert mask_area_share(clip).shape == (5,)
    np.testing.assert_array_equal(mirror_mask_bits(clip)[3], mirror_mask_bits(clip[3]))


@pytest.mark.parametrize(("hips", "torso_px"), [((np.nan, 3.0), 40.0), ((1.0, 2.0), 0.0), ((1.0, 2.0), np.nan)])
def test_an_unknown_body_is_refused(hips: tuple[float, float], torso_px: float) -> None:
    with pytest.raises(ValueError, match="hips"):
        normalised_mask_bits(np.ones((10, 10), dtype=bool), hips, torso_px, SETTINGS)
