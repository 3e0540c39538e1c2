"""Documents that are meant to look elsewhere, to run, to fill memory, or never to end."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
import zlib
from email.message import EmailMessage

import pytest
from documents_made import MAKERS, docx_file, docx_of_xml, pdf_file
from hostile import watched
from hypothesis import given, settings
from hypothesis import strategies as st
from releases import made_up, paragraphs_of

from geo import limits
from geo.documents import pdf
from geo.documents.reading import read_document
from geo.errors import DocumentError, GeoError

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SAID = "<p>Two fighters were killed in Andarab, the ministry said on Monday, at night.</p>"


def word(body: str, head: str = "") -> bytes:
    return docx_of_xml(f'{head}<w:document xmlns:w="{W}">{body}</w:document>'.encode())


def outcome(data: bytes, name: str) -> str:
    try:
        return read_document(data, name).text
    except GeoError as error:
        return f"refused: {error}"


# A PDF is read in a process of its own; see below.
@pytest.mark.parametrize("name", [one for one in MAKERS if not one.endswith(".pdf")])
def test_damaged_files_are_refused_or_read_and_nothing_else_happens(name):
    data, rng = MAKERS[name](paragraphs_of(1, 6)), made_up(name)
    with watched() as seen:
        for _ in range(100):
            held = bytearray(data)
            for _ in range(rng.choice((1, 3, 30))):
                at = rng.randrange(len(held))
                how = rng.randrange(4)
                if how == 0:
                    held[at] = rng.randrange(256)
                elif how == 1:
                    del held[at : at + rng.randrange(90)]
                elif how == 2:
                    held[at:at] = rng.choice((b"<", b"&#x0;", b"\0", b"=?", b'"', b"\xff" * 9))
                else:
                    held[at:at] = held[: rng.randrange(300)]
                held = held or bytearray(b"x")
            outcome(bytes(held), name)
        for at in range(0, len(data), max(1, len(data) // 60)):
            outcome(data[:at], name)
    assert seen == []


@pytest.mark.slow
def test_damaged_pdfs_are_refused_or_read():
    data, rng = pdf_file(paragraphs_of(1, 6)), made_up("pdf")
    for at in (20, len(data) // 2, len(data) - 30):
        outcome(data[:at], "a.pdf")
    for _ in range(4):
        held = bytearray(data)
        for _ in range(20):
            held[rng.randrange(9, len(held))] = rng.randrange(256)
        outcome(bytes(held), "a.pdf")


@settings(max_examples=120, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([*MAKERS, "x"]))
def test_any_bytes_are_read_or_refused(data, name):
    if b"%PDF-" not in data:
        outcome(data, name)


LONG = {
    "tags that never end": ("<p " * 100_000, "a.html"),
    "quotes that never end": ("<p a=\"<p a='" * 50_000, "a.html"),
    "attributes": ("<p " + "a=b " * 100_000 + ">" + SAID, "a.html"),
    "comments that never end": ("<!--" * 200_000 + SAID, "a.html"),
    "scripts that never end": ("<script>" * 100_000, "a.html"),
    "elements within elements": ("<div>" * 50_000 + SAID, "a.html"),
    "ends of what is not open": ("<b></div></p>" * 30_000 + SAID, "a.html"),
    "references": ("<p>" + "&amp;&#38;&nosuch;&" * 10_000, "a.html"),
    "classes": (f'<div class="{"comment article " * 20_000}">' + SAID, "a.html"),
    "lists": ("<li><a href=x>x</a>" * 15_000 + SAID, "a.html"),
    "marks": ("*_`[" * 30_000, "a.md"),
    "labels": ("[" * 100_000 + "](x)" * 20_000, "a.md"),
    "spaces": ("#" + " " * 500_000 + "x", "a.md"),
    "rules": ("|" + "-" * 500_000 + "x", "a.md"),
    "quotations": ("> " * 300_000 + "x", "a.md"),
    "front matter": ("---\ntitle:" + " " * 500_000, "a.md"),
    "one word": ("x" * 300_000, "a.txt"),
    "empty lines": ("\n" * 300_000 + "x", "a.txt"),
    "marks on a letter": ("a" + "\u0301" * 300_000, "a.txt"),
    "JSON within JSON": ('{"messages": ' + "[" * 100_000, "a.json"),
    "JSON-LD within JSON-LD": (
        '<script type="application/ld+json">' + '{"@graph":' * 50_000 + "</script>" + SAID,
        "a.html",
    ),
    "parts within parts": (
        "Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 3_000, "a.eml"
    ),
    "head of a mail": ("Subject: " + "=?utf-8?q?a?= " * 200_000 + "\n\ntext", "a.eml"),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("what", LONG)
def test_what_could_take_for_ever_is_read_or_refused(what):
    text, name = LONG[what]
    assert outcome(text.encode(), name)


def test_a_word_document_follows_no_entity_and_no_address():
    lure = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
    laughs = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]>'
    with watched() as seen:
        for head in (lure, laughs):
            said = outcome(
                word("<w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body>", head), "a.docx"
            )
            assert "document type or entities" in said
    assert seen == []


def test_a_word_document_is_bounded_while_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(limits, "MAX_DOCX_BYTES", 1_000_000)
    text = "<w:p><w:r><w:t>" + "a " * 20_000_000 + "</w:t></w:r></w:p>"
    assert "more than 1,000,000 bytes" in outcome(word(f"<w:body>{text}</w:body>"), "a.docx")
    deep = "<w:sdt>" * 500 + "</w:sdt>" * 500
    assert "nested more than" in outcome(word(f"<w:body>{deep}</w:body>"), "a.docx")
    # What is said of its size in the directory is not believed.
    data = bytearray(docx_file(["Two men died."]))
    assert "Two men died." in outcome(bytes(data), "a.docx")


def test_text_that_a_word_document_does_not_show_is_not_its_text():
    body = (
        "<w:body><w:p><w:r><w:t>Two men </w:t></w:r><w:del><w:r><w:delText>not </w:delText></w:r>"
        "</w:del><w:ins><w:r><w:t>died</w:t></w:r></w:ins><w:r><w:fldChar/><w:instrText>HYPERLINK"
        "</w:instrText></w:r><w:r><w:noBreakHyphen/><w:t>here.</w:t></w:r></w:p></w:body>"
    )
    assert outcome(word(body), "a.docx") == "Two men died-here."


def test_an_archive_that_is_locked_or_lies_about_itself_is_refused():
    data = bytearray(docx_file(["Two men died."]))
    at = data.index(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 1)
    assert "protected with a password" in outcome(bytes(data), "a.docx")
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("word/document.xml", b"not XML")
    assert "is a damaged Word document" in outcome(sink.getvalue(), "a.docx")


def test_a_pdf_is_read_in_a_process_that_is_ended_in_time(monkeypatch):
    data = pdf_file(["Two men died."])

    def never(command, **given):
        assert given["timeout"] == limits.MAX_PDF_SECONDS
        raise subprocess.TimeoutExpired(command, given["timeout"])

    with monkeypatch.context() as patch:
        patch.setattr(pdf.subprocess, "run", never)
        assert "takes longer than 120 seconds to read" in outcome(data, "a.pdf")
    monkeypatch.setattr(limits, "MAX_PDF_MEMORY_BYTES", 30_000_000)
    assert outcome(data, "a.pdf").startswith("refused: a.pdf: ")


def pdf_with(stream: bytes, more: bytes = b"") -> bytes:
    """A PDF of one page whose content is this, packed."""
    packed = zlib.compress(stream, 9)
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R" + more + b"]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
        b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n" % len(packed) + packed
        + b"\nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
        b"trailer<</Root 1 0 R/Size 6>>\n"
    )  # fmt: skip


@pytest.mark.slow
def test_a_pdf_that_unpacks_to_gigabytes_or_turns_in_a_circle_is_refused_or_read(monkeypatch):
    monkeypatch.setattr(limits, "MAX_PDF_SECONDS", 10)
    monkeypatch.setattr(limits, "MAX_PDF_MEMORY_BYTES", 600_000_000)
    bomb = zlib.compress(b" " * 10_000_000)
    for data in (
        pdf_with(b"(" + b" " * 100_000_000 + b") Tj"),
        pdf_with(b"BT /F 9 Tf (Two men died.) Tj ET", b" 2 0 R"),
        b"%PDF-1.4\n" + bomb,
    ):
        outcome(data, "a.pdf")


def test_an_attachment_or_picture_of_a_mail_is_never_opened(tmp_path):
    message = EmailMessage()
    message["Subject"] = "=?utf-8?q?=1b[31m?="
    message.set_content(f'<img src="file://{tmp_path}/x"><p>Two men died, he said.', subtype="html")
    message.add_attachment(b"x", maintype="a", subtype="b", filename="../../etc/passwd")
    with watched() as seen:
        text = outcome(bytes(message), "a.eml")
    assert seen == []
    assert "Two men died" in text
    assert "\x1b" not in text


def test_a_channel_with_odd_values_is_read():
    odd = [None, 7, "x", [], {}, {"text": {"a": 1}}, {"text": [[["x"]]], "date": 9, "id": 1e300},
           {"id": 10**400, "text": "Two men\ud800 died.", "date": "9999-99-99"}]  # fmt: skip
    data = json.dumps({"name": {"a": 1}, "messages": odd}).encode()
    assert outcome(data, "a.json") == "Two men died."


def test_a_text_that_is_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "MAX_DOCUMENT_LETTERS", 100)
    for name, make in MAKERS.items():
        with pytest.raises(DocumentError, match=r"more than 100 characters of text"):
            read_document(make(paragraphs_of(1, 6)), name)
