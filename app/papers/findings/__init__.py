"""What papers, tables and calendars say of findings."""
