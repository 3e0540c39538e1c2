"""Channels of Telegram, as its desktop program exports them (``result.json``)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from geo import limits
from geo.documents.decoding import decoded
from geo.documents.document import Document, DocumentPart
from geo.documents.stated_dates import stated_day
from geo.documents.text_builder import TextBuilder, plain_words
from geo.errors import DocumentError
from geo.text import counted, json_parts

_EXPECTED: Final = (
    "expected the JSON that Telegram Desktop exports of a channel: an object with 'messages'"
)


def read_telegram(data: bytes, name: str, sha256: str) -> Document:
    r"""Read an export: each message with a text is a part, with its day.

    Raises
    ------
    DocumentError
        If it is not such an export, has no text, or is beyond the limits.

    Examples
    --------
    >>> held = {"name": "A front", "messages": [
    ...     {"id": 7, "type": "message", "date": "2022-05-24T21:00:00",
    ...      "text": ["Two died. ", {"type": "hashtag", "text": "#Panjshir"}]}]}
    >>> found = read_telegram(json.dumps(held).encode(), "result.json", "")
    >>> found.text, str(found.parts[0].published), str(found.origin_of(0, 3))
    ('Two died. #Panjshir', '2022-05-24', 'message 7')
    """
    held = _export(data, name)
    builder = TextBuilder(name, "message")
    parts: list[DocumentPart] = []
    left_out = 0
    for message in _messages(held, name):
        start = builder.length
        number = message.get("id")
        number = number if isinstance(number, int) and abs(number) < 1 << 62 else 0
        for paragraph in _text(message).split("\n\n"):
            builder.whole(paragraph, number)
        if builder.length == start:
            left_out += message.get("type") == "message"
            continue
        begin = start + 2 if parts else start
        parts.append(DocumentPart(begin, builder.length, _forwarded(message), _day(message)))
    if not parts:
        raise DocumentError(f"{name}: has no message with a text")
    return Document(
        sha256, "telegram", builder.text,
        plain_words(str(held.get("name") or ""))[: limits.MAX_LINE],
        parts[0].published if len(parts) == 1 else None, tuple(parts),
        tuple(_notes(left_out)), builder.origins(),
    )  # fmt: skip


def is_export(data: bytes) -> bool:
    """Whether a file may be such an export, by its beginning."""
    return data[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and b'"messages"' in data


def _export(data: bytes, name: str) -> Mapping[str, Any]:
    if json_parts(data) > limits.MAX_JSON_PARTS:
        raise DocumentError(f"{name}: has more than {limits.MAX_JSON_PARTS:,} parts; export less")
    try:
        held = json.loads(decoded(data, name).text)
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"{name}: is damaged JSON; {_EXPECTED}") from error
    if not isinstance(held, dict):
        raise DocumentError(f"{name}: {_EXPECTED}")
    return held


def _messages(held: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    found = held.get("messages")
    if not isinstance(found, list):
        several = " of one channel alone, not of the whole account" * ("chats" in held)
        raise DocumentError(f"{name}: {_EXPECTED}{several}")
    for one in found:
        if isinstance(one, dict):
            yield one


def _text(message: Mapping[str, Any]) -> str:
    """The text of a message: one string, or pieces some of which have a type."""
    held = message.get("text")
    pieces = held if isinstance(held, list) else [held]
    texts = (one.get("text") if isinstance(one, dict) else one for one in pieces)
    return "".join(one for one in texts if isinstance(one, str))


def _day(message: Mapping[str, Any]) -> Any:
    held = message.get("date")
    return stated_day(held) if isinstance(held, str) else None


def _forwarded(message: Mapping[str, Any]) -> str:
    held = message.get("forwarded_from")
    return f"forwarded from {plain_words(held)[:200]}" if isinstance(held, str) and held else ""


def _notes(left_out: int) -> Iterator[str]:
    yield "days are those of the computer that exported the channel"
    if left_out:
        yield f"{counted(left_out, 'message')} without a text not included"
