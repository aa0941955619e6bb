"""Read files within bounds of memory and time, each in a process of its own: ``python -m tests.papers.hostile``.

Each comes by standard input, a line of JSON (``name``, and ``packed`` in base64); what is wrong with it goes out, as
another. The processes are forks of one that has read all modules.
"""

import base64
import json
import os
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
    for line in sys.stdin:
        fork = os.fork()
        if fork == 0:
            read(**json.loads(line))
            sys.stdout.flush()
            os._exit(0)
        _, status = os.waitpid(fork, 0)
        if status:
            print(json.dumps({"ended": os.waitstatus_to_exitcode(status)}), flush=True)


def read(name: str, packed: str) -> None:
    content = base64.b64decode(packed)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    reading = read_file(name, content)
    said = preview_in_words(preview(None, reading), Language.ENGLISH)
    print(json.dumps({"codes": [each.said.code for each in reading.mistakes], "said": len(said)}))


if __name__ == "__main__":
    main()
