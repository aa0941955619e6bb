"""Composites: what the panel gave joined with other parts, such as a vote or a daily assessment."""
