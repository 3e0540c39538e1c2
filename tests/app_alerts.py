"""What the alerts of a page say, read from the elements of Streamlit's own test of apps."""

from __future__ import annotations

import re
from html import unescape

from streamlit.testing.v1 import AppTest

_ALERT = re.compile(r'^<div role="alert" class="im-alert-(\w+)".*<bdi>(.*)</bdi></div></div>$')


def alerts(app: AppTest, kind: str = "error") -> list[str]:
    """Return the sentences of the alerts of a kind, in order, as a reader sees them."""
    found = (_ALERT.match(one.value) for one in app.markdown)
    return [plain(one[2]) for one in found if one is not None and one[1] == kind]


def plain(shown: str) -> str:
    """Return the text that a piece of HTML of the pages shows."""
    return unescape(re.sub("<[^>]*>", "", shown.replace("<br>", "\n")))
