"""Snippets for other people's pages: an iframe with the map, an image, a citation."""

from __future__ import annotations

import html
import re

from geo.briefing.wording import version
from geo.snapshot.content.recipe import clean_line
from geo.snapshot.content.sizes import MM_PER_INCH, Size
from geo.snapshot.output.making import Snapshot

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+!|~$&])")


def iframe(snapshot: Snapshot) -> str:
    """Return HTML that shows the saved map in a page.

    The iframe may run the map's own script and nothing else: it has no origin, opens no windows and
    cannot navigate.
    """
    return (
        f'<iframe src="{snapshot.name}.html" title="{_quoted(snapshot.content.title)}" '
        'sandbox="allow-scripts" loading="lazy" referrerpolicy="no-referrer" '
        f'style="width:100%;aspect-ratio:{_aspect(snapshot.size)};min-height:480px;border:0"></iframe>'
    )


def html_image(snapshot: Snapshot) -> str:
    """Return HTML that shows the image, with its alternative text."""
    width, height = _pixels(snapshot.size)
    return (
        f'<img src="{snapshot.name}.png" alt="{_quoted(snapshot.content.alt_text)}" '
        f'width="{width}" height="{height}" loading="lazy" style="max-width:100%;height:auto">'
    )


def markdown_image(snapshot: Snapshot) -> str:
    """Return the same in Markdown."""
    return f"![{markdown(snapshot.content.alt_text)}]({snapshot.name}.png)"


def citation(snapshot: Snapshot) -> str:
    """Return a citation of the figure and its data, in one paragraph."""
    title = clean_line(snapshot.content.title).rstrip(".")
    credits_ = "; ".join(clean_line(credit).rstrip(".") for credit in snapshot.content.credits)
    parts = (f"{title}. Incident Map", version(snapshot), credits_)
    return "".join(f"{part}. " for part in parts if part).strip()


def markdown(text: str) -> str:
    r"""Escape a text for Markdown, so that no character in it acts as markup.

    Examples
    --------
    >>> print(markdown("[here](x) *now*"))
    \[here\]\(x\) \*now\*
    """
    return _MARKDOWN.sub(r"\\\1", clean_line(text))


def _quoted(text: str) -> str:
    return html.escape(clean_line(text), quote=True)


def _aspect(size: Size) -> str:
    """Return the aspect ratio; the map document needs space for panels, so never a tall one."""
    width, height = _pixels(size)
    return f"{width}/{min(width, height)}"


def _pixels(size: Size) -> tuple[int, int]:
    width, height = (side / MM_PER_INCH * size.screen_dpi for side in (size.width, size.height))
    return round(width), round(height)
