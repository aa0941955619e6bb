"""Read one file within bounds of memory and time, in a process of its own: ``python -m tests.papers.hostile NAME``.

The content comes by standard input; what is wrong with it goes out, as JSON.
"""

import json
import resource
import sys

from app.language import Language
from app.papers.plan.importing import preview, read_file
from app.papers.plan.telling import preview_in_words

MOST_MEMORY = 600 * 1024 * 1024
"""Bytes of address space; the program itself takes a third."""
MOST_SECONDS = 20
"""Of the processor: a machine that is busy with something else is no slower by it."""


def main() -> None:
    content = sys.stdin.buffer.read()
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    reading = read_file(sys.argv[1], content)
    said = preview_in_words(preview(None, reading), Language.ENGLISH)
    print(json.dumps({"codes": [each.said.code for each in reading.mistakes], "said": len(said)}))


if __name__ == "__main__":
    main()
