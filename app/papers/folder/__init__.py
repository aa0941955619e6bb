"""What is left of a meeting when the hall has emptied: one folder for the file, one for the public."""
