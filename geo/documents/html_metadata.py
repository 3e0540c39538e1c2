"""The title and the day of publication that an HTML page states about itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from html import unescape
from typing import Any, Final

from geo.documents.html_blocks import HtmlPage
from geo.documents.stated_dates import stated_day
from geo.documents.text_builder import plain_words

_DATES: Final = (
    "article:published_time", "og:published_time", "datepublished", "date", "pubdate",
    "publishdate", "publish-date", "publication_date", "parsely-pub-date", "sailthru.date",
    "dc.date", "dc.date.issued", "dcterms.date", "dcterms.created", "citation_publication_date",
    "article.published", "originalpublicationdate", "cxenseparse:recs:publishtime",
)  # fmt: skip
"""Names of fields with the day of publication, those that mean nothing else first."""
_TITLES: Final = ("og:title", "twitter:title", "dc.title", "citation_title", "headline")
_NAMES: Final = ("property", "name", "itemprop")
_ARTICLES: Final = ("article", "posting", "report", "webpage")
"""What a type of schema.org contains that is read, without regard to capital letters."""
_LONGEST: Final = 300
"""Letters of a title."""
_DEEP: Final = 8
"""Levels of JSON in which an article is looked for."""


def page_title(page: HtmlPage) -> str:
    """Return the title of a page; empty, if it states none."""
    named = _fields(page)
    found = [*(str(one.get("headline") or "") for one in _articles(page)),
             *(named.get(name, "") for name in _TITLES), unescape(page.title)]  # fmt: skip
    return next((plain_words(unescape(one))[:_LONGEST] for one in found if one.strip()), "")


def page_day(page: HtmlPage) -> date | None:
    """Return the day of publication that a page states; ``None``, if it states none."""
    named = _fields(page)
    stated = [*(str(one.get("datePublished") or "") for one in _articles(page)),
              *(named.get(name, "") for name in _DATES)]  # fmt: skip
    for text in stated:
        if found := stated_day(text):
            return found
    # Times beside the article, of comments or teasers, are other days.
    times = {stated_day(one) for one in page.times if one} - {None}
    return times.pop() if len(times) == 1 else None


def _fields(page: HtmlPage) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in page.meta:
        for key in _NAMES:
            content = one.get("content") or one.get("datetime") or ""
            if content and key in one:
                found.setdefault(one[key].lower(), content)
    return found


def _articles(page: HtmlPage) -> Iterator[Mapping[str, Any]]:
    """The objects of JSON-LD that describe an article."""
    for script in page.scripts:
        try:
            value = json.loads(script.strip().removeprefix("<!--").removesuffix("-->"))
        except (ValueError, RecursionError):
            continue
        yield from _described(value, _DEEP)


def _described(value: Any, levels: int) -> Iterator[Mapping[str, Any]]:
    if levels and isinstance(value, list):
        for one in value:
            yield from _described(one, levels - 1)
    elif levels and isinstance(value, dict):
        kind = str(value.get("@type", "")).lower()
        if any(one in kind for one in _ARTICLES):
            yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _described(value.get(name), levels - 1)
