"""Values of options that are words: a known one, or a refusal that names the option."""

from __future__ import annotations

from collections.abc import Collection

from geo.dossier.messages import meant
from geo.errors import OptionError


def require_word(name: str, text: str, known: Collection[str]) -> str:
    """Return the word if it is a value of the option, or refuse it."""
    if text not in known:
        some = ", ".join(known)
        raise OptionError(
            f"--{name}: {text!r} is not known{meant(text, known)}; expected any of {some}"
        )
    return text


def must(name: str, holds: bool, says: str) -> None:
    """Refuse an option unless `holds`."""
    if not holds:
        raise OptionError(f"--{name}: {says}")
