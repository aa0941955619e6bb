"""What comes next: the meeting as a row of steps, taken one by one and taken back."""
