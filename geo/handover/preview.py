"""What goes along with a file, in counts and sentences, before it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from geo.handover.canaries import bare_letters, is_telling
from geo.handover.hiding import hidden_names
from geo.handover.reducing import Reduction
from geo.text import counted, listed


@dataclass(frozen=True, slots=True)
class HandoverPreview:
    """What a file that is made from reduced data holds, and of how much.

    Parameters
    ----------
    records, sources, groups
        How many of them go along.
    all_records, all_sources, all_groups
        How many the data have, drafts that can be read included.
    hidden
        The kinds of fields and records that the profile hides, in words.
    named_in_texts
        Ids of records in whose texts the hidden name of a speaker remains.
    is_reviewed
        Whether any record is reviewed, so that the approved ones can be told from the others.
    own_parts
        What the editor adds to a figure, in words; it goes along as it is.
    """

    records: int
    sources: int
    groups: int
    all_records: int
    all_sources: int
    all_groups: int
    hidden: tuple[str, ...] = ()
    named_in_texts: tuple[str, ...] = ()
    is_reviewed: bool = True
    own_parts: tuple[str, ...] = ()

    def sentences(self) -> Iterator[str]:
        """Yield the preview as a person reads it before deciding.

        Examples
        --------
        >>> print(*HandoverPreview(6, 2, 3, 28, 3, 8, named_in_texts=("an-attack",)).sentences())
        6 of 28 records, 2 of 3 sources and 3 of 8 groups are included. The text of an-attack still
        names a speaker whose name is hidden; rephrase it, or exclude the record.
        """
        yield (
            f"{self.records} of {counted(self.all_records, 'record')}, {self.sources} of "
            f"{counted(self.all_sources, 'source')} and {self.groups} of "
            f"{counted(self.all_groups, 'group')} are included."
        )
        if self.hidden:
            yield f"Not included: {listed(self.hidden)}."
        if not self.is_reviewed:
            yield "No record is reviewed, so none is excluded for not being approved."
        if self.own_parts:
            yield f"Included as the editor wrote or drew it: {listed(self.own_parts)}."
        if self.named_in_texts:
            are = "text" if len(self.named_in_texts) == 1 else "texts"
            yield (
                f"The {are} of {listed(self.named_in_texts)} still "
                f"{'names' if are == 'text' else 'name'} a speaker whose name is hidden; rephrase "
                f"{'it' if are == 'text' else 'them'}, or exclude the record."
            )


def preview_of(reduction: Reduction, own_parts: tuple[str, ...] = ()) -> HandoverPreview:
    """Count what goes along with a file that is made from reduced data.

    Parameters
    ----------
    own_parts
        What the editor of a figure adds, in words.
    """
    kept, whole = reduction.workspace.reading.dossier, reduction.whole.reading.dossier
    profile, is_reviewed = reduction.profile, reduction.whole.located.is_reviewed
    return HandoverPreview(
        records=len(kept.records),
        sources=len(kept.sources),
        groups=len(kept.groups),
        all_records=len(whole.records),
        all_sources=len(whole.sources),
        all_groups=len(whole.groups),
        hidden=profile.hidden(is_reviewed=is_reviewed),
        named_in_texts=tuple(_named_in_texts(reduction)),
        is_reviewed=is_reviewed or profile.unapproved,
        own_parts=own_parts,
    )


def _named_in_texts(reduction: Reduction) -> Iterator[str]:
    if reduction.profile.speakers:
        return
    whole = reduction.whole.reading.dossier
    names = [bare_letters(name) for name in hidden_names(whole.records, whole.groups)
             if is_telling(name)]  # fmt: skip
    for record in reduction.workspace.reading.dossier.records:
        texts = bare_letters(" ".join([record.title, *(claim.text for claim in record.claims)]))
        if any(name in texts for name in names):
            yield record.id
