"""The look of the app: its icon, its controls and the layouts of its pages."""

from __future__ import annotations

from pathlib import Path
from typing import Final

# An icon of our own: Streamlit would fetch one of its own, or an emoji, from another host.
ICON: Final = str(Path(__file__).with_name("icon.svg"))
BUTTON: Final = """
  font: inherit;
  color: inherit;
  padding: 0.3rem 0.8rem;
  background: var(--st-background-color);
  border: 1px solid color-mix(in srgb, var(--st-text-color) 45%, transparent);
  border-radius: var(--st-base-radius, 6px);
  cursor: pointer;
"""
"""CSS declarations of a button, to be put between the braces of a rule."""
LISTS: Final = """<style>
.stMainBlockContainer { padding: 5rem 1.5rem 3rem; max-width: 72rem; }
.stMainBlockContainer h1 { font-size: 1.75rem; }
.stMainBlockContainer h2 { font-size: 1.35rem; }
.stMainBlockContainer h3 { font-size: 1.2rem; }
[data-testid="stCaptionContainer"] { color: inherit; opacity: 0.85; }
</style>"""
"""CSS of a page of lists under headings of three sizes."""
WHOLE_WINDOW: Final = """<style>
.stMainBlockContainer { padding: 3.75rem 1rem 2rem; max-width: none; }
.stMainBlockContainer h1 { font-size: 1.75rem; }
.stMainBlockContainer h2 { font-size: 1.3rem; }
[data-testid="stCaptionContainer"] { color: inherit; opacity: 0.85; }
</style>"""
"""Of a page as wide as the window."""
TO_READ: Final = """<style>
.stMainBlockContainer { padding: 5rem 1.5rem 3rem; max-width: 54rem; }
.stMainBlockContainer h1 { font-size: 1.75rem; }
.stMainBlockContainer h2 { font-size: 1.3rem; }
[data-testid="stCaptionContainer"] { color: inherit; opacity: 0.85; }
</style>"""
"""Of a page of text, its lines short enough to read."""
