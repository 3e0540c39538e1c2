"""What claims add up to is derived once for each record; everything that tells of it reads that."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from geo.dossier.evidence import Evidence
from geo.table.workspace import Workspace

DERIVED = {"status_of", "attribution_of", "figures_of", "grades_of", "stances"}


@pytest.mark.slow
def test_nothing_derives_the_evidence_of_a_record_a_second_time(root: Path) -> None:
    found = []
    for path in sorted((root / "geo").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = (
                node.func.id
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
                else ""
            )
            if name in DERIVED and path.name != "evidence.py":
                found.append(f"{path.name}:{node.lineno}")
    assert found == []


def test_the_evidence_of_each_record_is_that_of_its_claims(own: Workspace) -> None:
    dossier, table = own.reading.dossier, own.located.table.drop_duplicates("record")
    assert list(own.located.evidence) == [record.id for record in dossier.records]
    for record, status in zip(dossier.records, table["status"], strict=True):
        found = own.located.evidence[record.id]
        assert found == Evidence.of(record, dossier.sources)
        assert found.status == status
        assert [claim for claim, _ in found.claims] == list(record.claims)


def test_a_part_of_the_records_keeps_their_evidence_and_no_other(own: Workspace) -> None:
    first = own.reading.dossier.records[0].id
    assert list(own.located.only({first}).evidence) == [first]
