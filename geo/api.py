"""The public functions that take a :class:`geo.table.workspace.Workspace`.

Each passes a workspace to the package that does the work, and keeps its name and parameters when
that package changes. Import them from :mod:`geo`. folium, matplotlib and the readers of event files
are loaded by the functions that need them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from geo.events.parties.actors import Registry
from geo.extras import require
from geo.table.workspace import Workspace
from geo.view import EVERYTHING, Selection, View, select

if TYPE_CHECKING:
    import pyarrow as pa

    from geo.events.importing.importing import ImportedEvents
    from geo.snapshot.content.event_file import EventFile
    from geo.snapshot.content.recipe import Recipe
    from geo.snapshot.output.making import Snapshot


def apply(view: View, workspace: Workspace) -> Selection:
    """Select the records that a View keeps, and count the others by reason.

    Parameters
    ----------
    view
        The selection.
    workspace
        The country and its dossier.

    Returns
    -------
    Selection
        The rows of the located table that are kept, one for each place of each record, and the
        ledger, whose parts always add up to the number of records.

    Examples
    --------
    A View that no record matches gives an empty table, and every record is counted:

    >>> import geo
    >>> workspace = geo.open_workspace()
    >>> shown = geo.apply(geo.View(text="no such words"), workspace)
    >>> len(shown.table), shown.ledger.total == sum(shown.ledger.out.values())
    (0, True)
    """
    return select(view, workspace)


def document(
    workspace: Workspace,
    *,
    view: View = EVERYTHING,
    as_of: date | None = None,
    events: pa.Table | None = None,
    title: str = "",
    origins: Iterable[str] = (),
) -> str:
    """Build the map as one HTML document that makes no network request.

    The same data, View and day give the same text.

    Parameters
    ----------
    workspace
        The country and its dossier. All records are in the document, whatever `view` selects.
    view
        What is shown when the document is opened.
    as_of
        The day on which the age of presence claims is stated; ``None``: ages are not shown.
    events
        An event table to draw together with the records; see :func:`import_events`.
    title
        Title of the page; default: the title of the dossier.
    origins
        Of pages that may talk to the map when they show it in a frame, such as
        ``https://www.example.org``; its own origin always may, ``*`` admits any.

    Returns
    -------
    str
        HTML with Leaflet, outlines, records, styles and scripts inside. Write it as UTF-8.

    Raises
    ------
    GeoError
        `events` holds more combinations of groups than a map can show, or the extra ``map`` is
        not installed.

    Examples
    --------
    Neither the text of a record nor a title can become markup:

    >>> import geo
    >>> page = geo.document(geo.open_workspace(), title="Claims <in> Panjshir")
    >>> "<title>Claims &lt;in&gt; Panjshir</title>" in page, "https://cdn" in page
    (True, False)
    """
    require("map", "geo.document")
    from geo.webmap import document as webmap  # noqa: PLC0415 - loads folium
    from geo.webmap.event_columns import names_of  # noqa: PLC0415 - as above

    names = names_of(events, _registry(workspace)) if events is not None else None
    return webmap.document_html(
        workspace,
        view=view, as_of=as_of, events=events, names=names, title=title, origins=origins,
    )  # fmt: skip


def make_figure(
    workspace: Workspace, recipe: Recipe | None = None, events: EventFile | None = None
) -> Snapshot:
    r"""Make the figure that a recipe describes: map, legend, record count, sources.

    Parameters
    ----------
    workspace
        The country and its dossier.
    recipe
        View, title, size, variant and day; default: all records, undated, as a slide.
    events
        The imported events that the recipe names; see :func:`event_file`.

    Returns
    -------
    Snapshot
        ``png()`` and ``svg()`` give one picture for each page, ``pdf()`` the whole document. The
        same recipe and data give the same bytes. ``recipe`` is stamped with the data, so that
        ``recipe.to_json()`` is enough to make the figure again. A notebook shows the first page.

    Raises
    ------
    GeoError
        The recipe needs something that the data does not have, or the extra ``briefing`` is not
        installed.

    Examples
    --------
    A title in Dari is set from right to left, and the file name stays in Latin letters:

    >>> from datetime import date
    >>> import geo
    >>> recipe = geo.Recipe(as_of=date(2024, 12, 31), size="web", title="نقشه")
    >>> figure = geo.make_figure(geo.open_workspace(), recipe)
    >>> figure.name.rpartition("_")[0], figure.png()[0][:4]
    ('AFG_map_web_20241231', b'\x89PNG')
    """
    require("briefing", "geo.make_figure")
    from geo.snapshot.content.recipe import Recipe as Description  # noqa: PLC0415 - as above
    from geo.snapshot.output.making import make  # noqa: PLC0415 - loads matplotlib

    wanted = recipe if recipe is not None else Description()
    return make(workspace, wanted, events)


def event_file(source: Path | pa.Table, workspace: Workspace, *, name: str = "") -> EventFile:
    r"""Prepare events for figures.

    Parameters
    ----------
    source
        An event table or a file of a known provider, by its path, or a table in memory; see
        :func:`import_events`.
    workspace
        The country and the dossier with whose places and groups the rows are matched.
    name
        Name of a table in memory, for messages.

    Returns
    -------
    EventFile
        ``chosen("rings")`` or ``chosen("provinces")`` gives the value for ``Recipe(events=…)``.

    Raises
    ------
    GeoError
        The file cannot be read, or is a table whose columns have to be given a meaning first.

    Examples
    --------
    An event known only by its province is counted for it, and never a ring:

    >>> import geo
    >>> workspace = geo.open_workspace()
    >>> table = b"When,Where\n2024-02-29,Panjshir\n"
    >>> found = geo.import_events(table, workspace, mapping="date=When,place=Where")
    >>> events = geo.event_file(found.events, workspace, name="attacks.csv")
    >>> figure = geo.make_figure(workspace, geo.Recipe(events=events.chosen("rings")), events)
    >>> figure.content.events.in_rings, figure.content.events.counted
    (0, 1)
    """
    require("briefing", "geo.event_file")
    from geo.snapshot.content.event_file import (  # noqa: PLC0415 - loads the drawing of figures
        EventFile as Events,
    )
    from geo.snapshot.content.event_file import open_event_file  # noqa: PLC0415 - as above

    return open_event_file(source, workspace) if isinstance(source, Path) else Events(source, name)


def import_events(
    source: Path | bytes,
    workspace: Workspace,
    *,
    mapping: str = "",
    sheet: str = "",
    today: date | None = None,
) -> ImportedEvents:
    r"""Import a file of events: every row becomes an event or is rejected with a reason.

    Parameters
    ----------
    source
        ACLED, UCDP GED, GTD, Insecurity Insight, or any table, as CSV, XLSX, ODS, JSON, GeoJSON,
        KML, GPX or GeoParquet: its path or its bytes. An address is never followed.
    workspace
        The country and the dossier with whose places and groups the rows are matched.
    mapping
        The meaning of the columns of any other table, such as ``"date=When,lat=Y,lon=X"``, as for
        ``incident-map import --map``.
    sheet
        Sheet of a workbook, or file of a ZIP archive; default: the likeliest, named in the notes.
    today
        Rows that begin after this day are rejected; ``None`` omits the check.

    Returns
    -------
    ImportedEvents
        ``events``, ``rejected``, ``doubts`` (rows imported with warnings) and ``unknown``
        (unmatched names) as arrow tables. The rows of ``events`` and the rejected rows add up to
        ``rows``.

    Raises
    ------
    GeoError
        The file cannot be read, counts events instead of listing them, or has columns that are not
        those of a known format and no `mapping`.

    Examples
    --------
    A day that does not exist rejects the row, and the row is counted:

    >>> import geo
    >>> table = b"When,What,Y,X\n2024-02-29,Attack,34.53,69.17\n2023-02-29,Attack,34.53,69.17\n"
    >>> found = geo.import_events(
    ...     table, geo.open_workspace(), mapping="date=When,lat=Y,lon=X,precision==near"
    ... )
    >>> found.rows, found.events.num_rows, found.rejected["row"].to_pylist()
    (2, 1, [2])
    """
    from geo.events.importing.importing import convert  # noqa: PLC0415 - loads every reader
    from geo.events.mapping.mapping import ColumnMapping  # noqa: PLC0415 - as above
    from geo.events.readers.opening import read_source  # noqa: PLC0415 - as above

    raw = read_source(source, part=sheet)
    columns = ColumnMapping.parse([mapping], raw.table.column_names) if mapping else None
    return convert(raw, workspace.country, _registry(workspace), mapping=columns, today=today)


def _registry(workspace: Workspace) -> Registry:
    """The parties of event data that the country's folder and the dossier know."""
    folder, groups = workspace.country.folder, workspace.reading.dossier.groups
    return Registry.read(b"", groups) if folder is None else Registry.of_folder(folder, groups)
