"""What sheets come to, shown to the hall."""
