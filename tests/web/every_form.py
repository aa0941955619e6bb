"""Every command that a form can ask for, each with a meeting in which it can be given, and the form that does it."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal

from app.meeting import commands as c
from app.meeting.agenda.state import Place
from app.meeting.comments.state import CommentKind
from app.meeting.findings.state import Stand, Terms
from app.meeting.plan import Mode, Rules
from app.store import questions
from app.store.keys import Role
from app.workdays import deadlines_from
from tests.findings import BUREAU, FIRST, OBJECTION, UNIT, drafted, objected, proof
from tests.live.served import Served, Sitting
from tests.meetings import ANN, BEN, CAT, DAN, EVE, WATER, at_water, checks, closed_over, joining, sheet, small_plan
from tests.records import record
from tests.second_half import with_report
from tests.web.asking import Phone, asking, moderates, rows
from tests.web.given import (
    Form,
    Prepared,
    Sent,
    at_finding,
    at_unit,
    come_to,
    meeting_of,
    on_days,
    unseen,
    with_many,
)

VOTE, COMMENT = "vote-of-the-spring", "comment-1"

# --- one meeting, one form --------------------------------------------------------------------------------------------


def terms(served: Served) -> Sent:
    sitting = come_to(served, None)
    fields = unseen(sitting, "/findings/terms", Role.ORGANISER)
    return Sent(sitting, {**fields, **asdict(Terms(plan_days=20)), "author": BUREAU})


def a_draft(served: Served) -> Sent:
    fields = {"unit": "water", "text": "Nobody knows the rules", "kind": "in_term", "author": BUREAU, "do": "save"}
    return Sent(come_to(served, None), fields)


def a_draft_tapped(served: Served) -> Sent:
    problem = c.SendComment(COMMENT, ANN, "water", CommentKind.PROBLEM, "Nobody knows the rules")
    return Sent(come_to(served, None, problem), {"drafts": "0"}, {"comment": COMMENT})


def an_edit(served: Served) -> Sent:
    fields = {"do": "edit", "text": "In other words", "kind": "in_term", "edit.author": BUREAU, "seen": "1"}
    return Sent(come_to(served, Stand.DRAFT), fields)


def handing_over(served: Served) -> Sent:
    sitting = come_to(served, Stand.DRAFT)
    days = {name: day.isoformat() for name, day in asdict(deadlines_from(sitting.today, Terms())).items()}
    return Sent(sitting, {"do": "hand_over", "sure": "1", "finding": [FIRST], "author": BUREAU, **days})


def reports(served: Served) -> Sent:
    sitting = come_to(served, None, plan=with_report(small_plan()))
    fields = unseen(sitting, "/publication", Role.ORGANISER)
    return Sent(sitting, {**fields, "report.attachment-report": "on", "author": BUREAU})


def signing_for(served: Served) -> Sent:
    return Sent(come_to(served, Stand.HANDED_OVER), {"finding": [FIRST], "author.sign": UNIT})


def a_proof(served: Served) -> Sent:
    sitting = come_to(served, Stand.RECTIFYING)
    fields = {"standard": ["standard-1"], "proofs.dated": sitting.today.isoformat(), "author.proofs": UNIT}
    content = f"%PDF-1.7 the rules of {sitting.code}".encode()
    return Sent(sitting, fields, files=[("files", ("rules.pdf", content))])


PROOFS = proof("proof-one", "standard-1"), proof("proof-two", "standard-2")


def a_proof_less(served: Served) -> Sent:
    sitting = come_to(served, Stand.RECTIFYING)
    sitting.performs(*PROOFS)
    return Sent(sitting, {"do": "remove", "author.remove": UNIT, "proof": PROOFS[0].proof})


def showing(served: Served) -> Sent:
    sitting = come_to(served, Stand.ASKED)
    finding = meeting_of(sitting).findings.by_id[FIRST]
    shown = [each.id for each in finding.proofs]
    fields = {"do": "show_proofs", "show_proofs.author": BUREAU, "shown": shown, "seen": len(finding.steps)}
    return Sent(sitting, fields)


def a_report(served: Served) -> Sent:
    return Sent(come_to(served, Stand.SIGNED_FOR), {"finding": [FIRST], "text": "It is done", "author.report": UNIT})


def an_objection(served: Served) -> Sent:
    return Sent(come_to(served, Stand.NOTICE), {"text": "It is not done"}, {"unit": "water", "number": "1"})


# --- what the panel says of cures -------------------------------------------------------------------------------------

OPENED = c.OpenCureVote(VOTE, (FIRST,), BUREAU)


def a_vote(served: Served) -> Sent:
    return Sent(come_to(served, Stand.ASKED), {"do": "open", "finding": [FIRST], "author.open": BUREAU})


def a_vote_closed(served: Served) -> Sent:
    sitting = come_to(served, Stand.ASKED, OPENED)
    said = {f"reason.close.{VOTE}": "Not yet", f"author.close.{VOTE}": BUREAU, f"incomplete.{VOTE}": "on"}
    return Sent(sitting, on_days(sitting, {"do": "close", "vote": VOTE, **said, f"until.{VOTE}": timedelta(30)}))


def a_vote_less(served: Served) -> Sent:
    fields = {"do": "withdraw", "vote": VOTE, f"reason.withdraw.{VOTE}": "Too early", f"author.withdraw.{VOTE}": BUREAU}
    return Sent(come_to(served, Stand.ASKED, OPENED), fields)


def a_judgement(served: Served) -> Sent:
    return Sent(come_to(served, Stand.ASKED, OPENED), {"vote": VOTE, f"mark.{FIRST}": "satisfied"})


# --- questions --------------------------------------------------------------------------------------------------------


def on_question(do: str, is_shown: bool = True, **typed: str) -> Prepared:
    def prepared(served: Served) -> Sent:
        sitting = asking(served)
        phone = Phone(sitting)
        phone.asks()
        phone.http.close()
        [question] = rows(sitting)
        moderates(sitting, questions.approve, question.id)
        sitting.performs(*([c.ChooseQuestion(question.id)] if is_shown else []))
        return Sent(
            sitting, {"do": f"{do}:{question.id}", **{f"{name}.{question.id}": text for name, text in typed.items()}}
        )

    return prepared


# --- in the hall ------------------------------------------------------------------------------------------------------

VOTES = c.EnterPart("vote", {unit: Decimal(90) for unit in ("water", "court", "school")}, "the clerk")
DAILY = c.EnterPart(
    "daily", {unit: Decimal(18) for unit in ("water", "court", "school")}, "the clerk", "d.csv", "a" * 64
)


def composed(served: Served, *entered: c.Command, rules: Rules | None = None) -> Sitting:
    """All results have been announced, and these parts are entered."""
    sitting = served.holds(small_plan(composite=joining(Mode.POINTS), rules=rules or Rules()))
    story = closed_over(*[dict.fromkeys((ANN, BEN, CAT, DAN), (50, 30))] * 3, plan=sitting.plan)
    for unit in ("water", "court", "school"):
        looked = [checks(story, f"report-{unit}")] if sitting.plan.rules.checked else []
        story.does(*looked, c.RevealResult(f"report-{unit}"))
    record(served.database, story.does(*entered))
    return sitting


def a_part(served: Served) -> Sent:
    return Sent(composed(served), {"do": "enter", "author": "the clerk", "points.vote.water": "97.5"})


def a_part_corrected(served: Served) -> Sent:
    fields = {"do": "correct", "points": "80", "author": "the head", "reason": "two rows were swapped"}
    return Sent(composed(served, VOTES), fields, {"part": "vote", "unit": "water"})


def announcing(served: Served) -> Sent:
    return Sent(composed(served, VOTES, DAILY), {"do": "announce"})


def announced_less(served: Served) -> Sent:
    fields = {"do": "withdraw", "reason": "the day has not come"}
    return Sent(composed(served, VOTES, DAILY, c.AnnounceComposites(())), fields)


def arriving(served: Served) -> Sent:
    return Sent(come_to(served, None), {"do": f"check_in:{ANN}", f"seat.{ANN}.name": "Li"})


def a_result(served: Served) -> Sent:
    sitting = served.holds(small_plan(rules=Rules(trim_from=3, checked=True)))
    sheets = [sheet(at_water().meeting, WATER, seat, "50", "30") for seat in (ANN, BEN, CAT)]
    sitting.performs(c.OpenMeeting(sitting.plan), c.JumpTo(Place(WATER)), *sheets, c.CloseRound(WATER, (DAN, EVE)))
    return Sent(sitting, unseen(sitting, "/record/unit/water", Role.SUPERVISOR), {"unit": "water"})


def composites(served: Served) -> Sent:
    sitting = composed(served, VOTES, DAILY, rules=Rules(checked=True))
    return Sent(sitting, unseen(sitting, "/record", Role.SUPERVISOR))


# --- all of them ------------------------------------------------------------------------------------------------------

FINDING, MANY = "/{code}/findings/{finding}", "/{code}/findings"
UNITS, CURES, ASKED = "/{code}/unit/findings/{finding}", "/{code}/cures", "/{code}/questions"
DISPUTED = c.DisputeFinding("water", FIRST, "It is about courts", "the court", UNIT)
LONG = timedelta(60)


Told = Iterable[tuple[type[c.Command], str, Prepared]]
"""What is asked for, the route to which it is posted, and a meeting and a form."""


def forms() -> Iterable[Form]:
    """Who may give what is told here once more, by hand: the tables of ``access`` are held to it."""
    bureau = {Role.ORGANISER, Role.MODERATOR}
    told: list[tuple[set[Role], Told]] = [
        (bureau, _of_bureau()),
        (bureau, _of_composites()),
        ({Role.UNIT}, _of_units()),
        ({Role.QUESTIONS, Role.MODERATOR}, _of_questions()),
        ({Role.SUPERVISOR}, _of_supervisor()),
        ({Role.MODERATOR}, [(c.CheckIn, "/{code}/people", arriving)]),
        ({Role.SEAT}, [(c.JudgeCures, "/{code}/panel/cures", a_judgement)]),
        ({Role.GUEST}, [(c.RaiseObjection, "/{code}/public/unit/{unit}/{number}/objection", an_objection)]),
    ]
    for who, given in told:
        yield from (Form(kind, route, prepared, frozenset(who)) for kind, route, prepared in given)


def _of_composites() -> Told:
    yield c.EnterPart, "/{code}/parts", a_part
    yield c.AnnounceComposites, "/{code}/parts", announcing
    yield c.WithdrawComposites, "/{code}/parts", announced_less
    yield c.CorrectPart, "/{code}/parts/{part}/{unit}", a_part_corrected


def _of_questions() -> Told:
    yield c.ChooseQuestion, ASKED, on_question("choose", is_shown=False)
    yield c.AnswerQuestion, ASKED, on_question("answer", answer="Next week.")
    yield c.WithdrawQuestion, ASKED, on_question("withdraw", why="it names a neighbour")
    yield c.HandOverQuestion, ASKED, on_question("hand_over")


def _of_supervisor() -> Told:
    yield c.VerifyFinding, FINDING, at_finding(Stand.TO_VERIFY, "verify_passed", opinion="Seen")
    yield c.CheckResult, "/{code}/record/unit/{unit}/check", a_result
    yield c.CheckComposites, "/{code}/record/composites/check", composites


def _of_bureau() -> Told:

    def asked(today: date) -> c.Command:
        return c.AskExtension("water", FIRST, today + timedelta(90), "The printer burnt down", UNIT)

    def lasting(today: date) -> c.Command:
        return c.MakeLongTerm(FIRST, "It takes years", today + LONG, BUREAU)

    on_objection = f"answer_objection:{OBJECTION}", f"withhold_objection:{OBJECTION}"
    said = {"reason": "So it is"}
    yield c.SetTerms, "/{code}/findings/terms", terms
    yield c.DraftFinding, "/{code}/findings/new", a_draft
    yield c.DraftFinding, "/{code}/findings/from/{comment}", a_draft_tapped
    yield c.EditFinding, FINDING, an_edit
    yield c.MergeFindings, MANY, with_many(Stand.DRAFT, "merge", drafted("finding-2"), into=FIRST)
    yield c.WithdrawFinding, FINDING, at_finding(Stand.DRAFT, "drop_draft")
    yield c.HandOver, MANY, handing_over
    yield c.SettleDispute, FINDING, at_finding(Stand.HANDED_OVER, "take_back", DISPUTED, **said)
    yield c.AgreeCure, FINDING, at_finding(Stand.PLANNED, "agree_cure")
    yield c.AgreeCure, MANY, with_many(Stand.PLANNED, "agree_cure")
    yield c.ReturnCure, FINDING, at_finding(Stand.PLANNED, "return_cure", **said)
    yield c.AnswerExtension, FINDING, at_finding(Stand.SIGNED_FOR, "grant_extension", asked, **said)
    yield c.EnterReport, MANY, with_many(Stand.SIGNED_FOR, "enter_report", on=timedelta())
    yield c.MakeLongTerm, FINDING, at_finding(Stand.RECTIFYING, "make_long_term", checkpoint=LONG, **said)
    yield c.EndLongTerm, FINDING, at_finding(Stand.RECTIFYING, "end_long_term", lasting, until=LONG, **said)
    yield c.PassOn, FINDING, at_finding(Stand.ASKED, "pass_on")
    yield c.ReturnRequest, FINDING, at_finding(Stand.ASKED, "return_request", **said)
    yield c.ShowProofs, FINDING, showing
    yield c.GiveNotice, FINDING, at_finding(Stand.VERIFIED, "give_notice", until=timedelta(30))
    yield c.GiveNotice, MANY, with_many(Stand.VERIFIED, "give_notice", until=timedelta(30))
    yield c.AnswerObjection, FINDING, at_finding(Stand.NOTICE, on_objection[0], objected(), answer="It is there")
    yield c.WithholdObjection, FINDING, at_finding(Stand.NOTICE, on_objection[1], objected(), **said)
    yield c.StrikeOff, FINDING, at_finding(Stand.NOTICE, "strike_off", waits=30, look_back_on=timedelta(180))
    yield c.StrikeOff, MANY, with_many(Stand.NOTICE, "strike_off", waits=30, look_back_on=timedelta(180))
    yield c.LookBack, FINDING, at_finding(Stand.STRUCK_OFF, "look_back", waits=180, note="It has held")
    yield c.ReopenFinding, FINDING, at_finding(Stand.STRUCK_OFF, "reopen", until=LONG, **said)
    yield c.OpenCureVote, CURES, a_vote
    yield c.CloseCureVote, CURES, a_vote_closed
    yield c.WithdrawCureVote, CURES, a_vote_less
    yield c.ShowReports, "/{code}/publication", reports


def _of_units() -> Told:
    plan = {name: name for name in ("cause", "measures", "goal", "leader", "office", "person")}
    yield c.SignFor, "/{code}/unit", signing_for
    yield c.SignFor, UNITS, at_unit(Stand.HANDED_OVER, "sign")
    yield c.DisputeFinding, UNITS, at_unit(Stand.HANDED_OVER, "dispute", reason="Not ours", whose="the court")
    yield c.SendCure, UNITS, at_unit(Stand.SIGNED_FOR, "cure", until=timedelta(20), **plan)
    yield c.ReportWork, UNITS, at_unit(Stand.SIGNED_FOR, "report", text="The rules are written")
    yield c.HandInReport, "/{code}/unit/report", a_report
    yield c.AddProof, "/{code}/unit/findings/{finding}/proofs", a_proof
    yield c.RemoveProof, UNITS, a_proof_less
    yield c.AskExtension, UNITS, at_unit(Stand.SIGNED_FOR, "extension", until=timedelta(90), reason="It burnt")
    asked = {"text": "It is done", "pledge": "Head", "dated": timedelta()}
    yield c.AskStrikeOff, UNITS, at_unit(Stand.RECTIFYING, "ask", *PROOFS, **asked)
