"""The command line, by families of commands; ``run.py`` puts them together."""
