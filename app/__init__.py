"""Kaimen (开门评议): the software that runs an open review meeting."""
