"""Entry point of the app: lists its pages."""

import streamlit as st

from geo.app.controls import ICON
from geo.app.gate import gate
from geo.app.pages import entries
from geo.app.unexpected import errors_shown_to_reader
from geo.logs import print_logs_of_server

st.set_page_config(page_title="Incident map", page_icon=ICON, layout="wide")
print_logs_of_server()
gate()
page = st.navigation(entries(), position="top")
with errors_shown_to_reader("showing this page"):
    page.run()
