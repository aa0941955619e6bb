"""The draw on the screens: what console and display say at each of its steps, and that the order reaches all others."""

import json

import pytest

from app.language import Language
from app.live.screens import VIEWS
from app.live.views import NOBODY, Look, Viewer
from app.meeting import commands as c
from app.meeting.displays.state import SceneKind
from app.meeting.draw.lots import commitment_of
from app.meeting.plan import Order
from tests.live.painting import paint
from tests.live.sent import sent
from tests.meetings import ANN, COURT, OTHER_SEED, SCHOOL, SEED, WATER, Story, opened, small_plan

FIRST, SECOND = c.DrawNext(1, "seven", SEED), c.DrawNext(2, seed=SEED)
ALL = c.DrawAll(seed=SEED)


def drawing(*more: c.Command, order: Order = Order.DRAWN) -> Story:
    return opened(small_plan(order=order)).steps().does(c.PrepareDraw(commitment_of(SEED)), *more)


def region(story: Story, view: str, name: str, viewer: Viewer = NOBODY) -> dict:
    return sent(view, Look(story.meeting, viewer))[name]


def console(story: Story) -> dict:
    return region(story, "moderator", "console-draw")


def stage(story: Story) -> dict:
    return region(story, "hall", "hall-stage")


# --- the console ------------------------------------------------------------------------------------------------------


def test_the_console_leads_through_a_draw():
    story = opened(small_plan(order=Order.DRAWN))
    commands = (c.PrepareDraw(commitment_of(SEED)), FIRST, SECOND, ALL, c.CallOffDraw("not heard", SEED))
    seen = [console(story), *(console(story.does(command)) for command in commands)]
    assert [(each["stage"], each["number"], each["called_off"]) for each in seen] == [
        ("choose", 0, 0),
        ("prepared", 0, 0),
        ("drawing", 1, 0),
        ("drawing", 2, 0),
        ("drawn", 3, 0),
        ("choose", 0, 1),
    ]


@pytest.mark.parametrize(
    "story",
    [
        Story(small_plan(order=Order.DRAWN)),
        opened(small_plan()),
        drawing(FIRST, ALL).steps(),
        drawing(FIRST, ALL).does(c.FinishMeeting()),
    ],
    ids=["not open", "fixed", "begun", "finished"],
)
def test_where_there_is_nothing_to_decide_the_console_says_nothing(story: Story):
    assert console(story) == {"stage": ""}


def test_the_console_lists_the_units_with_the_numbers_typed_for_them():
    story = opened(small_plan(order=Order.TYPED)).does(c.SkipItem(COURT, "absent"))
    assert console(story)["units"] == [
        {"unit": "water", "name": "Water", "number": None},
        {"unit": "school", "name": "Schools", "number": None},
    ]
    story.does(c.TypeOrder({"water": "2", "school": "1"}))
    assert [each["number"] for each in console(story)["units"]] == [1, 2]
    assert [each["unit"] for each in console(story)["places"]] == ["school", "water"]


def test_the_display_can_be_told_to_show_an_order_once_there_is_one():
    def has_order(story: Story) -> bool:
        return region(story, "moderator", "console-cue")["has_order"]

    assert not has_order(opened(small_plan(order=Order.DRAWN)))
    assert has_order(drawing())
    assert has_order(drawing(FIRST, ALL).steps())


# --- the display ------------------------------------------------------------------------------------------------------


def test_the_places_fill_up_and_the_last_lot_stands_large():
    shown = stage(drawing(FIRST, SECOND))
    assert shown.pop("picture")
    assert shown == {
        "scene": SceneKind.DRAW,
        "is_held": False,
        "stage": "drawing",
        "commitment": commitment_of(SEED),
        "word": "seven",
        "seed": "",
        "called_off": 0,
        "number": 2,
        "next_number": 3,
        "draw_number": 1,
        "size": "long",
        "places": [
            {"number": 1, "unit": "school", "name": "Schools"},
            {"number": 2, "unit": "court", "name": "Court"},
            {"number": 3, "unit": "", "name": ""},
        ],
        "names": ["Water", "Court", "Schools"],
        "last": {"unit": "court", "name": "Court"},
    }


def test_after_the_last_lot_the_display_says_the_seed_and_how_to_check(painter):
    html = paint(painter, VIEWS["hall"], Look(drawing(FIRST, ALL).meeting), Language.CHINESE)["hall-stage"]
    assert " ".join(["cafe"] * 8) in html
    assert "seven" in html
    assert "核验方法" in html
    before = paint(painter, VIEWS["hall"], Look(drawing(FIRST, SECOND).meeting), Language.CHINESE)["hall-stage"]
    assert "cafe" not in before
    assert "核验方法" not in before


def test_a_second_draw_says_that_it_is_one(painter):
    story = drawing(FIRST, c.CallOffDraw("not heard", SEED), c.PrepareDraw(commitment_of(OTHER_SEED)))
    html = paint(painter, VIEWS["hall"], Look(story.meeting), Language.CHINESE)["hall-stage"]
    assert "第 2 次抽签" in html
    assert "第 2 次抽签" not in paint(painter, VIEWS["hall"], Look(drawing().meeting), Language.CHINESE)["hall-stage"]


def test_a_typed_order_is_shown_without_talk_of_seeds(painter):
    story = opened(small_plan(order=Order.TYPED)).does(c.TypeOrder({"water": "2", "court": "1", "school": "3"}))
    assert [each["unit"] for each in stage(story)["places"]] == ["court", "water", "school"]
    html = paint(painter, VIEWS["hall"], Look(story.meeting), Language.CHINESE)["hall-stage"]
    assert "封签码" not in html
    assert "抽签" not in html


# --- everybody else ---------------------------------------------------------------------------------------------------


def test_the_new_order_is_everywhere_once_it_is_settled():
    before, story = drawing(FIRST, SECOND), drawing(FIRST, ALL)
    assert (phone_order(before), tablet_order(before)) == (["Water", "Court", "Schools"],) * 2
    assert (phone_order(story), tablet_order(story)) == (["Schools", "Court", "Water"],) * 2
    assert region(story, "moderator", "console-step")["next"]["item"] == SCHOOL
    assert [row["item"] for row in region(story, "moderator", "console-agenda")["items"]][1:5:1] == [
        SCHOOL,
        COURT,
        "break",
        WATER,
    ]


def phone_order(story: Story) -> list[str]:
    return [row["title"] for row in region(story, "phone", "phone-agenda")["items"] if row["number"]]


def tablet_order(story: Story) -> list[str]:
    return [row["name"] for row in region(story, "panel", "panel-units", Viewer(ANN))["units"]]


# --- at the doors -----------------------------------------------------------------------------------------------------


@pytest.fixture
def to_be_drawn(served):
    sitting = served.holds(small_plan(order=Order.DRAWN))
    sitting.performs(c.OpenMeeting(sitting.plan))
    return sitting


async def test_no_seed_leaves_the_server_before_the_end(to_be_drawn):
    sitting = to_be_drawn
    async with (
        sitting.presides() as moderator,
        sitting.presides(lang="en") as second,
        sitting.watches("hall") as hall,
        sitting.watches("hall", speaks_json=False) as projector,
        sitting.watches("phone") as phone,
        sitting.watches("results", sitting.moderator) as results,
        sitting.sits(ANN) as ann,
    ):
        callers = (moderator, second, hall, projector, phone, results, ann)
        for do, fields in (("prepare_draw", {}), ("draw_next", {"number": 1, "word": "seven"})):
            assert "ack" in await moderator.does(do, **fields)
        assert (await moderator.does("draw_next", number=1))["code"] == "draw.moved_on"
        assert "ack" in await moderator.does("draw_next", number=2)
        seed = the_seed(sitting)
        for caller in callers:
            await caller.listens()
        said = [*("".join(caller.texts) for caller in callers), *pages(sitting), *lines(sitting)]
        assert [text for text in said if seed in text.replace(" ", "").replace("<br>", "")] == []
        assert "ack" in await moderator.does("draw_next", number=3)
        await hall.until(lambda: hall.regions["hall-stage"]["stage"] == "drawn")
        assert hall.regions["hall-stage"]["seed"] == seed
        assert seed in lines(sitting)[-1]


async def test_seed_and_commitment_are_the_servers_own_whatever_a_frame_says(to_be_drawn):
    async with to_be_drawn.presides() as moderator:
        assert "ack" in await moderator.does("prepare_draw", commitment="0" * 64)
        assert "ack" in await moderator.does("draw_all", word="seven", seed="1" * 64)
    prepared, *_, ended = [json.loads(line)["data"] for line in lines(to_be_drawn)[1:]]
    assert prepared["commitment"] == commitment_of(ended["seed"])
    assert ended["seed"] == the_seed(to_be_drawn)


async def test_a_draw_prepared_twice_under_one_id_goes_on_with_the_first_seed(to_be_drawn):
    async with to_be_drawn.presides() as moderator:
        first = await moderator.does("prepare_draw", id="command-1")
        assert await moderator.does("prepare_draw", id="command-1") == first
        assert (await moderator.does("prepare_draw"))["code"] == "draw.going_on"
        assert "ack" in await moderator.does("draw_all")


async def test_a_whole_draw_sent_in_one_breath_is_drawn(to_be_drawn):
    async with to_be_drawn.presides() as moderator:
        asked = [{"do": "prepare_draw"}, {"do": "draw_next", "number": 1, "word": "seven"}, {"do": "draw_all"}]
        for at, frame in enumerate(asked):
            await moderator.sends({"id": f"command-{at}", **frame})
        answers = [await moderator.answer(lambda answer: "ack" in answer or "refused" in answer) for _ in asked]
    assert [answer.get("ack") for answer in answers] == ["command-0", "command-1", "command-2"]


async def test_nobody_but_the_moderator_makes_a_seed(to_be_drawn):
    async with to_be_drawn.sits(ANN) as ann:
        assert (await ann.does("prepare_draw"))["code"] == "command.not_allowed"
    assert seeds(to_be_drawn) == []


async def test_a_wrong_number_is_answered_with_the_unit_it_stands_at(to_be_drawn):
    async with to_be_drawn.presides(lang="en") as moderator:
        answer = await moderator.does("type_order", numbers={"water": "1", "court": "x", "school": "3"})
    assert (answer["code"], answer["at"]) == ("order.number_wrong", ["court"])
    assert answer["sentence"] == "“x” for Court is not a whole number from 1 to 3."


def lines(sitting) -> list[str]:
    with sitting.served.database.reading() as connection:
        query = f"SELECT line FROM log WHERE meeting = '{sitting.code}' ORDER BY seq"
        return list(connection.exec_driver_sql(query).scalars())


def seeds(sitting) -> list[str]:
    with sitting.served.database.reading() as connection:
        query = f"SELECT seed FROM draw WHERE meeting = '{sitting.code}'"
        return list(connection.exec_driver_sql(query).scalars())


def the_seed(sitting) -> str:
    (seed,) = seeds(sitting)
    return seed


def pages(sitting) -> list[str]:
    paths = ("", "/display", "/display?view=timer", "/results", "/moderator", "/panel")
    return [sitting.page(path, key).text for path in paths for key in ("", sitting.moderator, sitting.seats[ANN])]
