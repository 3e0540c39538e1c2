"""Pages of one browser, handed out again as good as new.

A page that has opened a map before opens the next one with a third of the work of a new page in a
new context: 0.4 against 1.3 seconds of processor time. A new page in a context that has shown the
app before opens it with two thirds of it: 1.9 against 2.9 seconds. Pages of one kind, such as those
with a touch screen, are handed out to tests that ask for that kind.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

from browsing import KNOW_MAPS, Tab
from playwright.sync_api import Browser, BrowserContext, Error, Page

USES = 40
"""After so many a page is closed: what a browser holds for it only grows."""
FORGET = (
    "() => { try { localStorage.clear(); sessionStorage.clear(); } catch { /* no storage */ } }"
)
OF_PAGE = ("add_init_script", "expose_binding", "expose_function", "route")
OF_CONTEXT = ("add_init_script", "grant_permissions", "new_cdp_session", "route", "set_offline")
EMULATED = {
    "media": "null",
    "reduced_motion": "no-preference",
    "forced_colors": "none",
    "contrast": "no-preference",
}


@dataclass
class Tabs:
    """Gives tabs, and takes them back at the end of a test."""

    browser: Browser
    idle: list[Tab] = field(default_factory=list)
    lent: list[Tab] = field(default_factory=list)
    own: list[Tab] = field(default_factory=list)
    fresh: list[Tab] = field(default_factory=list)
    shared: BrowserContext | None = None

    def open(self, theme: str = "light", width: int = 1280, height: int = 800, **more: Any) -> Tab:
        """Open a tab; see the fixture ``page``."""
        size = {"width": width, "height": height}
        if more.pop("alone", False):
            self.own.append(self._new(color_scheme=theme, viewport=size, **more))
            return self.own[-1]
        kind = {name: more.pop(name) for name in more.keys() - EMULATED.keys() - {"fresh"}}
        if more.pop("fresh", False):
            tab = self._fresh()
        else:
            tab = self._idle(str(sorted(kind.items()))) or _guarded(
                self._new(viewport=size, **kind), str(sorted(kind.items()))
            )
            self.lent.append(tab)
        tab.page.set_viewport_size(size)
        tab.page.emulate_media(color_scheme=theme, **EMULATED | more)
        tab.requests.clear()
        tab.errors.clear()
        return tab

    def _idle(self, how: str) -> Tab | None:
        found = next((tab for tab in reversed(self.idle) if tab.how == how), None)
        if found:
            self.idle.remove(found)
        return found

    def _new(self, **how: Any) -> Tab:
        return Tab(self._context(**how).new_page())

    def _context(self, **how: Any) -> BrowserContext:
        context = self.browser.new_context(**how)
        # Not in frames: one that is written with `srcdoc` begins twice.
        context.add_init_script(f"if (window === window.top) {{ {KNOW_MAPS} }}")
        # What is waited for comes; on a busy machine it comes late.
        context.set_default_timeout(60_000)
        return context

    def _fresh(self) -> Tab:
        if self.shared is None:
            self.shared = self._context()
            _guard(self.shared, OF_CONTEXT)
        self.fresh.append(Tab(self.shared.new_page()))
        return self.fresh[-1]

    def take_back(self) -> None:
        """Close what a test had for itself, and make the rest blank."""
        while self.own:
            self.own.pop().page.context.close()
        self._take_back_fresh()
        while self.lent:
            tab = self.lent.pop()
            tab.uses += 1
            if tab.uses < USES and _is_blank_again(tab.page):
                self.idle.append(tab)
            else:
                tab.page.context.close()

    def _take_back_fresh(self) -> None:
        if not self.fresh:
            return
        for tab in self.fresh:
            with contextlib.suppress(Error):
                tab.page.evaluate(FORGET)
        self.fresh.clear()
        assert self.shared
        # Those that a page opened as well.
        for page in self.shared.pages:
            page.close()
        self.shared.clear_cookies()


def _is_blank_again(page: Page) -> bool:
    with contextlib.suppress(Error):
        for other in page.context.pages:
            if other is not page:
                other.close()
        page.context.clear_cookies()
        page.evaluate(FORGET)
        # Nothing lies under a mouse that has left the page.
        page.mouse.move(-10, -10)
        page.goto("about:blank", timeout=5_000)
        return True
    return False


def remembered_field(page: Page) -> Iterator[tuple[Page | BrowserContext, str]]:
    """Return what no page forgets: a test that does it asks for a page of its own."""
    yield from ((page, name) for name in OF_PAGE)
    yield from ((page.context, name) for name in OF_CONTEXT)


def _guarded(tab: Tab, how: str) -> Tab:
    tab.how = how
    _guard(tab.page, OF_PAGE)
    _guard(tab.page.context, OF_CONTEXT)
    return tab


def _guard(thing: Page | BrowserContext, names: tuple[str, ...]) -> None:
    for name in names:
        setattr(thing, name, _refusal(name))


def _refusal(name: str) -> Callable[..., NoReturn]:
    def refuse(*_: object, **__: object) -> NoReturn:
        message = f"`{name}` outlives the test; ask for a page of its own: page(alone=True)"
        raise AssertionError(message)

    return refuse
