"""The rules, one room per subject. Each reads as a list that can be said aloud, then the one line that acts."""
