"""The supervisor's pages: the named record of closed rounds, and the log; before the closing nothing of a sheet."""

import re
from decimal import Decimal
from html import unescape

import pytest
import sqlalchemy as sa

from app.language import Language
from app.language.happenings import HAPPENED, say_event
from app.meeting import commands as c
from app.meeting.agenda.state import Place
from app.meeting.comments.state import CommentKind
from app.meeting.events import KINDS
from app.meeting.plan import GradeLine, Plan, Rules
from app.meeting.refusals import Refused
from app.store import keys
from app.store.keys import Key, Role, Way
from app.store.tables import KeyRow, table_of
from app.web.pages import record
from app.web.pages.record import ABOUT, ENTRIES_ON_A_PAGE
from app.web.uses import PAUSE, Uses
from tests.live.served import Sitting
from tests.meetings import ANN, BEN, CAT, DAN, WATER, at_water, comment, opened, sheet, small_plan, whole_meeting
from tests.small import panel
from tests.web.forms import sends, token_shown, types

REASON = "misread handwriting"


@pytest.fixture
def supervisor(sitting) -> str:
    with sitting.served.database.writing() as connection:
        return keys.make(connection, Key(sitting.code, Role.SUPERVISOR), "test")


def during_scoring(sitting: Sitting) -> None:
    """Ann has submitted 51.5 and 23.5, Ben typed 47.5 and nothing more, Cat wrote a comment."""
    story = at_water()
    sitting.performs(
        c.OpenMeeting(sitting.plan),
        c.JumpTo(Place(WATER)),
        sheet(story.meeting, WATER, ANN, "51.5", "23.5"),
        c.GiveScore(WATER, BEN, "clarity", Decimal("47.5")),
        comment(CAT, id="comment-of-cat", text="A gap in the plan"),
    )


def closed(sitting: Sitting) -> None:
    """Then the round closes, Dan is late, Ann's sheet is corrected to 52.5."""
    story = at_water()
    during_scoring(sitting)
    sitting.performs(
        c.CloseRound(WATER, without=(BEN, CAT, DAN, "eve")),
        sheet(story.meeting, WATER, DAN, "44.5", "33.5"),
        c.CorrectSheet(
            WATER, ANN, {"clarity": Decimal("52.5"), "effect": Decimal("23.5")}, REASON, "the clerk", "s" * 16
        ),
    )


def pages(sitting: Sitting, key: str) -> str:
    paths = ("/record", "/record/unit/water", "/record/log", *(f"/record/log?about={each}" for each in ABOUT))
    texts = [sitting.page(path, key, cookie="kaimen-lang=en") for path in paths]
    assert {each.status_code for each in texts} == {200}
    return unescape("\n".join(each.text for each in texts))


MARKS = re.compile(r">(51\.5|23\.5|75|47\.5|44\.5|33\.5|78|52\.5|76)<|\b(?:51\.5|23\.5|47\.5|44\.5|33\.5|52\.5)\b")


def test_before_the_closing_a_supervisor_sees_no_mark_and_no_receipt(sitting, supervisor):
    during_scoring(sitting)
    text = pages(sitting, supervisor)
    receipts = [v.receipt for v in sitting.served.venue.rooms.meeting(sitting.code).rounds[WATER].sheets[ANN].versions]
    assert MARKS.findall(text) == []
    assert [each for each in receipts if each in text] == []
    assert "Expert 1: an entry on the sheet for Water. Its content is sealed until scoring is closed." in text
    assert "A gap in the plan" in text


def test_after_the_closing_every_version_is_there_by_seat_with_its_correction(sitting, supervisor):
    closed(sitting)
    text = unescape(sitting.page("/record/unit/water?lang=en", supervisor).text)
    seats = {re.findall(r"<h3>([^<]+) <small>", part)[0]: part for part in text.split("<article>")[1:]}
    assert list(seats) == [seat.label for seat in sitting.plan.seats]
    assert MARKS.findall(seats["Expert 1"]) == ["51.5", "23.5", "75", "52.5", "23.5", "76"]
    assert f"Corrected by the clerk: {REASON}" in seats["Expert 1"]
    assert (MARKS.findall(seats["Expert 2"]), "Not submitted" in seats["Expert 2"]) == ([], True)
    assert (MARKS.findall(seats["Deputy 2"]), "late, does not count" in seats["Deputy 2"]) == (
        ["44.5", "33.5", "78"],
        True,
    )
    assert "Deputy 1 · Highlight" in text


def test_a_round_that_is_opened_again_is_sealed_again(sitting, supervisor):
    closed(sitting)
    sitting.performs(c.ReopenRound(WATER, "one was forgotten"))
    text = pages(sitting, supervisor)
    assert MARKS.findall(text) == []
    assert "Scoring was reopened: one was forgotten" in text


def test_the_record_says_whether_it_holds_and_its_last_seal(sitting, supervisor):
    closed(sitting)
    text = unescape(sitting.page("/record?lang=en", supervisor).text)
    with sitting.served.database.reading() as connection:
        *_, last = record.log.load(connection, sitting.code)
    assert "The record holds." in text
    assert f"across {last.seq} entries" in text
    assert last.seal in text.replace(" ", "")


def test_a_record_that_was_tampered_with_is_said_with_the_place(sitting, supervisor):
    closed(sitting)
    with sitting.served.database.writing() as connection:
        statement = "UPDATE log SET line = replace(line, '51.5', '61.5') WHERE meeting = '{}'"
        connection.exec_driver_sql(statement.format(sitting.code))
    text = unescape(sitting.page("/record?lang=en", supervisor).text)
    assert "The record does not hold." in text
    assert re.search(r"entry \d+: the seal does not match", text)
    assert re.search(r"第 \d+ 条：封码与内容、上一条不符", unescape(sitting.page("/record", supervisor).text))


def test_the_log_is_read_a_page_at_a_time_whole_or_by_subject(sitting, supervisor):
    during_scoring(sitting)
    sitting.performs(*[each for _ in range(60) for each in (c.Pause(), c.Resume())])
    first = sitting.page("/record/log?lang=en", supervisor).text
    [following] = set(re.findall(r"log\?first=(\d+)\"", first))
    second = sitting.page(f"/record/log?lang=en&first={following}", supervisor).text
    numbers = [int(each) for text in (first, second) for each in re.findall(r"<tr><td>(\d+)</td>", text)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(re.findall(r"<tr><td>\d+</td>", first)) == ENTRIES_ON_A_PAGE
    about = sitting.page("/record/log?lang=en&about=comments", supervisor).text
    assert len(re.findall(r"<tr><td>\d+</td>", about)) == 1


async def test_an_entry_says_by_which_of_two_keys_of_a_seat_it_was(sitting, supervisor):
    sitting.performs(c.OpenMeeting(sitting.plan), c.JumpTo(Place(WATER)))
    with sitting.served.database.writing() as connection:
        spare = keys.make(connection, Key(sitting.code, Role.SEAT, ANN), "spare")
    for points, token in {"40": sitting.seats[ANN], "41": spare}.items():
        async with sitting.watches("panel", token) as ann:
            assert "ack" in await ann.does("give_score", round=WATER, seat=ANN, criterion="clarity", points=points)
    tags = [keys.hash_of(token)[:8] for token in (sitting.seats[ANN], spare)]
    with sitting.served.database.reading() as connection:
        *_, one, two = record.log.load(connection, sitting.code)
    assert [(each.by, each.key) for each in (one, two)] == [(f"seat:{ANN}", tag) for tag in tags]
    rows = re.findall(
        r"<td>Expert 1 <code[^>]*>(\w+)</code></td>", sitting.page("/record/log?lang=en", supervisor).text
    )
    assert rows == tags


@pytest.mark.parametrize("path", ["/record/unit/nowhere", "/record/log?about=nothing"])
def test_what_the_record_does_not_have_is_said(sitting, supervisor, path):
    assert sitting.page(path, supervisor).status_code == 404


def test_looking_at_the_record_changes_nothing(sitting, supervisor):
    closed(sitting)
    before = seals(sitting)
    pages(sitting, supervisor)
    assert seals(sitting) == before


def seals(sitting: Sitting) -> list[str]:
    with sitting.served.database.reading() as connection:
        return [each.seal for each in record.log.load(connection, sitting.code)]


def row_of(page: str, token: str) -> str:
    """What the record says of a key, without tags."""
    [row] = [each for each in page.split("<tr>") if f"<code>{keys.hash_of(token)[:8]}</code></td>" in each]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", row.partition("</tr>")[0]))).strip()


TIME = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"


def test_all_keys_are_told_before_the_opening_too(sitting, supervisor):
    page = sitting.page("/record?lang=en", supervisor).text
    assert re.fullmatch(rf"Expert 2 \w+ {TIME} test not yet —", row_of(page, sitting.seats[BEN]))
    assert re.fullmatch(rf"Supervisor \w+ {TIME} test by a program {TIME} —", row_of(page, supervisor))


def test_who_made_and_revoked_a_key_is_told_with_the_key_it_was_done_by(sitting, supervisor):
    with sitting.served.database.writing() as connection:
        operator = keys.make(connection, Key(sitting.code, Role.OPERATOR), "test")
    spare = token_shown(sends(sitting, "/keys", operator, who=f"seat:{BEN}"))
    sends(sitting, "/keys/revoke", sitting.moderator, key=keys.hash_of(spare))
    said = row_of(sitting.page("/record?lang=en", supervisor).text, spare)
    tags = {name: keys.hash_of(token)[:8] for name, token in {"o": operator, "m": sitting.moderator}.items()}
    assert re.fullmatch(rf"Expert 2 \w+ {TIME} by Operator {tags['o']} not yet {TIME} by Moderator {tags['m']}", said)


@pytest.mark.parametrize(
    ("hand", "said"),
    [
        (keys.COMMAND_LINE, ("the command line", "命令行")),
        (keys.IMPORT, ("an import", "导入操作")),
        (keys.SET_UP, ("the set-up pages", "会议设置页面")),
    ],
)
def test_a_key_that_nobody_showed_another_to_revoke_says_how_it_was(sitting, supervisor, hand, said):
    with sitting.served.database.writing() as connection:
        keys.revoke(connection, sitting.code, Role.SEAT, BEN, hand)
    rows = [row_of(sitting.page(f"/record{query}", supervisor).text, sitting.seats[BEN]) for query in ("?lang=en", "")]
    assert [row.partition(words)[1] for row, words in zip(rows, said, strict=True)] == list(said)


@pytest.mark.parametrize("way", ["page by bearer", "page by cookie", "socket", "typed"])
async def test_a_spare_key_leaves_a_trace_by_whichever_way_it_is_used(sitting, supervisor, way):
    """To read a sheet is enough: nothing has to be done with it."""
    with sitting.served.database.writing() as connection:
        spare = keys.issue(connection, Key(sitting.code, Role.SEAT, BEN), "spare")
    match way:
        case "page by bearer":
            assert sitting.page("/panel?unit=water", spare.token).status_code == 200
        case "page by cookie":
            sitting.page("/panel", cookie=f"{sitting.served.cookie_name(Role.SEAT, sitting.code)}={spare.token}")
        case "socket":
            async with sitting.watches("panel", spare.token):
                pass
        case "typed":
            assert types(sitting.served, spare.code).status_code == 303
    said = row_of(sitting.page("/record?lang=en", supervisor).text, spare.token)
    ways = {"page by cookie": "in a browser", "typed": "by its short code"}
    assert re.fullmatch(rf"Expert 2 \w+ {TIME} spare {ways.get(way, 'by a program')} {TIME} —", said)


def test_a_key_of_another_meeting_that_is_shown_here_is_not_used(sitting, supervisor):
    stranger = sitting.served.holds().moderator
    sitting.page("/moderator", stranger)
    with sitting.served.database.reading() as connection:
        query = sa.select(table_of(KeyRow).c.used_at).where(table_of(KeyRow).c.hash == keys.hash_of(stranger))
        assert connection.scalar(query) is None


async def test_keys_that_are_shown_together_are_written_down_together():
    venue = CountingVenue()
    uses = Uses(venue, Clock())
    await uses.notice({"token": Way.BROWSER, "other": Way.BROWSER})
    await uses.notice({"token": Way.BROWSER})
    assert venue.writes == 1


async def test_what_is_written_of_uses_does_not_grow_with_them():
    clock, venue = Clock(), CountingVenue()
    uses = Uses(venue, clock)
    for _ in range(3):
        for _ in range(100):
            await uses.notice({"token": Way.PROGRAM})
        await uses.notice({"token": Way.BROWSER})
        clock.now += PAUSE / 2
    assert venue.writes == 4
    venue.is_full = True
    clock.now += PAUSE
    for _ in range(100):
        await uses.notice({"token": Way.PROGRAM})
    assert venue.writes == 5


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


class CountingVenue:
    writes = 0
    is_full = False

    async def write(self, _work):
        self.writes += 1
        if self.is_full:
            raise Refused("record.unavailable")


# --- words ------------------------------------------------------------------------------------------------------------


def test_every_kind_of_event_has_a_sentence_and_a_subject():
    assert set(HAPPENED) == set(KINDS)
    assert {kind for kinds in ABOUT.values() for kind in kinds} == set(KINDS.values())


def test_an_edit_says_which_kind_it_made_of_a_comment():
    story = at_water().does(comment(ANN))
    story.does(c.EditComment("comment1", "Argued", CommentKind.PROBLEM))
    said = say_event(story.events[-1], story.meeting, Language.CHINESE)
    assert said == "上屏前编辑Expert 1对Water的点评，类别改为“问题”：Argued"


@pytest.mark.parametrize("language", Language)
def test_whatever_happens_is_said_in_words(language):
    story = whole_meeting(small_plan())
    said = [say_event(event, story.meeting, language) for event in story.events]
    assert [sentence for sentence in said if "{" in sentence or "None" in sentence] == []
    ids = {WATER, "report-court", *(seat.id for seat in story.meeting.plan.seats)}
    assert [sentence for sentence in said if ids & set(re.findall(r"[\w-]+", sentence))] == []


async def test_a_correction_that_was_refused_is_told_without_its_marks(sitting, supervisor):
    closed(sitting)
    guess = {"marks": {"clarity": "52.5", "effect": "23.5"}, "reason": REASON, "author": "the clerk", "salt": "short"}
    outside = {**guess, "marks": {"clarity": "61.25", "effect": "23.5"}, "salt": "s" * 16}
    async with sitting.presides() as moderator:
        for asked in (guess, guess, outside):
            assert "refused" in await moderator.does("correct_sheet", round=WATER, seat=ANN, **asked)
        assert "refused" in await moderator.does("void_sheet", round="nowhere", seat="<b>", reason="", author="")
        assert "refused" in await moderator.does("reopen_round", round=WATER, reason="")
    text = unescape(sitting.page("/record?lang=en", supervisor).text)
    told = re.findall(
        r"<tr>(.*?)</tr>", text[text.index("Corrections that were refused") :].split("</tbody>")[0], re.DOTALL
    )[1:]
    rows = [re.sub(r"<br>.*?</td>", "</td>", row, flags=re.DOTALL) for row in told]
    assert [re.findall(r">([^<>]+)</t[dh]>", row)[1:] for row in rows] == [
        ["Moderator", "Correct the sheet", "Water", "Expert 1", "The command has no random part for the receipt.", "2"],
        ["Moderator", "Correct the sheet", "Water", "Expert 1", "“…” takes … to … points; … is outside.", "1"],
        ["Moderator", "Declare the sheet void", "—", "—", "There is no such seat on the panel.", "1"],
    ]
    assert "61.25" not in text
    assert "请求没有改变任何内容" in unescape(sitting.page("/record?lang=zh-CN", supervisor).text)


def test_where_no_correction_was_refused_nothing_is_said_of_it(sitting, supervisor):
    closed(sitting)
    assert "Corrections that were refused" not in unescape(sitting.page("/record?lang=en", supervisor).text)


def test_the_supervisor_sees_how_each_seat_judged_and_what_hangs_on_it(served):
    rules = Rules(trim_from=9, grades=(GradeLine(Decimal(80), "good"), GradeLine(Decimal(0), "fair")))
    sitting = served.holds(small_plan(rules=rules))
    given = {ANN: ("50", "35"), BEN: ("50", "34"), CAT: ("50", "36"), DAN: ("41", "20.5")}
    sitting.performs(c.OpenMeeting(sitting.plan))
    for item in sitting.plan.agenda[1], sitting.plan.agenda[2], sitting.plan.agenda[4]:
        meeting = opened(sitting.plan).goes_to(item.id).meeting
        sheets = [sheet(meeting, item.id, seat, *marks) for seat, marks in given.items()]
        missing = {"eve"} - set(recused_from(sitting.plan, item.unit))
        sitting.performs(c.JumpTo(Place(item.id)), *sheets, c.CloseRound(item.id, tuple(missing)))
    with served.database.writing() as connection:
        supervisor = keys.make(connection, Key(sitting.code, Role.SUPERVISOR), "test")
    record = unescape(sitting.page("/record?lang=en", supervisor).text)
    [row] = re.findall(r'<th scope="row">Deputy 2</th><td><strong>(.*?)</tr>', record, re.DOTALL)
    assert re.findall(r"[+−]?\d+\.\d\d", row) == ["−23.50"] * 4
    assert "ICC(2,k)" in record
    unit = " ".join(unescape(sitting.page("/record/unit/water?lang=en", supervisor).text).split())
    assert re.findall(r"<li>Without ([^<]*)</li>", unit) == ["Deputy 2: grade good"]
    assert "−23.50 beside the median of the others" in unit


def test_of_a_large_panel_it_is_said_that_this_is_not_calculated(served):
    sitting = served.holds(small_plan(seats=panel(*["expert"] * 21)))
    meeting = opened(sitting.plan).goes_to(WATER).meeting
    sheets = [sheet(meeting, WATER, seat.id, "50", "30") for seat in sitting.plan.seats]
    sitting.performs(c.OpenMeeting(sitting.plan), c.JumpTo(Place(WATER)), *sheets, c.CloseRound(WATER))
    with served.database.writing() as connection:
        supervisor = keys.make(connection, Key(sitting.code, Role.SUPERVISOR), "test")
    assert "超过 20 席" in sitting.page("/record/unit/water", supervisor).text


def recused_from(plan: Plan, unit: str) -> list[str]:
    return [seat.id for seat in plan.seats if unit in seat.recusals]
