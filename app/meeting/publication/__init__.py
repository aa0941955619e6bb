"""What the bureau opens to society of what units handed in for the meeting."""
