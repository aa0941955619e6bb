"""The keys page: who holds which keys, making, replacing and revoking them while the meeting goes on."""

import re
from contextlib import suppress
from html import unescape

import pytest
from websockets.exceptions import ConnectionClosed

from app.language import Language, say
from app.meeting.refusals import Said
from app.store import keys
from app.store.keys import Key, Role
from app.web.sockets.closing import KEY_REVOKED
from tests.live.served import Sitting
from tests.meetings import ANN, BEN, small_plan
from tests.records import token_of_code
from tests.web.forms import LINK, farewell, sends, token_shown

CODE = re.compile(r'<dd class="short-code">([^<]+)</dd>')


def id_of(sitting: Sitting, token: str) -> str:
    return keys.hash_of(token)


def opened_by(sitting: Sitting, token: str) -> Key | None:
    with sitting.served.database.reading() as connection:
        return keys.find(connection, token)


def holds(sitting: Sitting, role: Role, **which: str) -> str:
    with sitting.served.database.writing() as connection:
        return keys.make(connection, Key(None if role is Role.ORGANISER else sitting.code, role, **which), "test")


def said(code: str) -> str:
    return say(Said(code), Language.CHINESE)


# --- making -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "made"),
    [
        ({"who": "seat:ben", "label": "a spare tablet"}, {"role": Role.SEAT, "of": "ben"}),
        ({"who": "operator"}, {"role": Role.OPERATOR}),
        ({"who": "unit:water", "label": "the water office"}, {"role": Role.UNIT, "of": "water"}),
        ({"who": "display", "name": "左屏-1"}, {"role": Role.DISPLAY, "of": "左屏-1"}),
    ],
)
def test_a_new_key_is_shown_once_with_its_link_and_its_short_code(sitting, fields, made):
    page = sends(sitting, "/keys", sitting.moderator, **fields)
    assert page.status_code == 200
    token, [code] = token_shown(page), CODE.findall(page.text)
    assert opened_by(sitting, token) == Key(sitting.code, **made)
    assert "<svg" in page.text
    with sitting.served.database.reading() as connection:
        assert token_of_code(connection, code) == token
    listed = sitting.page("/keys", sitting.moderator).text
    assert fields.get("label", "") in listed
    assert token not in listed
    assert code not in listed


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"who": ""}, "key.for_nobody"),
        ({"who": "seat:nobody", "label": "typed in vain"}, "key.for_nobody"),
        ({"who": "unit:nobody"}, "key.for_nobody"),
        ({"who": "unit"}, "key.for_nobody"),
        ({"who": "organiser"}, "key.for_nobody"),
        ({"who": "display", "name": "two words"}, "display.no_name"),
        ({"who": "supervisor"}, "key.not_yours"),
    ],
)
def test_a_key_that_cannot_be_made_is_said_in_a_sentence_and_what_was_typed_stays(sitting, fields, code):
    page = sends(sitting, "/keys", sitting.moderator, **fields)
    assert (page.status_code, LINK.findall(page.text)) == (409, [])
    assert said(code) in page.text
    for typed in (fields.get("label"), fields.get("name")):
        assert not typed or f'value="{typed}"' in page.text


def test_a_label_without_end_is_declined(sitting):
    page = sends(sitting, "/keys", sitting.moderator, who="guest", label="x" * 61)
    assert page.status_code == 409
    assert "60" in unescape(page.text)


def test_a_supervisors_key_is_the_organisers_to_give(sitting):
    organiser = holds(sitting, Role.ORGANISER)
    page = sends(sitting, "/keys", organiser, who="supervisor")
    assert opened_by(sitting, token_shown(page)) == Key(sitting.code, Role.SUPERVISOR)


def test_all_units_get_a_key_at_once_those_that_have_one_keep_it(sitting):
    held = holds(sitting, Role.UNIT, of="court")
    page = sends(sitting, "/keys/units", sitting.moderator)
    made = [opened_by(sitting, token) for token in re.findall(r'href="[^"]*/unit/([\w-]{22})"', page.text)]
    assert made == [Key(sitting.code, Role.UNIT, unit) for unit in ("water", "school")]
    assert all(unit.short_name in page.text for unit in sitting.plan.units if unit.id != "court")
    assert opened_by(sitting, held) == Key(sitting.code, Role.UNIT, "court")
    assert said("key.every_unit_has_one") in sends(sitting, "/keys/units", sitting.moderator).text


def test_the_cookie_of_a_unit_lasts_until_it_has_rectified(sitting):
    token = holds(sitting, Role.UNIT, of="water")
    entered = sitting.page(f"/unit/{token}")
    assert entered.headers["location"] == f"/{sitting.code}/unit"
    [cookie] = [each for each in entered.headers.get_list("set-cookie") if token in each]
    assert int(re.findall(r"Max-Age=(\d+)", cookie)[0]) > 300 * 24 * 3600


# --- the operator -----------------------------------------------------------------------------------------------------


def test_an_operator_gives_seats_and_displays_their_keys_and_nobody_else(sitting):
    operator = holds(sitting, Role.OPERATOR)
    page = sitting.page("/keys", operator)
    assert (id_of(sitting, sitting.seats[ANN]) in page.text, id_of(sitting, sitting.moderator) in page.text) == (
        True,
        False,
    )
    assert sends(sitting, "/keys", operator, who=f"seat:{ANN}").status_code == 200
    for who in ("moderator", "unit:water"):
        assert said("key.not_yours") in sends(sitting, "/keys", operator, who=who).text
    assert said("key.not_yours") in sends(sitting, "/keys/units", operator).text
    for action in ("revoke", "reissue"):
        answer = sends(sitting, f"/keys/{action}", operator, key=id_of(sitting, sitting.moderator))
        assert said("key.not_yours") in answer.text
    assert opened_by(sitting, sitting.moderator) == Key(sitting.code, Role.MODERATOR)


# --- revoking, replacing ----------------------------------------------------------------------------------------------


async def test_a_key_revoked_here_is_good_for_not_one_more_command(sitting):
    second = holds(sitting, Role.MODERATOR)
    async with sitting.presides() as moderator, sitting.sits(ANN) as ann:
        await moderator.does("open_meeting")
        answer = sends(sitting, "/keys/revoke", second, key=id_of(sitting, sitting.moderator))
        assert answer.status_code == 303
        with suppress(ConnectionClosed):  # it may have heard already
            await moderator.sends({"id": "afterwards", "do": "advance", "leaving": None})
        heard, code = await farewell(moderator)
        assert (heard[-1], code) == ("revoked", KEY_REVOKED)
        assert not {"ack", "refused"} & set(heard)
        await ann.listens()
    assert sitting.served.venue.rooms.meeting(sitting.code).agenda.place is None
    assert sitting.page("/moderator", sitting.moderator).status_code == 403


async def test_a_replaced_key_shuts_the_old_tablet_out_and_lets_the_new_one_in(sitting):
    async with sitting.sits(ANN) as tablet:
        page = sends(sitting, "/keys/reissue", sitting.moderator, key=id_of(sitting, sitting.seats[ANN]))
        assert (await farewell(tablet))[1] == KEY_REVOKED
    new = token_shown(page)
    assert [opened_by(sitting, each) for each in (sitting.seats[ANN], new)] == [None, Key(sitting.code, Role.SEAT, ANN)]
    assert opened_by(sitting, sitting.seats[BEN]) == Key(sitting.code, Role.SEAT, BEN)


@pytest.mark.parametrize("action", ["revoke", "reissue"])
def test_a_key_is_revoked_once(sitting, action):
    id = id_of(sitting, sitting.seats[ANN])
    sends(sitting, "/keys/revoke", sitting.moderator, key=id)
    page = sends(sitting, f"/keys/{action}", sitting.moderator, key=id)
    assert (page.status_code, said("key.gone") in page.text, LINK.findall(page.text)) == (409, True, [])


@pytest.mark.parametrize("action", ["revoke", "reissue"])
def test_a_key_of_another_meeting_is_out_of_reach(sitting, served, action):
    other = served.holds(small_plan())
    page = sends(sitting, f"/keys/{action}", sitting.moderator, key=id_of(other, other.moderator))
    assert said("key.gone") in page.text
    assert opened_by(other, other.moderator) == Key(other.code, Role.MODERATOR)


async def test_the_page_tells_who_is_connected_and_which_key_is_ones_own(sitting):
    async with sitting.sits(ANN):
        text = sitting.page("/keys?lang=en", sitting.moderator).text
    rows = {id: row for row in text.split("<tr>") for id in re.findall(r'name="key" value="([0-9a-f]{64})"', row)}
    assert "<td>1</td>" in rows[id_of(sitting, sitting.seats[ANN])]
    assert "<td>1</td>" not in rows[id_of(sitting, sitting.seats[BEN])]
    assert [id for id, row in rows.items() if "this device" in row] == [id_of(sitting, sitting.moderator)]


# --- the way back -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "back"),
    [(Role.ORGANISER, "/setup/{code}"), (Role.MODERATOR, "/{code}/moderator"), (Role.OPERATOR, None)],
)
def test_the_keys_page_leads_back_to_where_its_visitor_came_from(sitting, role, back):
    shown = sitting.page("/keys", holds(sitting, role)).text
    found = re.findall(r'<nav><a href="([^"]+)">', shown)
    assert found == ([back.format(code=sitting.code)] if back else [])
