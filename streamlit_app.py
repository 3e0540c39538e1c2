"""Entry point of the app: lists its pages."""

import streamlit as st

from geo.app.changes_page import changes_page
from geo.app.controls import ICON
from geo.app.events_page import events_page
from geo.app.gate import gate
from geo.app.late import loaded_late
from geo.app.map_page import map_page
from geo.app.method_page import method_page
from geo.app.records_page import records_page
from geo.app.sources_page import sources_page
from geo.app.unexpected import errors_shown_to_reader
from geo.logs import print_logs_of_server

st.set_page_config(page_title="Incident map", page_icon=ICON, layout="wide")
print_logs_of_server()
gate()
page = st.navigation(
    [
        st.Page(map_page, title="Map", icon=":material/map:", url_path="map", default=True),
        st.Page(
            loaded_late("briefing_page"),
            title="Briefing",
            icon=":material/slideshow:",
            url_path="briefing",
        ),
        st.Page(records_page, title="Records", icon=":material/list:", url_path="records"),
        st.Page(events_page, title="Events", icon=":material/table_rows:", url_path="events"),
        st.Page(changes_page, title="Changes", icon=":material/difference:", url_path="changes"),
        st.Page(sources_page, title="Sources", icon=":material/menu_book:", url_path="sources"),
        st.Page(method_page, title="Method", icon=":material/info:", url_path="method"),
    ],
    position="top",
)
with errors_shown_to_reader("showing this page"):
    page.run()
