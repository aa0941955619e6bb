"""The live doors: one socket for each screen, for pictures out and commands in."""
