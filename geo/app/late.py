"""Pages that are loaded when somebody first opens them: no other page needs what they load."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module


def loaded_late(name: str) -> Callable[[], None]:
    """Return a page that is loaded when it is first opened.

    What draws figures and writes slides and reports takes a second of processor time to load, half
    of what the first map after a start would otherwise wait for.

    Parameters
    ----------
    name
        Of the page, and of its module in this package.

    Returns
    -------
    collections.abc.Callable
        Shows the page; it takes nothing and has the same name.

    Examples
    --------
    >>> loaded_late("briefing_page").__name__
    'briefing_page'
    """

    def show() -> None:
        getattr(import_module(f"geo.app.{name}"), name)()

    show.__name__ = name
    return show
