"""Fields for uploading a file, by mouse or keyboard; the file is kept in memory only."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Final

import streamlit as st

from geo.app.controls import BUTTON
from geo.errors import IntakeError

_MARKUP: Final = """
<label for="file"></label>
<input id="file" type="file" aria-describedby="hint said">
<p id="hint"></p>
<div class="line">
  <p id="said" role="status"></p>
  <button type="button" hidden>Remove file</button>
</div>
"""
_STYLE: Final = (
    """
:host { font-family: var(--st-font); color: var(--st-text-color); }
label { display: block; margin-bottom: 0.4rem; font-size: 0.9rem; }
input {
  box-sizing: border-box;
  width: 100%;
  padding: 1rem;
  font: inherit;
  color: inherit;
  background: var(--st-secondary-background-color);
  border: 1px dashed color-mix(in srgb, var(--st-text-color) 55%, transparent);
  border-radius: var(--st-base-radius, 6px);
}
input[aria-invalid="true"] { border: 1px solid var(--st-red-text-color, currentColor); }
input::file-selector-button, button {"""
    + BUTTON
    + """}
input::file-selector-button { margin-inline-end: 0.9rem; }
button:hover, input::file-selector-button:hover { border-color: var(--st-primary-color); }
:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
p { margin: 0; font-size: 0.85rem; }
#hint { margin-top: 0.4rem; opacity: 0.85; }
.line { display: flex; align-items: center; gap: 0.8rem; min-height: 2.4rem; }
[hidden] { display: none; }
"""
)

_field = st.components.v2.component(
    "incident_map_file_choice",
    html=_MARKUP,
    css=_STYLE,
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True, repr=False)
class PackedFile:
    """A file as the browser compressed it; it is kept compressed and unpacked on reading.

    Parameters
    ----------
    data
        The gzipped bytes.
    digest
        Digest of these bytes.
    """

    data: bytes
    digest: str

    @classmethod
    def of(cls, data: bytes) -> PackedFile:
        """Wrap gzipped bytes."""
        return cls(data, blake2b(data, digest_size=16).hexdigest())

    @property
    def size(self) -> int:
        """The unpacked size in bytes: the last four bytes of the gzip file (RFC 1952, ISIZE)."""
        return int.from_bytes(self.data[-4:], "little")

    def unpack(self, most: int) -> bytes:
        """Return the unpacked file.

        Raises
        ------
        IntakeError
            It is not a gzipped file, or has more than `most` bytes.

        Examples
        --------
        >>> import gzip
        >>> packed = PackedFile.of(gzip.compress(b"id,date"))
        >>> packed.size, packed.unpack(7)
        (7, b'id,date')
        >>> packed.unpack(6)
        Traceback (most recent call last):
        geo.errors.IntakeError: the file has more than 6 bytes; import it on the command line
        """
        reader = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        try:
            found = reader.decompress(self.data, most + 1)
        except zlib.error as error:
            raise IntakeError("the file arrived damaged; choose it again") from error
        if len(found) > most:
            raise IntakeError(
                f"the file has more than {most:,} bytes; import it on the command line"
            )
        if not reader.eof:
            raise IntakeError("the file arrived damaged; choose it again")
        return found


def file_choice(label: str, *, hint: str, accept: str, most: int, key: str) -> bytes | None:
    """Show a field for one file, and return the bytes that it holds.

    They are kept, on other pages as well, until the reader removes the file or ends the session.
    The browser shows the file's name but never sends it.

    Parameters
    ----------
    hint
        One line below the field, which a screen reader also reads.
    accept
        File endings that the browser offers first, such as ``".yaml,.yml"``.
    most
        Most bytes that are accepted; both the browser and this function refuse more.
    key
        Identifies the field. The session keeps the bytes under this name; bytes stored there count
        as uploaded.
    """
    held: bytes | None = st.session_state.get(key)
    wanted = {"label": label, "hint": hint, "accept": accept, "most": most, "packed": None,
              "tooLarge": "", "held": None if held is None else len(held),
              "answered": _answered(key)}  # fmt: skip
    _field(key=f"{key}-field", data=wanted, on_file_change=partial(_take, key, most))
    return held


def large_file_choice(
    label: str, *, hint: str, accept: str, most: int, packed: int, too_large: str, key: str
) -> PackedFile | None:
    """Show a field for one large file, which the browser compresses before sending it.

    Parameters
    ----------
    hint, accept, most, key
        As for :func:`file_choice`, but the session keeps a :class:`PackedFile`.
    packed
        Most gzipped bytes that are accepted.
    too_large
        Advice on what to do with a larger file.
    """
    held: PackedFile | None = st.session_state.get(key)
    wanted = {"label": label, "hint": hint, "accept": accept, "most": most, "packed": packed,
              "tooLarge": too_large, "held": None if held is None else held.size,
              "answered": _answered(key)}  # fmt: skip
    _field(key=f"{key}-field", data=wanted, on_file_change=partial(_take_packed, key, packed))
    return held


def _take(key: str, most: int) -> None:
    upload = _upload(key)
    if upload is not None:
        st.session_state[key] = decode(upload["bytes"], most)


def _take_packed(key: str, most: int) -> None:
    upload = _upload(key)
    if upload is not None:
        data = decode(upload["bytes"], most)
        st.session_state[key] = None if data is None else PackedFile.of(data)


def _upload(key: str) -> Mapping[str, object] | None:
    reported = st.session_state.get(f"{key}-field")
    upload = reported.get("file") if isinstance(reported, Mapping) else None
    if not isinstance(upload, Mapping) or "bytes" not in upload:
        return None
    number = upload.get("number")
    st.session_state[f"{key}-answered"] = number if isinstance(number, int) else None
    return upload


def _answered(key: str) -> int | None:
    """Return the number of the upload that arrived last, by which the field knows that it did."""
    found: int | None = st.session_state.get(f"{key}-answered")
    return found


def decode(text: object, most: int) -> bytes | None:
    """Decode the bytes that the browser sent; ``None`` if they are not valid or too many.

    Examples
    --------
    >>> decode("dGl0bGU6IFQ=", most=8)
    b'title: T'
    >>> decode("dGl0bGU6IFQ=", most=7) is decode("no base64!", most=9) is None
    True
    """
    if not isinstance(text, str) or len(text) > (most + 2) // 3 * 4:
        return None
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if len(data) <= most else None
