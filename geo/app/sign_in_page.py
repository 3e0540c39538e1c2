"""The page for a browser that may not see the app: without a script, and without any data."""

from __future__ import annotations

from html import escape
from http import HTTPStatus
from typing import Final

from starlette.responses import HTMLResponse

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
_STYLE: Final = """
:root { color-scheme: light dark; }
body { max-width: 36rem; margin: 15vh auto; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; }
a { display: inline-block; padding: .5rem 1rem; border: 1px solid; border-radius: 6px;
    color: inherit; text-decoration: none; }
a:focus-visible { outline: 2px solid; outline-offset: 2px; }
"""


def notice(said: str, link: str = "", label: str = "") -> HTMLResponse:
    """Return a page of one sentence, refused to any cache and any frame.

    Parameters
    ----------
    said
        The sentence, as plain text.
    link, label
        Where the one link leads, and what it says; without them there is none.

    Examples
    --------
    >>> b"&lt;b&gt; does not have access" in notice("<b> does not have access").body
    True
    """
    way = f'<p><a href="{escape(link)}">{escape(label)}</a></p>' if link else ""
    text = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Incident map</title><style>{_STYLE}</style></head><body><main>"
        f"<h1>Incident map</h1><p>{escape(said)}</p>{way}</main></body></html>"
    )
    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"}
    return HTMLResponse(text, HTTPStatus.FORBIDDEN, headers)
