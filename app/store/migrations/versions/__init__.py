"""One file for each format of the database, from the first to this one; none is ever changed."""
