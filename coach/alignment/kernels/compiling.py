"""How a kernel is compiled: on first use, and kept on disk."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from numba import njit

_SOURCES: list[Callable[..., Any]] = []


def kernel(function: Callable[..., Any]) -> Any:
    """Compile on first use, keeping the result on disk where a folder for it can be written."""
    _SOURCES.append(function)
    try:
        return njit(function, cache=True, nogil=True)
    except RuntimeError:  # "no locator available": installed read-only
        return njit(function, nogil=True)


def compile_without_cache() -> None:
    """Replace every kernel by one that knows nothing of the cache (a file there cannot be read).

    Holds for callers that use the kernels as attributes of their module.
    """
    for function in _SOURCES:
        setattr(sys.modules[function.__module__], function.__name__, njit(function, nogil=True))
