"""Counts with bounds: the fewest and the most records that a period or a place can have."""
