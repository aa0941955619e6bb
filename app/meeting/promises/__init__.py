"""Last year's promises: what the plan holds of them, and what the panel says of each, apart from the score."""
