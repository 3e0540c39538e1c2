"""Pages that are loaded when somebody first opens them: no other page needs what they load."""

from __future__ import annotations


def briefing_page() -> None:
    """Show the page that makes a figure.

    What draws figures and writes slides and reports takes a second of processor time to load, half
    of what the first map after a start would otherwise wait for.
    """
    from geo.app.briefing_page import briefing_page as loaded  # noqa: PLC0415 - see above

    loaded()
