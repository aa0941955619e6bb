"""What a server replies, read from a line on which the next reply follows at once."""

import asyncio

import pytest

from app.rehearsal.replies import reply_from

WHOLE = b'HTTP/1.1 200 OK\r\nContent-Length: 4\r\nETag: "one"\r\nX-Content-Length: 9\r\n\r\nbody'
UNCHANGED = b"HTTP/1.1 304 Not Modified\r\netag:two\r\n\r\n"


def test_each_reply_is_read_to_its_end_and_no_further():
    async def read() -> None:
        reader = asyncio.StreamReader()
        reader.feed_data(WHOLE + UNCHANGED + WHOLE[:-1])
        reader.feed_eof()
        whole, unchanged = await reply_from(reader), await reply_from(reader)
        assert (whole.status, whole.body) == (200, b"body")
        assert (whole.header("etag"), whole.header("connection")) == ('"one"', "")
        assert (unchanged.status, unchanged.body, unchanged.header("etag")) == (304, b"", "two")
        with pytest.raises(asyncio.IncompleteReadError):
            await reply_from(reader)

    asyncio.run(read())
