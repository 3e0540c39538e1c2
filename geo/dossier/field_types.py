"""The types of the fields of a dossier: which texts they take, and why others are refused."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from geo.dossier.lookalikes import mixed_word
from geo.dossier.periods import Period, period
from geo.limits import MAX_ADDRESS, MAX_LINE, MAX_PROSE, MAX_QUOTE
from geo.text import UNSEEN, link_fault

_CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+\.\w{2,}"
    r"|(?<![\d-])(?!\d{4}-\d\d-\d\d)\+?\d[\d ()-]{8,}\d(?![\d-])"
)


def visible_text(text: str) -> str:
    """The text unchanged, if no invisible character can make it read differently.

    Raises
    ------
    ValueError
        Naming the character at fault, such as a control character, half a letter, a byte order mark
        or one that turns the direction of writing; see :data:`geo.text.UNSEEN`.

    Examples
    --------
    >>> visible_text("Kabul, کابل")
    'Kabul, کابل'
    >>> visible_text("Kabul\u200b")
    Traceback (most recent call last):
    ValueError: holds the invisible character U+200B, which can make text read differently from
    what it is; delete it
    """
    if found := UNSEEN.search(text):
        msg = (
            f"holds the invisible character U+{ord(found[0]):04X}, which can make text read "
            "differently from what it is; delete it"
        )
        raise ValueError(msg)
    return text


def _something_seen(text: str) -> str:
    if text and all(unicodedata.category(character)[0] in "MCZ" for character in text):
        msg = "holds nothing that can be seen; give it a text, or leave the field out"
        raise ValueError(msg)
    return text


def _one_script(text: str) -> str:
    if word := mixed_word(text):
        msg = (
            f"has the word {word!r}, which mixes Latin letters with Cyrillic or Greek ones that "
            "look alike; write it in one alphabet"
        )
        raise ValueError(msg)
    return text


def _leads_somewhere(address: str) -> str:
    if fault := link_fault(address):
        msg = f"{fault}; expected an address such as https://example.org/report"
        raise ValueError(msg)
    return address


def _no_contact(text: str) -> str:
    if match := _CONTACT.search(text):
        msg = f"looks like a telephone number or an e-mail address: {match[0]!r}; leave it out"
        raise ValueError(msg)
    return text


def _read_period(value: object) -> object:
    return period(str(value)) if isinstance(value, str | int) else value


def _read_time(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        msg = f"{value[:40]!r} is not a time with its time zone, such as 2026-05-03T14:05:00Z"
        raise ValueError(msg)
    return at.astimezone(UTC)


SingleLine = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_LINE),
    AfterValidator(visible_text),
    AfterValidator(_something_seen),
    AfterValidator(_one_script),
]
Prose = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_PROSE),
    AfterValidator(visible_text),
    AfterValidator(_something_seen),
    AfterValidator(_no_contact),
]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Url = Annotated[
    str,
    StringConstraints(pattern=r"^https?://[^\s<>\"'`\\]+$", max_length=MAX_ADDRESS),
    AfterValidator(visible_text),
    AfterValidator(_leads_somewhere),
]
Edtf = Annotated[
    Period,
    BeforeValidator(_read_period, json_schema_input_type=str | int),
    Field(examples=["2022-05-24", "2022-05", "2022-21", "2024~", "2022-04-21/2022-04-30"]),
]
Quote = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_QUOTE),
    AfterValidator(visible_text),
    AfterValidator(_something_seen),
    AfterValidator(_no_contact),
]
SingleLines = Annotated[tuple[SingleLine, ...], Field(strict=False)]
Keys = Annotated[tuple[Key, ...], Field(strict=False)]
Time = Annotated[datetime, BeforeValidator(_read_time, json_schema_input_type=str)]
