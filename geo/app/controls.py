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
TO_READ: Final = """<style>
.stMainBlockContainer { padding: 5rem 1.5rem 3rem; max-width: 54rem; }
.stMainBlockContainer h1 { font-size: 1.75rem; }
.stMainBlockContainer h2 { font-size: 1.3rem; }
[data-testid="stCaptionContainer"] { color: inherit; opacity: 0.85; }
</style>"""
"""Of a page of text, its lines short enough to read."""
FORM: Final = """<style>
.stMainBlockContainer { padding: 4.5rem 1.5rem 3rem; max-width: 96rem; }
.stMainBlockContainer h1 { font-size: 1.5rem; padding: 0 0 0.4rem; }
.stMainBlockContainer h2 { font-size: 1.15rem; padding: 0.6rem 0 0.3rem; }
[data-testid="stColumn"]:has(.st-key-preview) {
  position: sticky; top: 4.5rem; align-self: flex-start;
}
@media (max-width: 640px) {
  [data-testid="stColumn"]:has(.st-key-preview) { position: static; }
}
[data-testid="stCaptionContainer"] { color: inherit; opacity: 0.85; }
</style>"""
"""Of a page with a form, and beside it how the record reads, which stays in view."""
CREATE: Final = "create-briefing"
"""The container of the link to a briefing, which is in the bar at the top of the page."""
FRAME_ONLY: Final = """<style>
.stMainBlockContainer { padding: 3.75rem 1rem 0; max-width: none; }
.stMainBlockContainer .stVerticalBlock { gap: 0.5rem; }
[data-testid="stCaptionContainer"] { color: inherit; opacity: 0.85; margin: 0 !important; }
.st-key-create-briefing { position: fixed; top: 0; inset-inline-end: 1rem; z-index: 999991; }
.st-key-create-briefing { display: flex; justify-content: center; width: auto; height: 3.75rem; }
.st-key-create-briefing a { border: 1px solid rgb(128 120 110 / 0.7); }
.stAppToolbar:has([data-testid="stStatusWidget"]) { padding-inline-end: 11rem; }
</style>"""
"""Of a page with a frame that fills the rest of the window: nothing has to be scrolled to."""
