"""Accepting a suggestion: it becomes a draft of the dossier, with its source and its passages."""

from __future__ import annotations

from typing import Any, Final

from pydantic import ValidationError

from geo.app import editors
from geo.app.editing import opened
from geo.app.editing.naming import short_name
from geo.app.reading.drafts import draft_of
from geo.app.reading.worksheet import WorkItem, Worksheet
from geo.documents.document import Document
from geo.dossier.editing import Edit
from geo.dossier.entries import Entries
from geo.dossier.intake import read_dossier
from geo.dossier.records import Source
from geo.dossier.saving import save_edit
from geo.errors import EditError

_WHY: Final = "Read from a document"


def accept(work: Worksheet, item: WorkItem, document: Document) -> tuple[Worksheet, str]:
    """Save the draft that an item stands for, and its source if it is new.

    Returns
    -------
    tuple
        The worksheet with the item accepted, and the id of the draft.

    Raises
    ------
    GeoError
        If it cannot be saved: nothing is accepted then.
    """
    by, file = editors.acting("edit").name, opened.dossier_file()
    if not item.claims:
        msg = "A record needs a claim: select the words that say it, and add them as a claim."
        raise EditError(msg)
    dossier = read_dossier(data := file.read_bytes()).dossier
    key, source, entry = source_for_document(work, document, data)
    draft = draft_of(item, document, (key, source), dossier, _taken(data))
    if entry is not None:
        save_edit(file, Edit.creating("sources", entry, by=by, why=_WHY))
    save_edit(file, Edit.creating(item.section, draft, by=by, why=_WHY))
    accepted = item.model_copy(update={"state": "accepted", "entry": draft["id"]})
    after = work.model_copy(update={"source": key, "new_source": {}})
    return after.with_item(accepted), str(draft["id"])


def source_for_document(
    work: Worksheet, document: Document, data: bytes
) -> tuple[str, Source, dict[str, Any] | None]:  # fmt: skip
    """Return the source of a document.

    Returns
    -------
    tuple
        Its key, the source, and its entry if that is still to be made.

    Raises
    ------
    EditError
        If the source is not complete, or no longer in the dossier.
    """
    sources = Entries.of(data)
    if work.source:
        known = sources.entry("sources", work.source)
        if known is None:
            msg = f"The source {work.source} is no longer in the dossier; choose another one."
            raise EditError(msg)
        return work.source, read_dossier(data).dossier.sources[work.source], None
    given = {name: text for name, text in work.new_source.items() if text.strip()}
    fields = {**given, "document": document.sha256}
    try:
        source = Source.model_validate(fields)
    except ValidationError as error:
        msg = "Complete the source first: its title, its publisher and when it was published."
        raise EditError(msg) from error
    words = f"{given['publisher']}"
    key = short_name(words, str(given["published"]), sources.keys("sources"))
    return key, source, {"id": key, **fields}


def _taken(data: bytes) -> set[str]:
    entries = Entries.of(data)
    return {*entries.keys("incidents"), *entries.keys("presence")}
