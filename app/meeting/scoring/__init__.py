"""Sheets and rules in, a result out.

The arithmetic of the field: drop the highest and the lowest, take the mean, round once, half up. Inside, everything is
an exact fraction; a float is never used.
"""
