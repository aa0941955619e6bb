"""Files that a form brings, several at once: those that can be taken, and why the others cannot."""

import asyncio
from collections.abc import Iterable

from litestar.datastructures import UploadFile

from app.meeting.refusals import Refused, Said
from app.papers.incoming import LARGEST_FILE, Incoming, taken
from app.web.page import AnyRequest


async def files_of(request: AnyRequest, field: str) -> list[UploadFile]:
    form = await request.form()
    return [each for each in form.getall(field, []) if isinstance(each, UploadFile) and each.filename]


async def read_all(files: Iterable[UploadFile]) -> tuple[list[Incoming], list[Said]]:
    read: list[Incoming] = []
    declined: list[Said] = []
    for file in files:
        try:
            content = await file.read(LARGEST_FILE + 1)
            read.append(await asyncio.to_thread(taken, file.filename, content))
        except Refused as refused:
            declined.append(refused.said)
    return read, declined


def names_of(files: Iterable[Incoming]) -> tuple[str, ...]:
    return tuple(each.name for each in files)
