"""Masks: descriptors, distance maps, and what they must not depend on."""

from __future__ import annotations

import numpy as np
import pyefd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from coach.comparison.mask_judge import side_shares
from coach.comparison.outline import elliptic_fourier, from_elliptic_fourier, polygon_area
from coach.comparison.shape_fit import fit_shapes, gaussian_nearness, on_sheet
from coach.comparison.silhouettes import Silhouette, Silhouettes
from coach.pose.joint_table import JOINT_COUNT
from coach.settings.comparison import OutlineSettings
from coach.vision.mask_shapes import MaskShapes
from tests.builders_comparison import dance, in_baggy_clothes
from tests.oracles_comparison import distances, outline_harmonic

FloatArray = NDArray[np.float64]

TOOLS, SETTINGS = MaskShapes(), OutlineSettings()
NO_JOINTS = np.full((JOINT_COUNT, 2), np.nan)


def star(seed: int, corners: int = 40, size: float = 1.0) -> FloatArray:
    """A closed outline around the origin, folded at random."""
    rng = np.random.default_rng(seed)
    angles = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    radius = size * rng.uniform(0.5, 1.5, corners)
    return np.stack([radius * np.cos(angles), radius * np.sin(angles)], axis=1)


def silhouette(outline: FloatArray) -> Silhouette:
    return Silhouette(outline, polygon_area(outline), NO_JOINTS, np.array([0.0, -1.0]))


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 8))
def test_descriptors_agree_with_plain_integration(seed: int, order: int) -> None:
    outline = star(seed)
    coefficients, _ = elliptic_fourier(outline, 8)
    np.testing.assert_allclose(coefficients[order - 1], outline_harmonic(outline, order), atol=2e-3)


def test_descriptors_agree_with_pyefd() -> None:
    for seed in range(5):
        outline = star(seed)
        closed = np.concatenate([outline, outline[:1]])
        coefficients, middle = elliptic_fourier(outline, 8)
        np.testing.assert_allclose(coefficients, pyefd.elliptic_fourier_descriptors(closed, order=8), atol=1e-9)
        np.testing.assert_allclose(middle, pyefd.calculate_dc_coefficients(closed), atol=1e-9)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.1, 5.0), st.floats(-9, 9), st.floats(0, 6.28), st.integers(0, 39))
def test_descriptors_of_a_moved_turned_scaled_outline(
    seed: int, scale: float, shift: float, turn: float, start: int
) -> None:
    outline = star(seed)
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    other = np.roll(scale * outline @ rotation.T + shift, start, axis=0)
    plain, middle = elliptic_fourier(outline, 6)
    changed, new_middle = elliptic_fourier(other, 6)
    np.testing.assert_allclose(new_middle, scale * rotation @ middle + shift, atol=1e-6)
    # Size of each harmonic (its ellipse): the same, whatever the start and the turn.
    np.testing.assert_allclose((changed**2).sum(axis=1), scale**2 * (plain**2).sum(axis=1), rtol=1e-6)


def test_an_ellipse_needs_one_harmonic() -> None:
    angles = np.linspace(0, 2 * np.pi, 400, endpoint=False)
    circle = np.stack([3 + 2 * np.cos(angles), 2 * np.sin(angles)], axis=1)
    smooth = from_elliptic_fourier(*elliptic_fourier(circle, 1), 100)
    np.testing.assert_allclose(np.hypot(*(smooth - [3, 0]).T), 2.0, atol=1e-3)
    assert polygon_area(smooth) == pytest.approx(4 * np.pi, rel=0.01)


def test_an_outline_without_length_is_refused() -> None:
    with pytest.raises(ValueError, match="no length"):
        elliptic_fourier(np.ones((9, 2)), 5)


def test_distance_map_agrees_with_looking_at_all_pixels() -> None:
    mask = np.random.default_rng(0).random((24, 31)) < 0.02
    assert mask.any()
    np.testing.assert_allclose(TOOLS.distance_px(mask), distances(mask), atol=1e-3)
    assert np.isinf(TOOLS.distance_px(np.zeros((4, 4), dtype=bool))).all()


def test_nearness_is_a_gaussian() -> None:
    np.testing.assert_allclose(gaussian_nearness(np.array([0.0, 2.0, np.inf]), 2.0), [1.0, np.exp(-0.5), 0.0])


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 1000), st.floats(0.5, 2.0))
def test_a_shape_fits_itself_at_any_size(seed: int, scale: float) -> None:
    outline = star(seed, 12, 0.8)
    teacher, student = silhouette(outline), silhouette(outline * scale)
    fit = fit_shapes(
        on_sheet(teacher, teacher.area, TOOLS, SETTINGS),
        on_sheet(student, teacher.area, TOOLS, SETTINGS),
        NO_JOINTS,
        SETTINGS,
    )
    assert fit.fit > 0.999
    assert fit.iou > 0.98


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 1000), st.integers(0, 1000))
def test_fit_is_symmetric_and_bounded(first: int, second: int) -> None:
    shapes = [on_sheet(silhouette(star(seed, 12)), 3.0, TOOLS, SETTINGS) for seed in (first, second)]
    forth, back = fit_shapes(*shapes, NO_JOINTS, SETTINGS), fit_shapes(*shapes[::-1], NO_JOINTS, SETTINGS)
    assert forth.fit == pytest.approx(back.fit)
    assert 0.0 <= forth.fit <= 1.0
    assert forth.iou <= forth.fit + 1e-9


def test_fit_falls_as_an_arm_wanders_off() -> None:
    body = np.array([[-0.3, -1.0], [0.3, -1.0], [0.3, 1.0], [-0.3, 1.0]])
    teacher = on_sheet(silhouette(body), 1.2, TOOLS, SETTINGS)
    fits = []
    for length in (0.0, 0.4, 0.8, 1.2):
        arm = np.array([[0.3, -0.9], [0.3 + length, -0.9], [0.3 + length, -0.6], [0.3, -0.6]])
        outline = np.concatenate([body[:2], arm, body[2:]])
        shape = Silhouette(outline, 1.2, NO_JOINTS, np.array([0.0, -1.0]))
        fits.append(fit_shapes(teacher, on_sheet(shape, 1.2, TOOLS, SETTINGS), NO_JOINTS, SETTINGS).fit)
    assert fits == sorted(fits, reverse=True)
    assert fits[0] - fits[-1] > 0.1


def test_crops_see_only_their_joint() -> None:
    square = np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])
    cut = np.array([[-1.0, -1.0], [0.2, -1.0], [1.0, -0.2], [1.0, 1.0], [-1.0, 1.0]])
    joints = NO_JOINTS.copy()
    joints[0], joints[1] = [1.0, -1.0], [-1.0, 1.0]
    shapes = [Silhouette(outline, 4.0, joints, np.zeros(2)) for outline in (square, cut)]
    fit = fit_shapes(*(on_sheet(shape, 4.0, TOOLS, SETTINGS) for shape in shapes), joints, SETTINGS)
    assert fit.local[0] < 0.7
    assert fit.local[1] > 0.99
    assert np.isnan(fit.local[2:]).all()


def test_sides_of_the_spine() -> None:
    outline = np.array([[-1.0, -1.0], [3.0, -1.0], [3.0, 1.0], [-1.0, 1.0]])
    left, top = side_shares(silhouette(outline))
    assert left == pytest.approx(0.25)
    assert top == pytest.approx(0.5)
    turned = Silhouette(outline[:, ::-1] * [1, -1], 8.0, NO_JOINTS, np.array([-1.0, 0.0]))
    assert side_shares(turned)[0] == pytest.approx(0.25)


def test_hu_moments_do_not_see_place_size_or_turn() -> None:
    outline = star(3, 20, 12.0)
    plain = TOOLS.hu_moments(TOOLS.filled(outline + 64, 128))
    other = TOOLS.hu_moments(TOOLS.filled(outline[:, ::-1] * [1, -1] * 1.5 + 60, 128))
    np.testing.assert_allclose(np.log10(np.abs(other[:2])), np.log10(np.abs(plain[:2])), atol=0.05)


def test_cloth_is_smoothed_away() -> None:
    clip, baggy = dance(), in_baggy_clothes(dance())
    plain, loose = (Silhouettes(one, TOOLS, SETTINGS) for one in (clip, baggy))
    raw = np.mean(
        [(a & b).sum() / (a | b).sum() for a, b in ((plain.mask(i), loose.mask(i)) for i in range(0, 270, 30))]
    )
    fits = []
    for index in range(0, 270, 30):
        aim, own = plain[index], loose[index]
        assert aim is not None
        assert own is not None
        fits.append(fit_shapes(*(on_sheet(s, aim.area, TOOLS, SETTINGS) for s in (aim, own)), aim.joints, SETTINGS).fit)
    assert raw < 0.9
    assert min(fits) > 0.9
    assert np.mean(fits) > SETTINGS.full_score


def test_nobody_has_no_shape() -> None:
    assert TOOLS.outline(np.zeros((9, 9), dtype=bool)) is None
    clip = dance()
    empty = Silhouettes(type(clip)(**{**vars(clip), "masks": np.zeros_like(clip.masks)}), TOOLS, SETTINGS)
    assert empty[0] is None
