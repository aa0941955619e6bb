"""The pages. A door parses, performs and answers; it decides nothing."""
