"""The command line: a file for each family of commands; ``main.py`` puts them together."""
