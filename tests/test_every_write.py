"""Nobody writes a file but through `geo.files`, and the app writes none at all."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import ROOT

WRITERS = {
    "mkstemp", "savefig", "symlink_to", "to_csv", "to_excel", "to_feather", "to_file",
    "to_parquet", "touch", "write_bytes", "write_dataset", "write_feather", "write_table",
    "write_text", "CSVWriter", "ParquetWriter", "NamedTemporaryFile", "ZipFile", "rename",
}  # fmt: skip
MODES = frozenset("wax+")
# Where a file that nobody else may see half is written: in memory, in a part, or in a folder
# that goes with the program that made it.
SAFE = {"BytesIO", "StringIO", "BufferOutputStream", "writing_whole", "writing_together",
        "TemporaryDirectory"}  # fmt: skip
OWN = {"write_table"}
"""Our own of this name, in `geo.events.columns.text_cells`, writes whole."""


def called(call: ast.Call) -> str:
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def names_in(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def is_safe(node: ast.AST, safe: set[str]) -> bool:
    calls = {called(one) for one in ast.walk(node) if isinstance(one, ast.Call)}
    return bool(names_in(node) & safe or calls & SAFE)


def bound(tree: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """All that is given a name, and the name."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=targets, value=value):
                yield from ((target, value) for target in targets)
            case ast.withitem(context_expr=value, optional_vars=ast.AST() as target):
                yield target, value
            case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
                yield target, value


def safe_names(tree: ast.AST) -> set[str]:
    """Names of what may be written to, and of what was made from those."""
    safe: set[str] = set()
    while True:
        more = {
            name
            for target, value in bound(tree)
            if is_safe(value, safe)
            for name in names_in(target)
        }
        if more <= safe:
            return safe
        safe |= more


def writes(call: ast.Call) -> bool:
    name = called(call)
    if name == "open":
        words = [*call.args, *(word.value for word in call.keywords if word.arg == "mode")]
        modes = (word.value for word in words if isinstance(word, ast.Constant))
        return any(isinstance(mode, str) and set(mode) & MODES for mode in modes)
    if name == "ZipFile":
        return len(call.args) > 1
    if name == "screenshot" or (name == "save" and isinstance(call.func, ast.Attribute)):
        return bool(call.args or any(word.arg == "path" for word in call.keywords))
    return name in WRITERS


def unsafe_writes(source: str) -> list[str]:
    tree = ast.parse(source)
    ours = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "geo.events.columns.text_cells"
        for alias in node.names
    }
    found = []
    for scope in ast.walk(tree):
        if not isinstance(scope, ast.FunctionDef):
            continue
        safe = safe_names(scope)
        found += [
            f"line {call.lineno}: {ast.unparse(call)[:80]}"
            for call in ast.walk(scope)
            if isinstance(call, ast.Call)
            and writes(call)
            and not is_safe(call, safe)
            and not (isinstance(call.func, ast.Name) and call.func.id in ours & OWN)
        ]
    return found


def sources() -> list[Path]:
    rooms = [*(ROOT / "geo").rglob("*.py"), *(ROOT / "tools").glob("*.py")]
    return sorted(file for file in rooms if file != ROOT / "geo" / "files.py")


@pytest.mark.slow
def test_whatever_is_written_is_written_whole() -> None:
    found = {
        str(file.relative_to(ROOT)): unsafe_writes(file.read_text(encoding="utf-8"))
        for file in sources()
    }
    assert {file: lines for file, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "line",
    [
        "path.write_bytes(data)", "path.write_text('x')", "open(path, 'w')", "path.open('ab')",
        "path.open(mode='r+')", "pq.write_table(table, path)", "figure.savefig(path)",
        "table.to_csv(path)", "zipfile.ZipFile(path, 'w')", "deck.save(path)",
        "page.screenshot(path=path)", "pcsv.CSVWriter(path, schema)",
    ],
)  # fmt: skip
def test_a_write_that_goes_straight_to_a_file_is_noticed(line: str) -> None:
    assert len(unsafe_writes(f"def f(path, data):\n    {line}\n")) == 1
    inside = f"def f(file, data):\n    with writing_whole(file) as path:\n        {line}\n"
    assert unsafe_writes(inside) == []
