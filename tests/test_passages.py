"""A passage is found where its words are, or reported, and never anchored to others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from html import unescape
from random import Random

import pytest
from documents_made import MAKERS, wrapped
from hypothesis import example, given, settings
from hypothesis import strategies as st
from releases import made_up, paragraphs_of

from geo.documents.document import Document
from geo.documents.passages import digest_of_words, find_passage, find_passages, passage_of
from geo.documents.reading import read_document
from geo.documents.text_builder import plain_words
from geo.dossier.records import Passage
from geo.errors import DocumentError

SIX = [name for name in MAKERS if not name.endswith(".md")]


def passages_in(document: Document, rng: Random, count: int) -> list[Passage]:
    """Sentences, words and stretches over several paragraphs."""
    found = []
    while len(found) < count:
        start = rng.randrange(len(document.text))
        end = min(len(document.text), start + rng.choice((1, 8, 40, 90, 250, 700)))
        if plain_words(document.text[start:end]):
            found.append(passage_of(document, start, end))
    return found


def words(document: Document, start: int | None, end: int | None) -> str:
    return plain_words(document.text[start:end])


@pytest.mark.parametrize("name", MAKERS)
def test_hundreds_of_passages_in_each_format_are_found_and_hold_their_words(name):
    paragraphs = paragraphs_of(11, 60)
    document = read_document(MAKERS[name](paragraphs), name)
    passages = passages_in(document, made_up(name), 170)
    # Every word of the original is in the text, in its order.
    assert plain_words(" ".join(paragraphs)) in plain_words(document.text)
    for one, finding in zip(passages, find_passages(passages, document), strict=True):
        assert finding.status == "found"
        assert digest_of_words(document.text[one.start : one.end]) == one.digest


# --- ten kinds of mutation, and more

Mutation = Callable[[list[str], Random], list[str]]


def _word_changed(paragraphs, rng):
    at, where = _at(paragraphs, rng)
    parts = paragraphs[at].split(" ")
    parts[where % len(parts)] = "otherwise"
    return [*paragraphs[:at], " ".join(parts), *paragraphs[at + 1 :]]


def _paragraph_moved(paragraphs, rng):
    held = list(paragraphs)
    one = held.pop(rng.randrange(len(held)))
    held.insert(rng.randrange(len(held)), one)
    return held


def _look_alike_added(paragraphs, rng):
    at, _ = _at(paragraphs, rng)
    alike = re.sub(r"\btwo\b|\bat\b|\b24\b", "three", paragraphs[at])
    return [alike, *paragraphs]


def _paragraph_deleted(paragraphs, rng):
    at, _ = _at(paragraphs, rng)
    return [*paragraphs[:at], *paragraphs[at + 1 :]]


def _words_twice(paragraphs, rng):
    at, _ = _at(paragraphs, rng)
    return [*paragraphs[: at + 1], *paragraphs[at:]]


def _punctuation_changed(paragraphs, rng):
    at, _ = _at(paragraphs, rng)
    return [*paragraphs[:at], paragraphs[at].replace(".", ";").replace(",", ""),
            *paragraphs[at + 1 :]]  # fmt: skip


def _case_changed(paragraphs, rng):
    at, _ = _at(paragraphs, rng)
    return [*paragraphs[:at], paragraphs[at].upper(), *paragraphs[at + 1 :]]


def _truncated(paragraphs, rng):
    at, where = _at(paragraphs, rng)
    return [*paragraphs[:at], paragraphs[at][: where + 5]]


def _negated(paragraphs, rng):
    at = rng.choice([at for at, one in enumerate(paragraphs) if " " in one])
    return [*paragraphs[:at], paragraphs[at].replace(" ", " not ", 1), *paragraphs[at + 1 :]]


def _paragraphs_joined(paragraphs, rng):
    at = rng.randrange(len(paragraphs) - 1)
    return [*paragraphs[:at], f"{paragraphs[at]} {paragraphs[at + 1]}", *paragraphs[at + 2 :]]


def _at(paragraphs, rng):
    at = rng.randrange(len(paragraphs))
    return at, rng.randrange(len(paragraphs[at]))


MUTATIONS: dict[str, Mutation] = {
    "a word changed": _word_changed, "a paragraph moved": _paragraph_moved,
    "a look-alike added": _look_alike_added, "a paragraph deleted": _paragraph_deleted,
    "words repeated": _words_twice, "punctuation changed": _punctuation_changed,
    "capital letters": _case_changed, "cut off": _truncated, "negated": _negated,
    "paragraphs joined": _paragraphs_joined,
}  # fmt: skip
LAYOUTS: dict[str, Callable[[str], bytes]] = {
    "white space": lambda text: text.replace(" ", " \t ").replace("\n\n", "\n \n\n").encode(),
    "wrapped otherwise": lambda text: "\n\n".join(
        "\n".join(wrapped(one, 60)) for one in text.split("\n\n")
    ).encode(),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0").encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 without a mark": lambda text: text.encode("utf-16-be"),
    "Windows-1252": lambda text: text.encode("cp1252"),
    "taken apart": lambda text: unicodedata.normalize("NFD", text).encode(),
    "invisible characters": lambda text: text.replace("e", "e\u200b").encode(),
    "old Macintosh lines": lambda text: text.replace("\n", "\r").encode(),
}
"""Other bytes of the same words."""


def _edge(letter: str, sign: str) -> str:
    """What keeps words from being the end or the beginning of longer ones."""
    if letter.isdigit():
        return rf"(?{sign}\d)"
    return rf"(?{sign}[^\W\d_])" if letter.isalpha() else ""


def check_never_wrong(before: Document, after: Document, passages: list[Passage]) -> None:
    """Hold each finding against a search for the words themselves."""
    line = plain_words(after.text)
    for one, finding in zip(passages, find_passages(passages, after), strict=True):
        meant = words(before, one.start, one.end)
        bounded = re.compile(
            _edge(meant[0], "<!") + f"(?={re.escape(meant)}{_edge(meant[-1], '!')})"
        )
        times = len(bounded.findall(line))
        if finding.status == "orphaned":
            assert times != 1, (meant, finding.why)
            assert (finding.start, finding.end) == (None, None)
            assert ("times" in finding.why) == (times > 1)
            continue
        assert times == 1, (meant, finding)
        assert words(after, finding.start, finding.end) == meant
        is_there = (finding.start, finding.end) == (one.start, one.end)
        assert (finding.status == "found") == is_there


@pytest.mark.slow
@pytest.mark.parametrize("how", MUTATIONS)
@pytest.mark.parametrize("name", ["release.html", "result.json"])
def test_no_mutation_of_a_document_anchors_a_passage_wrongly(how, name):
    changed = 0
    for seed in range(2):
        rng = made_up(f"{how}{seed}")
        paragraphs = paragraphs_of(seed, 14)
        before = read_document(MAKERS[name](paragraphs), name)
        passages = passages_in(before, rng, 60)
        after = read_document(MAKERS[name](MUTATIONS[how](paragraphs, rng)), name)
        changed += after.text != before.text
        check_never_wrong(before, after, passages)
    assert changed == 2


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), how=st.lists(st.sampled_from([*MUTATIONS]), max_size=4))
@example(seed=1, how=["words repeated", "words repeated"])
def test_no_row_of_mutations_anchors_a_passage_wrongly(seed, how):
    rng = made_up(seed)
    paragraphs = paragraphs_of(seed, 8)
    before = read_document(MAKERS["release.txt"](paragraphs), "a.txt")
    after_paragraphs = paragraphs
    for one in how:
        after_paragraphs = MUTATIONS[one](after_paragraphs, rng) or ["Nothing."]
        if len(after_paragraphs) < 2:
            after_paragraphs = [*after_paragraphs, "Nothing."]
    after = read_document(MAKERS["release.txt"](after_paragraphs), "a.txt")
    passages = passages_in(before, rng, 30)
    if after.sha256 == before.sha256:
        assert {one.status for one in find_passages(passages, after)} == {"found"}
    else:
        check_never_wrong(before, after, passages)


@pytest.mark.parametrize("how", LAYOUTS)
def test_another_layout_or_encoding_has_the_same_text(how):
    text = "\n\n".join([*paragraphs_of(5, 20), "A café in Faïzabad."])
    before = read_document(text.encode(), "a.txt")
    after = read_document(LAYOUTS[how](text), "a.txt")
    assert after.sha256 != before.sha256
    assert after.text == before.text
    check_never_wrong(before, after, passages_in(before, made_up(how), 60))


def test_words_that_shift_onto_the_place_of_their_like_are_no_find():
    """The second of two like sentences is cited; one before it is taken away."""
    before = read_document(b"He died. He died. He left.", "a.txt")
    passage = passage_of(before, 9, 17)
    assert find_passage(passage, before).status == "found"
    thrice = read_document(b"He died. He died. He died. He left.", "a.txt")
    assert find_passage(passage, thrice).why == (
        "its words are in the document 3 times; which is meant is open"
    )
    assert find_passage(passage, read_document(b"He died. He left.", "a.txt")).status == "moved"


def test_a_word_within_a_longer_one_is_another_word():
    before = read_document(b"Seven were killed in 20 raids.", "a.txt")
    for start, end in ((11, 17), (21, 23)):
        passage = passage_of(before, start, end)
        after = read_document(b"Skilled men, unkilled, in 1204 raids.", "a.txt")
        assert find_passage(passage, after).status == "orphaned"


def test_a_passage_is_widened_to_whole_words_and_never_cut():
    document = read_document("Kabul’s police: ۱۲ تن کشته شدند; 10km on.".encode(), "a.txt")
    for start in range(len(document.text)):
        for end in range(start + 1, len(document.text) + 1):
            if not plain_words(document.text[start:end]):
                continue
            made = passage_of(document, start, end)
            inner = document.text[start:end].strip()
            assert inner in document.text[made.start : made.end]
            assert not document.text[made.start].isspace()
            assert find_passage(made, document).status == "found"
    assert passage_of(document, 33, 35) != passage_of(document, 33, 37)


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 2), (0, 99), (4, 5)])
def test_a_passage_without_words_or_outside_of_the_text_is_refused(start, end):
    document = read_document(b"Two  men died.", "a.txt")
    with pytest.raises(DocumentError, match="character"):
        passage_of(document, start, end) if start != 4 else passage_of(document, 3, 4)


def test_a_quote_is_short_and_never_a_contact():
    document = read_document(b"Call +93 700 123 456 78 now. " + b"Word after word. " * 40, "a.txt")
    assert passage_of(document, 0, 27, quote=True).quote is None
    assert passage_of(document, 29, 45, quote=True).quote == "Word after word."
    assert passage_of(document, 29, 45).quote is None
    assert passage_of(document, 29, len(document.text), quote=True).quote is None


@pytest.mark.parametrize("name", SIX)
def test_every_word_leads_back_to_the_original(name):
    paragraphs = paragraphs_of(3, 40)
    data = MAKERS[name](paragraphs)
    document = read_document(data, name)
    units = {"release.pdf": "page", "release.docx": "paragraph", "release.eml": "paragraph",
             "result.json": "message"}  # fmt: skip
    for match in re.finditer(r"\S+", document.text):
        origin = document.origin_of(*match.span())
        assert origin is not None
        assert origin.unit == units.get(name, "byte")
        if origin.unit == "byte":
            assert unescape(data[origin.first : origin.last].decode("utf-8")) == match[0]
    last = document.origin_of(len(document.text) - 3, len(document.text))
    assert last is not None
    if name == "result.json":
        assert last.first == 40
    if name == "release.docx":
        assert last.first == 40
    if name == "release.pdf":
        assert last.first == document_pages(data)


def document_pages(data: bytes) -> int:
    return data.count(b"/Type /Page\n")
