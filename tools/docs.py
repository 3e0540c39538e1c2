"""Build the documentation into ``build/docs``: ``docs/``, the generated reference, project pages.

Run from the project's root with ``make docs``. Sphinx treats every warning as an error. Then every
link and anchor of the built pages is checked, and no page may load anything from another host. No
network is needed.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from geo.files import write_whole
from tools import reference

ROOT: Final = Path(__file__).resolve().parent.parent
DOCS: Final = ROOT / "docs"
SOURCE: Final = ROOT / "build" / "docs-source"
OUT: Final = ROOT / "build" / "docs"
PROJECT: Final = {
    "CONTRIBUTING.md": "project/contributing.md",
    "SECURITY.md": "project/security.md",
    "CHANGELOG.md": "project/changelog.md",
    "data/PROVENANCE.md": "project/provenance.md",
}
"""Files beside ``docs/`` that are pages of the site as well."""
GENERATED: Final = {
    "reference/command-line.md": reference.command_line,
    "reference/api.md": reference.api,
}
_LINK: Final = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)")
_FENCE: Final = re.compile(r"^(```|~~~).*?^\1[ \t]*$", re.DOTALL | re.MULTILINE)
_LOADED: Final = {"img": "src", "script": "src", "link": "href", "source": "src", "iframe": "src"}


def main() -> None:
    """Write the source, build the site, and check it."""
    from sphinx.cmd.build import build_main  # noqa: PLC0415 - only this command needs Sphinx

    assemble(SOURCE)
    shutil.rmtree(OUT, ignore_errors=True)
    doctrees = SOURCE.with_name("docs-doctrees")
    options = ["-q", "-E", "-W", "--keep-going", "-b", "html", "-d", str(doctrees)]
    if code := build_main([*options, str(SOURCE), str(OUT)]):
        sys.exit(code)
    faults = list(check(OUT))
    if faults:
        sys.exit("\n".join(faults))
    print(f"{OUT.relative_to(ROOT)}/index.html: {len(list(OUT.rglob('*.html')))} pages")


def assemble(folder: Path) -> None:
    """Write the source of the site: ``docs/``, the generated pages, the project's own files."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(DOCS, folder)
    for name, written in GENERATED.items():
        write_whole(folder / name, written().encode())
    for file, name in PROJECT.items():
        page = folder / name
        page.parent.mkdir(exist_ok=True)
        write_whole(page, (ROOT / file).read_bytes())
    origins = {folder / name: ROOT / file for file, name in PROJECT.items()}
    for page in folder.rglob("*.md"):
        origin = origins.get(page, DOCS / page.relative_to(folder))
        write_whole(page, relinked(page.read_text(encoding="utf-8"), origin).encode())


def relinked(text: str, origin: Path) -> str:
    """The text of a page with its links as the site needs them.

    A link to a page of the site leads there. A link to any other file of the project becomes the
    path of that file, since the site does not hold it.

    Parameters
    ----------
    origin
        The file that the text is from, which its links start from.

    Examples
    --------
    >>> relinked("See [limits](../../geo/limits.py).", DOCS / "explanation" / "x.md")
    'See limits (`geo/limits.py`).'
    >>> relinked("See [why](docs/explanation/architecture.md#view).", ROOT / "SECURITY.md")
    'See [why](../explanation/architecture.md#view).'
    """
    here = _page_of(origin)

    def of(match: re.Match[str]) -> str:
        sign, words, target = match.groups()
        path, _, anchor = target.partition("#")
        if sign or not path or urlsplit(target).scheme:
            return match.group()
        page = _page_of((origin.parent / unquote(path)).resolve())
        if page is None:
            file = (origin.parent / unquote(path)).resolve().relative_to(ROOT)
            name = f"`{file.as_posix()}`"
            return name if words.strip("`") == name.strip("`") else f"{words} ({name})"
        up = "../" * (len(here.parts) - 1) if here else ""
        return f"[{words}]({up}{page.as_posix()}{f'#{anchor}' if anchor else ''})"

    return "".join(part if fenced else _LINK.sub(of, part) for part, fenced in _parts(text))


def check(site: Path) -> Iterator[str]:
    """The problems of a site: broken links and anchors, and files loaded from other hosts."""
    pages = {
        page.resolve(): _Page.read(page)
        for page in sorted(site.rglob("*.html"))
        # Files to download are not pages of the site.
        if "_downloads" not in page.parts
    }
    for file, page in pages.items():
        name = file.relative_to(site.resolve()).as_posix()
        yield from (f"{name}: loads {url}" for url in page.loaded if urlsplit(url).netloc)
        for url in page.linked:
            parts = urlsplit(url)
            if parts.scheme or parts.netloc:
                continue
            target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            if not target.exists():
                yield f"{name}: {url} leads to no file"
            elif (
                parts.fragment
                and target in pages
                and unquote(parts.fragment) not in pages[target].ids
            ):
                yield f"{name}: {url} leads to no heading"
    for style in site.rglob("*.css"):
        for url in re.findall(
            r"url\(\s*['\"]?(https?://[^)'\"]+)", style.read_text(encoding="utf-8")
        ):
            yield f"{style.relative_to(site).as_posix()}: loads {url}"


class _Page(HTMLParser):
    """The links, the files loaded and the ids of one page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.linked: list[str] = []
        self.loaded: list[str] = []

    @classmethod
    def read(cls, file: Path) -> _Page:
        page = cls()
        page.feed(file.read_text(encoding="utf-8"))
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self.ids |= {named[name] for name in ("id", "name") if name in named}
        url = named.get(_LOADED.get(tag, ""), "")
        if url:
            self.loaded.append(url)
            self.linked.append(url)
        if tag == "a" and "href" in named:
            self.linked.append(named["href"])


def _page_of(file: Path) -> Path | None:
    """The page of the site that a file of the project is, from the site's root."""
    inside = file.relative_to(ROOT) if file.is_relative_to(ROOT) else None
    if inside is None:
        return None
    if inside.as_posix() in PROJECT:
        return Path(PROJECT[inside.as_posix()])
    return file.relative_to(DOCS) if file.is_relative_to(DOCS) else None


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """The text outside and inside of code blocks, in order."""
    at = 0
    for block in _FENCE.finditer(text):
        yield text[at : block.start()], False
        yield block.group(), True
        at = block.end()
    yield text[at:], False


if __name__ == "__main__":
    main()
