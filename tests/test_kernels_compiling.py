"""How the kernels are compiled: once each, all of them in the warm-up; and what happens without compiler or cache."""

from __future__ import annotations

import os
import pkgutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from coach.alignment import kernels
from coach.alignment.warm_up import warm_up

ROOT = Path(__file__).resolve().parent.parent
TWINS = [str(path) for path in sorted(Path(__file__).parent.glob("test_kernels_*.py")) if path != Path(__file__)]
needs_the_compiler = pytest.mark.skipif(bool(os.environ.get("NUMBA_DISABLE_JIT")), reason="needs the compiler")


def every_kernel() -> dict[str, Any]:
    modules = [import_module(f"{kernels.__name__}.{one.name}") for one in pkgutil.iter_modules(kernels.__path__)]
    return {name: value for module in modules for name, value in vars(module).items() if hasattr(value, "py_func")}


@needs_the_compiler
def test_the_warm_up_compiles_each_kernel_once() -> None:
    warm_up(offline=True)
    compiled = {name: len(kernel.signatures) for name, kernel in every_kernel().items()}
    assert compiled
    assert compiled == dict.fromkeys(compiled, 1)


@needs_the_compiler
def test_no_kernel_calls_another() -> None:
    """A cached caller would not notice that what it calls has changed."""
    names = set(every_kernel())
    for name, kernel in every_kernel().items():
        assert not names & set(kernel.py_func.__code__.co_names), name


def test_the_same_without_the_compiler() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *TWINS]
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]


@needs_the_compiler
def test_a_cache_that_cannot_be_used(tmp_path: Path) -> None:
    """A damaged cache is compiled past; a folder that cannot be written is no reason not to start."""
    code = "from coach.alignment.warm_up import warm_up; warm_up(); print('warm')"
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}

    def run() -> str:
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        return done.stdout + done.stderr[-2000:]

    assert run().startswith("warm")
    damaged = list(tmp_path.rglob("*.nb[ic]"))
    assert damaged, "nothing was cached"
    for file in damaged:
        file.write_bytes(b"not a cache")
    assert run().startswith("warm")
