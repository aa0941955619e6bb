"""What is laid out for printing."""
