"""Settings of Sphinx for the documentation; `make docs` builds it."""

from __future__ import annotations

from geo.version import __version__

project = "Incident Map"
author = "the Incident Map authors"
copyright = "2026, the Incident Map authors"  # noqa: A001 - Sphinx reads it by this name
version = release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "numpydoc"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["how-to/serving/*"]
# A dash of an option must stay two hyphens.
smartquotes = False
myst_enable_extensions = ["colon_fence"]
# Links to headings are checked down to this level.
myst_heading_anchors = 4
suppress_warnings: list[str] = []

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
# `EVERYTHING` says more than the twenty fields that it has.
autodoc_preserve_defaults = True
# Names as a reader of the signature knows them, not by where they are defined.
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
numpydoc_show_class_members = False
numpydoc_class_members_toctree = False
# That a public name describes all its parameters is a test; here: none that it does not have.
numpydoc_validation_checks = {"PR02", "PR10", "YD01"}
autosummary_generate = False

html_theme = "furo"
html_title = f"Incident Map {__version__}"
html_show_sphinx = False
html_copy_source = False
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_theme_options = {
    "light_css_variables": {"font-stack": "system-ui, sans-serif"},
    "dark_css_variables": {"font-stack": "system-ui, sans-serif"},
}
