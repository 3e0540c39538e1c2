"""The look of what is ours: controls like those of Streamlit around them, and pages of lists."""

from __future__ import annotations

from typing import Final

BUTTON: Final = """
  font: inherit;
  color: inherit;
  padding: 0.3rem 0.8rem;
  background: var(--st-background-color);
  border: 1px solid color-mix(in srgb, var(--st-text-color) 45%, transparent);
  border-radius: var(--st-base-radius, 6px);
  cursor: pointer;
"""
"""Declarations of a button, to stand between the braces of a rule."""
LISTS: Final = """<style>
.stMainBlockContainer { padding: 5rem 1.5rem 3rem; max-width: 72rem; }
.stMainBlockContainer h1 { font-size: 1.75rem; }
.stMainBlockContainer h2 { font-size: 1.35rem; }
.stMainBlockContainer h3 { font-size: 1.2rem; }
[data-testid="stCaptionContainer"] { color: inherit; opacity: 0.85; }
</style>"""
"""Of a page of lists under headings of three sizes."""
