"""Documents of each format: their text in reading order, what they state, what was assumed."""

from __future__ import annotations

import io
import json
from datetime import date
from email.message import EmailMessage

import docx
import pypdf
import pytest
from documents_made import MAKERS, docx_file, html_file, pdf_file
from hypothesis import given, settings
from hypothesis import strategies as st
from releases import paragraphs_of

from geo.documents.html import read_html
from geo.documents.reading import SUFFIXES, format_of, read_document
from geo.documents.stated_dates import stated_day
from geo.documents.text_builder import plain_words
from geo.errors import DocumentError

SAID = "Two fighters were killed in Andarab, the ministry said on Monday."


def text_of(data: bytes, name: str) -> str:
    return read_document(data, name).text


@pytest.mark.parametrize("name", MAKERS)
def test_a_format_is_known_by_its_bytes_and_by_its_ending(name):
    data = MAKERS[name](paragraphs_of(2))
    found = read_document(data, name)
    assert SUFFIXES[found.format] == f".{name.rpartition('.')[2]}"
    # A file without an ending, but for Markdown, which is text.
    assert format_of(data, "saved") == (found.format if found.format != "markdown" else "text")


def test_a_text_is_read_in_the_encoding_that_it_has_and_what_was_assumed_is_said():
    said = "“Kabul” fell – the café closed"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"):
        assert text_of(said.encode(encoding), "a.txt") == said, encoding
    assert read_document(said.encode("utf-8"), "a.txt").notes == ()
    assert "Windows-1252" in read_document(said.encode("cp1252"), "a.txt").notes[0]
    dari = "در حمله بر کابل دو تن کشته شدند"
    found = read_document(dari.replace("ک", "ك").replace("ی", "ي").encode("cp1256"), "a.txt")
    assert "Windows-1256" in found.notes[0]
    assert found.text == dari.replace("ک", "ك").replace("ی", "ي")


def test_paragraphs_lists_and_lines_that_no_program_wrapped_stay_apart():
    long = "Word " * 40
    text = text_of(f"A title\n\nOne\ntwo.\n- first\n- second\n{long}\n{long}".encode(), "a.txt")
    whole = long.strip()
    assert text.split("\n\n") == ["A title", "One two.", "- first", "- second", whole, whole]


def test_markdown_is_its_text_without_marks():
    source = """---
title: "A raid in Andarab"
date: 2022-05-24
---
# A raid in *Andarab*

> The NRF says it killed **two** [Taliban fighters](https://example.org/a_(b)).

| place | killed |
|-------|-------:|
| Andarab | 2 |

1. first_name_kept
2. `code` and <b>bold</b> <https://example.org> 5 * 3

```
fenced
```
![A picture](p.png)
"""
    found = read_document(source.encode(), "a.md")
    assert (found.title, found.published) == ("A raid in Andarab", date(2022, 5, 24))
    assert found.text.split("\n\n") == [
        "A raid in Andarab", "The NRF says it killed two Taliban fighters.", "place killed",
        "Andarab 2", "first_name_kept", "code and bold https://example.org 5 * 3", "fenced",
        "A picture",
    ]  # fmt: skip


PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>Raid | A paper</title>
<script type="application/ld+json">{{"@context":"https://schema.org","@graph":[{{"@type":
"NewsArticle","headline":"Raid in Andarab","datePublished":"2022-05-24T23:00:00+04:30"}}]}}</script>
<style>p {{ color: red }}</style></head><body class="has-sidebar">
<header><nav><a href="/">Home</a> <a href="/world">World</a></nav></header>
<div class="cookie-consent"><p>We use cookies, and our partners do, to improve your experience.</p>
</div>
<main><h1>Raid in Andarab</h1><div class="byline">By a reporter, in Kabul, for a paper</div>
<div class="story"><p>{said} “It was at night”, a resident&nbsp;said, in a cafe\u0301.
<p>The <b>ministry</b>’s spokes<wbr>man, who gave no name, denied&#32;it&hellip;
<div class="ad-slot"><p>Advertisement, which is not part of any article, by a company.</p></div>
<table><tr><td>Killed<td>2<tr><td>Wounded<td>5</table>
<p hidden>Hidden text, which nobody sees, and which is long enough.</p>
<ul><li>One more, in Farah, on the same day<li><a href="/more">Related: another raid</a></ul>
<!-- a comment, <p>not text, at all, of the article</p> -->
<p>Nobody else, in any other place, has confirmed it, the paper’s reporters say.</div>
<aside><p>Read more, subscribe now, for 5 dollars a month, and never miss a story.</p></aside>
</main>
<footer><p>© A paper, all rights reserved, in every country of the world.</p></footer></body>
</html>"""


def page(charset: str = "utf-8") -> bytes:
    return PAGE.format(charset=charset, said=SAID).encode(charset)


def test_a_page_is_its_article_with_title_and_day():
    found = read_document(page(), "page.html")
    assert (found.title, found.published) == ("Raid in Andarab", date(2022, 5, 24))
    assert found.text.split("\n\n") == [
        "Raid in Andarab",
        f"{SAID} “It was at night”, a resident said, in a café.",
        "The ministry’s spokesman, who gave no name, denied it…",
        "Killed", "2", "Wounded", "5",
        "One more, in Farah, on the same day",
        "Nobody else, in any other place, has confirmed it, the paper’s reporters say.",
    ]  # fmt: skip


def test_a_page_in_another_encoding_has_the_same_text_and_its_own_bytes():
    made = PAGE.replace("\u0301", "").format(charset="windows-1252", said=SAID)
    data = made.encode("windows-1252")
    found = read_document(data, "page.html")
    start = found.text.index("“It was")
    origin = found.origin_of(start, start + 15)
    assert origin is not None
    assert data[origin.first : origin.last].decode("windows-1252") == "“It was at night”,"


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<meta name="date" content="2022-05-24">', date(2022, 5, 24)),
        ('<meta itemprop="datePublished" content="20220524T1010">', date(2022, 5, 24)),
        ('<time datetime="2022-05-24T10:00">May 24</time>', date(2022, 5, 24)),
        ('<time datetime="2022-05-24"></time><time datetime="2022-06-01"></time>', None),
        ('<meta name="date" content="yesterday">', None),
        ('<script type="application/ld+json">{"@type": ["NewsArticle"], "datePublished":</script>',
         None),
        ('<meta property="article:modified_time" content="2022-05-24">', None),
    ],
)  # fmt: skip
def test_the_day_of_a_page_is_one_that_it_states(head, day):
    assert read_html(f"{head}<p>{SAID}</p>".encode(), "a.html", "").published == day


def test_a_pdf_is_put_together_again():
    lines = paragraphs_of(4, 30)
    lines[3] = "The counter-terrorism unit of the ministry said that the fight- ers had left."
    data = pdf_file(lines)
    found = read_document(data, "a.pdf")
    assert "A report of a paper" not in found.text
    assert plain_words(" ".join(lines)) == plain_words(found.text)
    pages = {found.origin_of(at, at + 1).first for at in range(0, len(found.text), 50)}
    assert pages == set(range(1, len(pypdf.PdfReader(io.BytesIO(data)).pages) + 1))
    assert found.published is None


def test_words_that_the_end_of_a_line_has_cut_are_whole_again():
    cut = "The counter-\nterrorism police and the gov-\nernment of the prov-\nince said so."
    known = "Nobody asked the counter-terrorism police. The government is new."
    from geo.documents.pdf import _paragraphs  # noqa: PLC0415 - as pypdf gives lines

    lines = [(line, 1) for line in [*cut.split("\n"), "", known]]
    texts = [plain_words("".join(one.text for one in each)) for each in _paragraphs(lines) if each]
    assert texts == [
        "The counter-terrorism police and the government of the province said so.", known
    ]  # fmt: skip


def test_a_scan_says_that_it_has_no_text_and_a_page_without_text_is_noted():
    writer = pypdf.PdfWriter()
    for _ in range(2):
        writer.add_blank_page(595, 842)
    sink = io.BytesIO()
    writer.write(sink)
    with pytest.raises(DocumentError, match=r"has no text on any of 2 pages: it is a scan; make"):
        read_document(sink.getvalue(), "scan.pdf")
    mixed = pypdf.PdfWriter()
    mixed.append(io.BytesIO(pdf_file([SAID])))
    mixed.add_blank_page(595, 842)
    mixed.add_metadata({"/Title": "A report", "/CreationDate": "D:20220524100000Z"})
    sink = io.BytesIO()
    mixed.write(sink)
    found = read_document(sink.getvalue(), "mixed.pdf")
    assert found.title == "A report"
    assert "no text on page 2: blank, or a picture" in found.notes
    assert any("2022-05-24, which need not be the day of publication" in one for one in found.notes)


def test_a_word_document_is_read_in_its_order():
    made = docx.Document()
    made.core_properties.title = "A report"
    made.sections[0].header.paragraphs[0].text = "For release"
    made.add_heading("A raid", 1)
    made.add_paragraph("Two men\tdied,\nit says.")
    table = made.add_table(2, 2)
    for at, text in enumerate(("Place", "Killed", "Andarab", "2")):
        table.cell(at // 2, at % 2).text = text
    made.add_paragraph("Nobody else ", style="List Bullet").add_run("confirmed it.").bold = True
    sink = io.BytesIO()
    made.save(sink)
    found = read_document(sink.getvalue(), "a.docx")
    assert found.title == "A report"
    assert found.text.split("\n\n") == [
        "For release", "A raid", "Two men died, it says.", "Place", "Killed", "Andarab", "2",
        "Nobody else confirmed it.",
    ]  # fmt: skip
    assert str(found.origin_of(found.text.index("Andarab"), len(found.text))) == "paragraphs 6 to 8"


def test_a_mail_is_its_subject_and_text_and_names_what_is_not_read():
    message = EmailMessage()
    message["Subject"] = "Raid in Andaráb"
    message["Date"] = "Tue, 24 May 2022 23:30:00 +0430"
    message.set_content("Two men died.\n\nNobody else.", cte="base64")
    message.add_alternative("<p>Other words</p>", subtype="html")
    message.add_attachment(b"x", maintype="image", subtype="png", filename="map.png")
    found = read_document(bytes(message), "a.eml")
    assert (found.title, found.published) == ("Raid in Andaráb", date(2022, 5, 24))
    assert found.text == "Raid in Andaráb\n\nTwo men died.\n\nNobody else."
    assert found.notes == ("attachments that are not read: map.png",)
    only = EmailMessage()
    only["Subject"] = "A page"
    only.set_content(page().decode(), subtype="html")
    assert SAID in text_of(bytes(only), "page.mhtml")


def test_a_channel_is_its_messages_each_with_its_day():
    held = {
        "name": "A front", "type": "public_channel", "id": 1,
        "messages": [
            {"id": 1, "type": "service", "date": "2022-05-20T10:00:00", "text": ""},
            {"id": 2, "type": "message", "date": "2022-05-23T23:59:00", "text": "One\n\ndied."},
            {"id": 3, "type": "message", "date": "2022-05-24T00:01:00", "photo": "a.jpg",
             "text": ""},
            {"id": 4, "type": "message", "date": "2022-05-24T10:00:00",
             "forwarded_from": "Another",
             "text": [{"type": "hashtag", "text": "#Panjshir"}, " two ", {"type": "bold"}, 7]},
            "damaged", {"id": "x", "text": "No day, no id."},
        ],
    }  # fmt: skip
    found = read_document(json.dumps(held).encode(), "result.json")
    assert found.title == "A front"
    texts = [(found.text[one.start : one.end], one.published, one.title) for one in found.parts]
    assert texts == [
        ("One\n\ndied.", date(2022, 5, 23), ""),
        ("#Panjshir two", date(2022, 5, 24), "forwarded from Another"),
        ("No day, no id.", None, ""),
    ]
    assert found.published is None
    assert "1 message without a text not included" in found.notes
    start = found.text.index("two")
    assert str(found.origin_of(start, start + 3)) == "message 4"


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "a.txt", "is empty"),
        (b" \n", "a.txt", "is empty"),
        (b"\xd0\xcf\x11\xe0" + bytes(99), "a.doc", "an older Office document"),
        (b"{\\rtf1 text}", "a.rtf", "Rich Text; save it as DOCX"),
        (b"\x89PNG" + bytes(99), "a.png", "a picture; make text of it"),
        (b"PK\x03\x04" + bytes(99), "a.docx", "an archive and not a Word document"),
        (b"text", "a.pdf", "is damaged: it is not PDF"),
        (bytes(range(256)) * 9, "a.bin", "is not text"),
        (b"\xff\xfea\x00\x00\xd8", "a.txt", "is not UTF-16-LE"),
        (b"<html><body></body></html>", "a.html", "has no text"),
        (b"[]", "a.json", "expected the JSON that Telegram Desktop exports"),
        (b'{"chats": {}}', "a.json", "of one channel alone"),
        (b'{"messages": [{"id": 1}]}', "a.json", "has no message with a text"),
        (b'{"messages"', "a.json", "is damaged JSON"),
        (b"Subject: x\n\n", "a.eml", "has no text; open its attachments"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(data, name, said):
    with pytest.raises(DocumentError, match="^" + name) as refused:
        read_document(data, name)
    assert said in str(refused.value)


def test_a_protected_file_says_so():
    writer = pypdf.PdfWriter()
    writer.append(io.BytesIO(pdf_file([SAID])))
    writer.encrypt("secret", algorithm="RC4-128")
    sink = io.BytesIO()
    writer.write(sink)
    with pytest.raises(DocumentError, match="is protected with a password"):
        read_document(sink.getvalue(), "a.pdf")


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["a.txt", "a.md", "a.html"]))
def test_any_text_is_read_in_one_form_and_each_word_is_in_the_file(text, name):
    data = text.encode("utf-8", "surrogatepass")
    try:
        found = read_document(data, name)
    except DocumentError:
        return
    assert found.text == "\n\n".join(plain_words(one) for one in found.text.split("\n\n"))
    assert all(found.text.split("\n\n"))
    # Read again, it is the same.
    assert text_of(found.text.encode(), "a.txt").replace("\n\n", " ") == found.text.replace(
        "\n\n", " "
    )
    for at in range(len(found.text)):
        if not found.text[at].isspace():
            origin = found.origin_of(at, at + 1)
            assert origin is not None
            assert 0 <= origin.first < origin.last <= len(data)


def test_days_of_fields_are_read_and_nothing_else():
    assert stated_day("2022-05-24 10:00") == date(2022, 5, 24)
    assert stated_day("20220524") == date(2022, 5, 24)
    for text in ("", "May", "2022", "2022-13-01", "202205241", "Tue, 99 May 2022 1:1:1 +0000"):
        assert stated_day(text) is None, text


def test_documents_that_programs_make_are_whole():
    paragraphs = paragraphs_of(9, 8)
    for make, name in ((docx_file, "a.docx"), (html_file, "a.html")):
        assert text_of(make(paragraphs), name) == "\n\n".join(paragraphs)
