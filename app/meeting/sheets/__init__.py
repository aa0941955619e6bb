"""What the panelists hand in."""
