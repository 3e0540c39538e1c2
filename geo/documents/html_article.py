"""Which blocks of a page are its article, and which are navigation, teasers and notices.

The method is that of Readability (arc90, 2009; Mozilla's ``Readability.js``): paragraphs give a
score to the elements around them, links take it away, the best element is the article.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

from geo.documents.html_blocks import Element, HtmlBlock, HtmlPage
from geo.documents.html_scanner import attributes_of

_UNLIKELY: Final = re.compile(
    r"-ad-|\bads?\b|banner|breadcrumb|comment|consent|cookie|disqus|footer|gdpr|header|hidden|legends?|"
    r"masthead|menu|modal|navbar|navigation|newsletter|outbrain|pager|pagination|popup|promo|recirc|"
    r"recommend|related|remark|replies|rss|share|sharing|shoutbox|sidebar|skyscraper|social|sponsor|"
    r"subscribe|supplemental|taboola|tags|toolbar|trending|widget|most-read|mostread|more-on",
    re.IGNORECASE,
)
_NEVER: Final = re.compile(
    r"caption|consent|gdpr|newsletter|\brelated|taboola|outbrain|disqus|\bcomments?\b|cookie|subscri|\bpromo|\bbyline",
    re.IGNORECASE,
)
_MAYBE: Final = re.compile(
    r"article|body|column|content|entry|main|post|shadow|story|text", re.IGNORECASE
)
_TITLES: Final = frozenset({"h1", "h2"})
_TEXT: Final = frozenset({"p", "pre", "blockquote", "td", "div", "section"})
_BESIDE: Final = frozenset({"p", "h2", "h3", "blockquote"})
_OUTER: Final = frozenset({"body", "html", "article", "main", ""})
_LEAST: Final = 25
"""Letters of a paragraph that gives a score."""
_LINKED: Final = 0.5
"""Share of letters in links from which a block is a list of links."""
_LINKED_ITEM: Final = 0.3
"""The same for a short block that is no paragraph, and for what is added to an article."""
_LONG_ITEM: Final = 80
"""Letters from which an item of a list is read like a paragraph."""
_SHORT: Final = 250
"""Letters below which a text is too short for an article, so that names of elements are ignored."""
_MORE: Final = 0.05
"""Share of an article's letters that another part of it has at least."""
_PURE: Final = 0.6
"""Share of paragraphs in such a part, by letters."""
_SHARE: Final = 0.2
"""Share of the best score from which an element beside the best one belongs to the article."""


def article_blocks(page: HtmlPage) -> list[HtmlBlock]:
    """Return the blocks of the article in their order; all that may be, if none stands out."""
    found = _found(page, _unlikely(page))
    if sum(one.letters for one in found) < _SHORT:
        again = _found(page, [one.is_skipped for one in page.elements])
        found = max(found, again, key=lambda blocks: sum(one.letters for one in blocks))
    return found


def _found(page: HtmlPage, unlikely: list[bool]) -> list[HtmlBlock]:
    likely = [one for one in page.blocks if not unlikely[one.element]]
    scores = _scores(page, likely)
    if not scores:
        return [one for one in likely if not _is_linked(one)]
    sums = _sums(page, likely)
    final = {at: score * (1 - sums[at].linked) for at, score in scores.items() if at in sums}
    best = _widened(page, max(final, key=lambda at: (final[at], -at)), sums)
    inside = _inside(page, _chosen(page, final, best), best)
    return [one for one in likely if inside[one.element] and _is_kept(page, one)]


def _unlikely(page: HtmlPage) -> list[bool]:
    """Whether each element, or one around it, is by its name no part of an article."""
    holders = {at for number, one in enumerate(page.elements) if _is_body(one)
               for at in page.ancestors(number)}  # fmt: skip
    found: list[bool] = []
    for at, one in enumerate(page.elements):
        around = one.parent >= 0 and found[one.parent]
        own = at not in holders and _sounds_unlikely(one.name, one.attributes)
        found.append(around or one.is_skipped or own)
    return found


def _is_body(element: Element) -> bool:
    return element.name == "main" or "articleBody" in element.attributes


def _sounds_unlikely(name: str, attributes: str) -> bool:
    if name in _OUTER or not attributes:
        return False
    given = attributes_of(attributes)
    said = f"{given.get('class', '')} {given.get('id', '')}"
    if _NEVER.search(said):
        return True
    return bool(_UNLIKELY.search(said)) and not _MAYBE.search(said)


def _scores(page: HtmlPage, blocks: list[HtmlBlock]) -> dict[int, float]:
    scores: dict[int, float] = {}
    for block in blocks:
        if not _is_prose(page, block):
            continue
        element = page.elements[block.element]
        text = block.text
        score = 1 + text.count(",") + text.count("،") + min(block.letters / 100, 3)
        first = block.element if element.name in {"div", "section", "td"} else element.parent
        for level, at in enumerate(page.ancestors(first)[:3]):
            scores[at] = scores.get(at, 0.0) + score / (1, 2, 6)[level]
    return scores


def _is_prose(page: HtmlPage, block: HtmlBlock) -> bool:
    name = page.elements[block.element].name
    return block.letters >= _LEAST and name in _TEXT and not _is_linked(block)


class _Sum:
    """Letters in an element: all, those in links, and those of paragraphs."""

    def __init__(self) -> None:
        self.letters = self.links = self.prose = 0

    @property
    def linked(self) -> float:
        return self.links / self.letters if self.letters else 0.0


def _sums(page: HtmlPage, blocks: list[HtmlBlock]) -> dict[int, _Sum]:
    found: dict[int, _Sum] = defaultdict(_Sum)
    for block in blocks:
        prose = block.letters if _is_prose(page, block) else 0
        for at in page.ancestors(block.element):
            one = found[at]
            one.letters += block.letters
            one.links += block.link_letters
            one.prose += prose
    return found


def _widened(page: HtmlPage, best: int, sums: dict[int, _Sum]) -> int:
    """The best element, or one around it whose other parts are of the same kind.

    An article that is cut into several boxes, with advertisements between them, is all of them.
    """
    for at in page.ancestors(best)[1:]:
        if page.elements[best].name == "article" or page.elements[at].name in {"body", "html", ""}:
            break
        inner, outer = sums[best], sums[at]
        more, prose = outer.letters - inner.letters, outer.prose - inner.prose
        if prose > _MORE * inner.prose and prose > _PURE * more and (
            outer.links - inner.links <= _LINKED_ITEM * more
        ):  # fmt: skip
            best = at
    return best


def _chosen(page: HtmlPage, scores: dict[int, float], best: int) -> set[int]:
    """The best element, and those beside it that are as good."""
    parent = page.elements[best].parent
    least = max(10.0, scores.get(best, 0.0) * _SHARE)
    beside = {at for at, score in scores.items()
              if page.elements[at].parent == parent and score >= least}  # fmt: skip
    paragraphs = {at for at, one in enumerate(page.elements)
                  if one.parent == parent and one.name in _BESIDE}  # fmt: skip
    return {best} | beside | paragraphs


def _inside(page: HtmlPage, within: set[int], best: int) -> list[bool]:
    """Whether each element is in the chosen ones; an article in another one is another one."""
    around = set(page.ancestors(best))
    is_within = any(page.elements[at].name == "article" for at in around)
    found: list[bool] = []
    for at, one in enumerate(page.elements):
        inner = one.parent >= 0 and found[one.parent]
        is_other = is_within and one.name == "article" and at not in around
        found.append((at in within or inner) and not is_other)
    return found


def _is_kept(page: HtmlPage, block: HtmlBlock) -> bool:
    name = page.elements[block.element].name
    if name in {"li", "ul", "ol", "td", "div"} and block.letters <= _LONG_ITEM:
        return block.link_letters <= _LINKED_ITEM * block.letters
    return name in _TITLES or not _is_linked(block)


def _is_linked(block: HtmlBlock) -> bool:
    return block.link_letters > _LINKED * block.letters
