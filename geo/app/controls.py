"""The look of the few controls that are ours: like those of Streamlit around them."""

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
