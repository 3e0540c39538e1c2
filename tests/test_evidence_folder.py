"""Documents are kept as they are, once, and every change of them or of the dossier is noticed."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from documents_made import MAKERS, html_file
from dossiers import SOURCE, claim, dossier_bytes, incident
from releases import paragraphs_of
from typer.testing import CliRunner, Result

from geo.cli.main import app
from geo.documents import evidence_folder
from geo.documents.document import Document
from geo.documents.evidence_folder import EvidenceFolder, evidence_path
from geo.documents.passages import passage_of
from geo.documents.reading import read_document
from geo.documents.verifying import EvidenceFinding, verify_passages
from geo.dossier.editing import Edit, applied
from geo.dossier.history import history_file
from geo.dossier.intake import read_dossier
from geo.dossier.records import Dossier
from geo.errors import DocumentError
from geo.settings import EVIDENCE_VARIABLE

PARAGRAPHS = paragraphs_of(21, 10)
SAID = "Two fighters were killed in Andarab, the ministry said on Monday."


def kept(folder: Path, data: bytes, name: str = "report.txt") -> Document:
    return EvidenceFolder(folder).add(data, name, "a test")[1]


def dossier_of(document: Document, *spans: tuple[int, int], names: str = "") -> bytes:
    passages = [passage_of(document, *span).model_dump(exclude_none=True) for span in spans]
    return dossier_bytes(
        incident(claims=[claim(passages=passages)]),
        sources={"report": SOURCE | {"document": names or document.sha256}},
    )


def findings(data: bytes, folder: Path) -> tuple[EvidenceFinding, ...]:
    found = read_dossier(data)
    assert not found.errors, found.errors
    return verify_passages(found.dossier, EvidenceFolder(folder))


def statuses(data: bytes, folder: Path) -> list[str]:
    return [one.status for one in findings(data, folder)]


def test_a_document_is_kept_as_it_is_with_when_and_how_it_came(tmp_path):
    folder = EvidenceFolder(tmp_path / "evidence")
    at = datetime(2026, 5, 3, 14, 5, tzinfo=UTC)
    stored, document = folder.add(SAID.encode(), "/home/ana/report.txt", "a test", at=at)
    file = folder.file_of(stored.sha256)
    assert file is not None
    assert file.name == f"{document.sha256}.txt"
    assert file.read_bytes() == SAID.encode()
    about = json.loads((folder.path / f"{stored.sha256}.about.json").read_text())
    assert about == {
        "sha256": stored.sha256, "name": "report.txt", "format": "text", "size": len(SAID),
        "taken_in": "2026-05-03T14:05:00Z", "how": "a test", "text_sha256": stored.sha256,
    }  # fmt: skip
    assert folder.about(stored.sha256) == stored
    assert list(folder.digests()) == [stored.sha256]
    assert folder.document(stored.sha256) == document


def test_the_same_document_is_there_once_and_keeps_what_was_first_said_of_it(tmp_path):
    folder = EvidenceFolder(tmp_path / "evidence")
    first, _ = folder.add(SAID.encode(), "a.txt", "first")
    again, _ = folder.add(SAID.encode(), "b.txt", "again")
    assert again == first
    names = sorted(one.name for one in folder.path.iterdir())
    assert names == [".gitignore", f"{first.sha256}.about.json", f"{first.sha256}.txt"]
    # A description that was lost is written again, and the document is not.
    (folder.path / f"{first.sha256}.about.json").write_text("{")
    assert folder.about(first.sha256) is None
    assert folder.add(SAID.encode(), "c.txt", "later")[0].name == "c.txt"


def test_a_document_that_was_altered_is_neither_used_nor_written_over(tmp_path):
    document = kept(tmp_path, SAID.encode())
    file = EvidenceFolder(tmp_path).file_of(document.sha256)
    assert file is not None
    file.write_bytes(b"Other words.")
    for act in (
        lambda: kept(tmp_path, SAID.encode()),
        lambda: EvidenceFolder(tmp_path).document(document.sha256),
    ):
        with pytest.raises(DocumentError, match="has been altered: its bytes are not those"):
            act()
    assert file.read_bytes() == b"Other words."


def test_git_leaves_the_folder_alone(tmp_path):
    subprocess.run(["git", "init", "-q", tmp_path], check=True)  # noqa: S607 - git of the machine
    kept(tmp_path / "data/evidence", SAID.encode())
    listed = subprocess.run(
        ["git", "status", "--porcelain", "-uall"],  # noqa: S607 - git of the machine
        cwd=tmp_path, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert listed.stdout == ""


@pytest.mark.parametrize("name", ["../../etc/passwd", "ab" * 31, "AB" * 32, "", "ab" * 32 + "/x"])
def test_a_name_that_is_no_digest_leads_nowhere(tmp_path, name):
    folder = EvidenceFolder(tmp_path)
    assert (folder.file_of(name), folder.about(name)) == (None, None)
    with pytest.raises(DocumentError, match="is missing"):
        folder.data_of(name)


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path):
    (tmp_path / "evidence").write_text("a file")
    with pytest.raises(DocumentError, match=r"cannot be written to \(.+\); give another folder"):
        kept(tmp_path / "evidence", SAID.encode())


def test_the_folder_is_beside_the_dossier_or_where_one_says(monkeypatch, tmp_path):
    dossier = tmp_path / "incidents.yaml"
    assert evidence_path(dossier) == tmp_path / "evidence"
    monkeypatch.setenv(EVIDENCE_VARIABLE, str(tmp_path / "vault"))
    assert evidence_path(dossier) == tmp_path / "vault"
    assert evidence_path(dossier, tmp_path / "given") == tmp_path / "given"


def test_each_passage_is_found_moved_orphaned_altered_or_missing(tmp_path):
    text = "\n\n".join([SAID, *PARAGRAPHS])
    document = kept(tmp_path, text.encode())
    data = dossier_of(document, (0, 12), (30, 64))
    assert statuses(data, tmp_path) == ["found"] * 3
    # Edited by hand in the dossier: another place, and other words.
    entry = read_dossier(data).dossier.records[0].claims[0].passages[1].model_dump()
    for change, status in (({"start": 0, "end": entry["end"] - entry["start"]}, "moved"),
                           ({"digest": "ab" * 32}, "orphaned"),
                           ({"document": "ab" * 32}, "missing")):  # fmt: skip
        passages = [{name: one for name, one in (entry | change).items() if one is not None}]
        edit = Edit.to(data, "incidents", "an-attack",
                       {"claims": [claim(passages=passages)]}, by="A")  # fmt: skip
        (_, finding) = findings(applied(data, edit), tmp_path)
        assert finding.status == status
        assert finding.where == "incident 'an-attack', claim 1, passage 1"
        if status == "moved":
            assert (finding.start, finding.end) == (entry["start"], entry["end"])
        assert status != "missing" or "names another document" in finding.why or finding.why
    file = EvidenceFolder(tmp_path).file_of(document.sha256)
    assert file is not None
    file.write_bytes(text.replace("Two fighters", "Ten fighters").encode())
    found = findings(data, tmp_path)
    assert [one.status for one in found] == ["altered"] * 3
    assert found[1].why.endswith("in the altered file it is orphaned")
    assert found[2].why.endswith("in the altered file it is found")
    file.unlink()
    assert statuses(data, tmp_path) == ["missing"] * 3


def test_a_thousand_passages_in_six_formats_verify(tmp_path):
    claims, sources = [], {}
    for at, name in enumerate(one for one in MAKERS if not one.endswith(".md")):
        document = kept(tmp_path, MAKERS[name](paragraphs_of(at, 40)), name)
        sources[f"s{at}"] = SOURCE | {"document": document.sha256}
        size = len(document.text)
        passages = [
            passage_of(document, start, min(size, start + 90), quote=True).model_dump(
                exclude_none=True)
            for start in range(0, size - 3, max(1, size // 168))
        ]  # fmt: skip
        claims += [claim(source=f"s{at}", passages=passages[of : of + 50])
                   for of in range(0, len(passages), 50)]  # fmt: skip
    found = findings(dossier_bytes(incident(claims=claims), sources=sources), tmp_path)
    assert len(found) >= 1_006
    assert {one.status for one in found} == {"found"}


def test_a_page_that_asks_to_sign_in_is_said_to_be_one(tmp_path):
    wall = (
        b"<title>A paper</title><main><p>Please log in to continue reading this story.</p></main>"
    )
    document = kept(tmp_path, wall, "saved.html")
    data = dossier_of(document, (0, 10))
    passage = read_dossier(data).dossier.records[0].claims[0].passages[0]
    held = passage.model_dump(exclude_none=True) | {"digest": "ab" * 32}
    edit = Edit.to(data, "incidents", "an-attack", {"claims": [claim(passages=[held])]}, by="A")
    (_, finding) = findings(applied(data, edit), tmp_path)
    assert finding.status == "orphaned"
    assert "looks like a sign-in, payment, consent or error page" in finding.why


def test_a_passage_of_another_document_than_its_source_names_is_said(tmp_path):
    document = kept(tmp_path, SAID.encode())
    other = kept(tmp_path, b"Other words.")
    (_, finding) = findings(dossier_of(document, (0, 12), names=other.sha256), tmp_path)
    assert finding.status == "found"
    assert f"the source of the claim names another document, {other.sha256[:12]}" in finding.why


def test_a_document_that_a_newer_program_reads_otherwise_is_said(tmp_path, monkeypatch):
    document = kept(tmp_path, html_file(PARAGRAPHS), "a.html")
    data = dossier_of(document, (len(document.text) - 40, len(document.text)))

    def otherwise(data: bytes, name: str) -> Document:
        found = read_document(data, name)
        return Document(found.sha256, found.format, f"Headline\n\n{found.text}")

    monkeypatch.setattr(evidence_folder, "read_document", otherwise)
    (_, finding) = findings(data, tmp_path)
    assert finding.status == "moved"
    assert "reads the document differently" in finding.why


def test_general_statements_are_checked_once(tmp_path):
    document = kept(tmp_path, SAID.encode())
    statement = claim() | {"passages": [passage_of(document, 0, 12).model_dump(exclude_none=True)]}
    data = dossier_bytes(
        incident(claims=[{"statement": "s"}]), incident(id="another", claims=[{"statement": "s"}]),
        statements={"s": statement},
    )  # fmt: skip
    assert [one.where for one in findings(data, tmp_path)] == ["statement 's', passage 1"]
    assert (
        verify_passages(Dossier(title="T", sources={}, groups={}), EvidenceFolder(tmp_path)) == ()
    )


# --- the commands


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(one) for one in words])


DOSSIER = """\
title: A dossier
sources:
  report: {title: A report, publisher: A paper, published: 2024~}  # the only one
groups:
  nrf: {name: National Resistance Front, short: NRF, letter: N}
incidents:
  - id: an-attack
    title: An attack
    by: [nrf]
    where: []
    when: 2022-05
    claims:
      - {by: nrf, role: acting_party, says: occurrence, text: Says so., source: report}
"""


@pytest.fixture(name="dossier")
def dossier_fixture(tmp_path: Path) -> Path:
    file = tmp_path / "incidents.yaml"
    file.write_text(DOSSIER)
    (tmp_path / "report.html").write_bytes(html_file(PARAGRAPHS))
    (tmp_path / "map.png").write_bytes(b"\x89PNG")
    return file


def test_documents_are_added_and_a_source_names_its_own(dossier):
    folder = dossier.parent
    done = run("evidence", "add", folder / "report.html", "--source", "report",
               "--dossier", dossier, "--by", "A. Analyst")  # fmt: skip
    assert done.exit_code == 0, done.output
    sha256 = read_dossier(dossier.read_bytes()).dossier.sources["report"].document
    assert done.stdout == f"{sha256}  report.html\n"
    assert (folder / "evidence" / f"{sha256}.html").exists()
    rows = history_file(dossier).read_text().splitlines()
    assert "A. Analyst" in rows[-1]
    assert sha256 in rows[-1]
    # Added again, nothing is edited.
    again = run("evidence", "add", folder / "report.html", "--source", "report",
                "--dossier", dossier, "--by", "A. Analyst")  # fmt: skip
    assert again.exit_code == 0
    assert history_file(dossier).read_text().splitlines() == rows
    assert run("validate", dossier, "--evidence").exit_code == 0


def test_what_cannot_be_added_is_named_and_the_rest_is_taken_in(dossier):
    folder = dossier.parent
    done = run("evidence", "add", folder / "map.png", folder / "none.txt", folder / "report.html",
               "--evidence", folder / "vault", "--dossier", dossier)  # fmt: skip
    assert done.exit_code == 1
    assert "map.png: is a picture" in done.stderr
    assert "none.txt: cannot be read (No such file or directory)" in done.stderr
    assert "vault: 1 document taken in" in done.stderr
    assert len(list((folder / "vault").glob("*.html"))) == 1
    assert not (folder / "evidence").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["report.html", "map.png", "--source", "report", "--by", "A"], "give one file and not 2"),
        (["report.html", "--source", "report"], "--by: give your name"),
        (["report.html", "--source", "nobody", "--by", "A"], "there is no entry 'nobody'"),
    ],
)
def test_wrong_uses_are_a_sentence_and_keep_nothing(dossier, monkeypatch, words, said):
    monkeypatch.chdir(dossier.parent)
    done = run("evidence", "add", *words, "--dossier", dossier)
    assert done.exit_code == 2
    assert said in done.stderr
    assert not (dossier.parent / "evidence").exists()


def test_verify_prints_what_is_not_found_and_ends_with_1(dossier):
    document = kept(dossier.parent / "evidence", SAID.encode())
    dossier.write_bytes(dossier_of(document, (0, 12)))
    done = run("evidence", "verify", dossier)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "2 documents and passages checked, 0 not found" in done.stderr
    (dossier.parent / "evidence" / f"{document.sha256}.txt").write_text("Other words.")
    done = run("evidence", "verify", dossier)
    assert done.exit_code == 1
    assert done.stdout.count("altered") >= 2
    held = json.loads(run("evidence", "verify", dossier, "--format", "json").stdout)
    assert [one["status"] for one in held] == ["altered", "altered"]
    assert list(held[0]) == ["where", "key", "document", "status", "start", "end", "why"]
    checked = run("validate", dossier, "--evidence")
    assert checked.exit_code == 1
    assert "2 errors" in checked.stderr
    assert run("validate", dossier).exit_code == 0
