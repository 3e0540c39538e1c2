"""The Streamlit pages, and the component that carries the map document into them.

Nothing outside this folder knows Streamlit.
"""
