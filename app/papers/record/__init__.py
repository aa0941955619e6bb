"""What was recorded, as files."""
