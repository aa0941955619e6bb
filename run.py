"""Kaimen: ``run.py`` alone starts the server; ``run.py --help`` says what else there is (app/commandline/main.py)."""

import sys

from app.commandline.main import run

if __name__ == "__main__":
    run(sys.argv[1:])
