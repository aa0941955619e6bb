"""What society sees of a meeting and of what became of it: one picture for a live page, a static site and its data."""
