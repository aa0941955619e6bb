"""What an office sends out after a meeting, as letters of GB/T 9704-2012 filled in from the record."""
