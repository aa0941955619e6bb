"""What Jinja has compiled, kept: once for all languages, and in files for the next start.

As Python keeps what it has compiled: beside the sources, and where nothing may be written, nothing is. All templates
take a second and a half of processor in each language, and the first page after a start waited for those it is of.
"""

import hashlib
import os
import sys
from contextlib import suppress
from pathlib import Path
from types import CodeType

import jinja2
from jinja2.bccache import Bucket, BytecodeCache


class Compiled(BytecodeCache):
    """``folder`` need not be there. A file that is torn, or of an older template, is as none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))
        if bucket.code is None:
            with (
                suppress(Exception),
                self._file(bucket).open("rb") as file,
            ):  # whatever stands there: it can be compiled
                bucket.load_bytecode(file)
            self._keep(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._keep(bucket)
        if sys.dont_write_bytecode:
            return
        file = self._file(bucket)
        beside = file.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            beside.write_bytes(bucket.bytecode_to_string())
            beside.replace(file)

    def _keep(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._codes[bucket.key, bucket.checksum] = bucket.code

    def _file(self, bucket: Bucket) -> Path:
        return self._folder / f"{bucket.key}.{ways_of(bucket.environment)}"


def ways_of(environment: jinja2.Environment) -> str:
    """By what else than its text the code of a template can differ. No filter of ours is given what is constant, which
    would be filled in already (``tests/live/test_templates.py``)."""
    told = (jinja2.__version__, environment.trim_blocks, environment.lstrip_blocks, sorted(environment.extensions))
    digest = hashlib.blake2b(repr(told).encode(), digest_size=4).hexdigest()
    return f"{sys.implementation.cache_tag}-{digest}"
