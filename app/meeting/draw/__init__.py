"""The order of reporting, drawn by lot or typed in."""
