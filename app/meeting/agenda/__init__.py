"""The course of the meeting: open, step, skip, reorder, time, finish."""
