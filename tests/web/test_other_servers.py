"""Without our wire protocol, on any other server, the doors say and hear the same."""

import json
from collections.abc import Iterator

import pytest
from litestar.exceptions import WebSocketDisconnect
from litestar.testing import TestClient

from app.language import Language
from app.live.framed import html_message
from app.live.screens import VIEWS
from app.live.views import Look, picture
from app.main import create_app
from app.meeting.meeting import Meeting
from app.server import prepare
from app.settings import Settings
from app.store import plans
from app.store.database import Database
from app.web.links import make_links
from tests.live.painting import paint
from tests.live.served import bearer
from tests.meetings import shipped


@pytest.fixture
def client(tmp_path) -> Iterator[TestClient]:
    settings = Settings(db=str(tmp_path / "kaimen.db"), secret="s" * 64)
    database = Database(settings.db)
    prepare(database)
    database.close()
    with TestClient(create_app(settings)) as client:
        yield client


@pytest.fixture
def moderator(client) -> str:
    database = Database(client.app.state.settings.db)
    with database.writing() as connection:
        link = make_links(connection, plans.load(connection, "demo"), "test").moderator
    database.close()
    return link.rpartition("/")[2]


def test_the_same_text_arrives(client):
    look = Look(Meeting.planned(shipped("demo")))
    with client.websocket_connect("/demo/live/hall") as socket:
        expected = picture(VIEWS["hall"], look)
        html = paint(client.app.state.venue.painter, VIEWS["hall"], look, Language.CHINESE)
        assert socket.receive_text() == html_message(expected.fingerprint, html)


def test_commands_are_answered_and_screens_follow(client, moderator):
    with (
        client.websocket_connect("/demo/live/moderator", headers=bearer(moderator)) as console,
        client.websocket_connect("/demo/live/hall", subprotocols=["kaimen.json"]) as hall,
    ):
        assert console.receive_text().startswith("<!--")
        assert json.loads(hall.receive_text())["regions"]["hall-stage"]["scene"] == "waiting"
        console.send_text('{"id": "command-1", "do": "open_meeting"}')
        said = [console.receive_text() for _ in range(2)]
        assert [text for text in said if text.startswith('{"ack": "command-1", "seq": 1, "seal": "')]
        assert json.loads(hall.receive_text())["regions"]["hall-stage"]["scene"] == "seal"


@pytest.mark.parametrize("path", ["/demo/live/moderator", "/demo/live/nothing", "/nothing/live/hall"])
def test_who_is_turned_away_is_turned_away(client, path):
    with pytest.raises(WebSocketDisconnect), client.websocket_connect(path) as socket:
        socket.receive_text()
