"""Public things are documented, and a docstring that lists parameters lists the real ones."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "coach").rglob("*.py"))
Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(tree: ast.AST) -> Iterator[tuple[Function, str | None]]:
    """Each function with the docstring of the class it belongs to."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for item in node.body:
                if isinstance(item, Function):
                    yield item, ast.get_docstring(node)
        elif isinstance(node, ast.Module):
            for item in node.body:
                if isinstance(item, Function):
                    yield item, None


def documented_parameters(docstring: str) -> set[str]:
    match = re.search(r"^Parameters\n-+\n(.*?)(?:^\w[\w ]*\n-+\n|\Z)", docstring, re.MULTILINE | re.DOTALL)
    if match is None:
        return set()
    return {
        name.strip().lstrip("*")
        for line in re.findall(r"^([\w*, ]+?)(?: : .*)?$", match[1], re.MULTILINE)
        for name in line.split(",")
        if name.strip()
    }


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_documented_parameters_exist(path: Path) -> None:
    for function, class_docstring in functions(ast.parse(path.read_text(encoding="utf-8"))):
        docstring = ast.get_docstring(function) or (class_docstring if function.name == "__init__" else None)
        arguments = function.args
        real = {a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
        real |= {a.arg for a in (arguments.vararg, arguments.kwarg) if a is not None}
        unknown = documented_parameters(docstring or "") - real
        assert not unknown, f"{path.relative_to(ROOT)}:{function.lineno} {function.name} documents {sorted(unknown)}"


def test_the_check_sees_a_parameter_that_is_gone() -> None:
    text = "Say it.\n\nParameters\n----------\na, b : int\n    Numbers.\nc : str\n\nReturns\n-------\nint\n"
    assert documented_parameters(text) == {"a", "b", "c"}
