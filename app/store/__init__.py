"""The record: the append-only log of every meeting, and the tables written from it in the same transaction."""
