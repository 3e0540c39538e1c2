"""Every number of the code has its reason beside it, every returned table says what is in it."""

from __future__ import annotations

import ast
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

GEO: Final = Path(__file__).parent.parent / "geo"
PLAIN: Final = frozenset({0, 1, 2, 100})
"""Numbers that need no reason: none, one, a pair or half, and a percentage."""
TABLES: Final = frozenset({"dict", "tuple", "Mapping", "DataFrame", "GeoDataFrame", "Table"})
"""Return types whose keys, members or columns cannot be told from the type."""


@pytest.mark.slow
def test_every_constant_has_its_unit_and_reason_beside_it() -> None:
    assert [
        f"{where}: {name}"
        for where, tree, comments in _modules()
        for name in _bare_constants(tree, comments)
    ] == []


@pytest.mark.slow
def test_every_function_that_returns_a_table_says_what_is_in_it() -> None:
    assert [
        f"{where}: {name}" for where, tree, _ in _modules() for name in _unexplained_tables(tree)
    ] == []


def test_a_bare_constant_and_an_unexplained_table_are_found() -> None:
    text = 'A = 7\n\nB = (1, 5)\nC = 7\n"""Metres."""\n\n'
    text += 'def f() -> dict[str, int]:\n    """Counts."""\n'
    tree = ast.parse(text)
    assert list(_bare_constants(tree, set())) == ["A", "B"]
    assert list(_bare_constants(tree, {1})) == ["B"]
    assert list(_unexplained_tables(tree)) == ["f"]


def _modules() -> Iterator[tuple[str, ast.Module, set[int]]]:
    """Path, syntax tree and numbers of the lines with a comment of each module."""
    for path in sorted(GEO.rglob("*.py")):
        with tokenize.open(path) as file:
            lines = {
                token.start[0]
                for token in tokenize.generate_tokens(file.readline)
                if token.type == tokenize.COMMENT and not _is_directive(token.string)
            }
        yield str(path.relative_to(GEO)), ast.parse(path.read_text("utf-8")), lines


def _is_directive(comment: str) -> bool:
    """Whether a comment is for a tool and gives no reason."""
    is_for_tool = comment.startswith(("# noqa", "# type:", "# fmt:"))
    return is_for_tool and " - " not in comment


def _bare_constants(tree: ast.Module, comments: set[int]) -> Iterator[str]:
    """Constants of a module that hold a number, without a docstring below or a comment beside."""
    for at, statement in enumerate(tree.body):
        if not isinstance(statement, ast.Assign | ast.AnnAssign) or statement.value is None:
            continue
        below = tree.body[at + 1] if at + 1 < len(tree.body) else None
        beside = range(statement.lineno - 1, (statement.end_lineno or 0) + 1)
        is_explained = _is_docstring(below) or not comments.isdisjoint(beside)
        if _has_number(statement.value) and not is_explained:
            target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
            yield ast.unparse(target)


def _is_docstring(statement: ast.stmt | None) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _has_number(value: ast.expr) -> bool:
    """Whether a number stands in an expression, other than plain ones."""
    return any(
        isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
        and abs(node.value) not in PLAIN
        for node in _outside_patterns(value)
    )


def _outside_patterns(value: ast.AST) -> Iterator[ast.AST]:
    """The nodes of an expression, without slices such as ``codes[:3]``."""
    yield value
    for child in ast.iter_child_nodes(value):
        if not isinstance(child, ast.Slice):
            yield from _outside_patterns(child)


def _unexplained_tables(tree: ast.Module) -> Iterator[str]:
    """Public functions and methods that return a table and have no ``Returns`` section.

    Properties are described as values by their first sentence, and have no such section.
    """
    for node in tree.body:
        members = node.body if isinstance(node, ast.ClassDef) else [node]
        owner = f"{node.name}." if isinstance(node, ast.ClassDef) else ""
        if owner.startswith("_"):
            continue
        for function in members:
            if not isinstance(function, ast.FunctionDef) or function.name.startswith("_"):
                continue
            is_value = any("property" in ast.unparse(one) for one in function.decorator_list)
            said = ast.get_docstring(function) or ""
            if _returns_table(function.returns) and not is_value and "Returns\n-------" not in said:
                yield owner + function.name


def _returns_table(annotation: ast.expr | None) -> bool:
    """Whether an annotation is of a table: not of any number of one thing, as ``tuple[X, ...]``."""
    if isinstance(annotation, ast.BinOp):
        return _returns_table(annotation.left) or _returns_table(annotation.right)
    if isinstance(annotation, ast.Subscript):
        parts = annotation.slice
        if isinstance(parts, ast.Tuple) and ast.unparse(parts.elts[-1]) == "...":
            return False
        return _returns_table(annotation.value)
    name = ast.unparse(annotation).rpartition(".")[2] if annotation else ""
    return name in TABLES
