"""The bureau's bot at its desk, by the organiser's link: drafts, hands over, agrees, returns, and strikes off."""

import re
from collections.abc import Iterable

from app.rehearsal.browser import FIELD_OF_TOKEN
from app.rehearsal.forms import Form, form_to, form_with, forms_of
from app.rehearsal.second_half.clerk import Clerk, Typed
from app.rehearsal.second_half.fates import Fate, fate_in, number_in, text_of
from app.rehearsal.second_half.steps import Step

_ROW = re.compile(r'<tr data-standing="(\w+)"(.*?)</tr>', re.DOTALL)
_LINK = re.compile(r'/findings/([\w-]+)">')
WAITS_HERE = {"disputed", "planned", "asked", "notice"}
"""Standings in which the bureau looks at a finding by itself."""

KINDS = {
    "agree_cure": "CureAgreed",
    "return_cure": "CureReturned",
    "pass_on": "RequestPassedOn",
    "return_request": "RequestReturned",
    "keep_with_unit": "DisputeSettled",
    "grant_extension": "ExtensionAnswered",
    "make_long_term": "FindingMadeLongTerm",
    "answer_objection": "ObjectionAnswered",
    "uphold_objection": "ObjectionAnswered",
}
RETURNS = {
    "return_cure": Fate.PLAN_RETURNED,
    "return_request": Fate.REQUEST_RETURNED,
    "uphold_objection": Fate.OBJECTION_UPHELD,
}
OPPOSITES = {"agree_cure": "return_cure", "pass_on": "return_request", "answer_objection": "uphold_objection"}
STANDARDS = "内容已分类上线\n效果数据已公布"


class Bureau(Clerk):
    """``works`` is a day at the desk; the days before and after have their own."""

    def drafts(self, units: Iterable[str], number: int) -> None:
        """So many findings of each unit: the first of a comment by one tap, then with the bureau's own wording."""
        for at, unit in enumerate(units):
            for each in range(number):
                self._drafts(unit, each, text_of(at * number + each))

    def hands_over(self) -> None:
        self._does_with_all("hand_over", "FindingHandedOver", "draft", self.opens("/findings"))

    def works(self) -> None:
        for finding in [id for standing, id, row in _rows(self.opens("/findings")) if _waits_here(standing, row)]:
            self._looks_at(finding, self.opens(f"/findings/{finding}"))
        ledger = self.opens("/findings")
        self._does_with_all("give_notice", "NoticeGiven", "verified", ledger)
        self._does_with_all("strike_off", "FindingStruckOff", "notice", ledger)

    def asks_the_panel(self) -> None:
        form = form_with(self.opens("/cures"), "open")
        if form and form.choices["finding"]:
            self.sends("CureVoteOpened", form, "open", {"finding": form.choices["finding"]}, author="author.open")

    def closes_the_vote(self) -> None:
        if form := form_with(self.opens("/cures"), "close"):
            (vote,) = form.fields["vote"]
            said: Typed = {f"reason.close.{vote}": "评议代表认为尚未到位"}
            self.sends("CureVoteClosed", form, "close", said, author=f"author.close.{vote}")

    # --- drafts -----------------------------------------------------------------------------------------------------

    def _drafts(self, unit: str, each: int, text: str) -> None:
        sheet = form_to(self.opens(f"/findings/new?unit={unit}"), f"/{self.code}/findings/new")
        if sheet is None:
            return
        said = [each for each in sheet.choices["source"] if not self.has_done("tap", each)]
        if each == 0 and said:
            self._taps(sheet, said[0])
            self._words(unit, text)
        else:
            typed: Typed = {"text": text, "standards": STANDARDS, "source": said[:1]}
            self.sends("FindingDrafted", sheet, "", typed, author="author")

    def _taps(self, sheet: Form, comment: str) -> None:
        self.first("tap", comment)
        tap = Form(f"/{self.code}/findings/from/{comment}", {FIELD_OF_TOKEN: sheet.fields[FIELD_OF_TOKEN]})
        self.sends_as(Step("FindingDrafted", comment), tap, "", {"drafts": "0"})

    def _words(self, unit: str, text: str) -> None:
        """The bureau's own wording in place of the comment's, with standards."""
        for standing, finding, row in _rows(self.opens(f"/findings?unit={unit}")):
            form = form_with(self.opens(f"/findings/{finding}"), "edit") if standing == "draft" else None
            if form and number_in(row) is None:
                typed: Typed = {"text": text, "standards": STANDARDS}
                self.sends("FindingEdited", form, "edit", typed, author="edit.author")

    # --- a day at the desk ------------------------------------------------------------------------------------------

    def _looks_at(self, finding: str, page: str) -> None:
        offered = [button for form in forms_of(page) for button in form.buttons]
        for button in offered:
            name = button.partition(":")[0]
            if name in KINDS and self._wants(name, finding, fate_in(page)):
                form = form_with(page, button)
                if form is not None:
                    self._moves(button, KINDS[name], form)
                return

    def _wants(self, move: str, finding: str, fate: Fate) -> bool:
        """What is returned is returned once: what comes after it is good."""
        if move in RETURNS:
            return fate is RETURNS[move] and self.first(move, finding)
        if move == "make_long_term":
            return fate is Fate.LONG_TERM
        other = OPPOSITES.get(move, "")
        return fate is not RETURNS.get(other) or self.has_done(other, finding)

    def _moves(self, button: str, kind: str, form: Form) -> None:
        texts = ("reason", "answer", "opinion")
        typed: Typed = {f"{button}.{name}": "请按要求办理" for name in texts if f"{button}.{name}" in form.fields}
        self.sends(kind, form, button, typed, author=f"{button}.author")

    def _does_with_all(self, move: str, kind: str, standing: str, ledger: str) -> None:
        """Ticks all that stand so, looks at what the page proposes, and confirms it."""
        ticked = [id for each, id, _ in _rows(ledger) if each == standing]
        form = form_with(ledger, move) if ticked else None
        if form is None:
            return
        page = self.posts(form, move, {"finding": ticked})
        confirms = next((each for each in forms_of(page.text) if "sure" in each.fields), None)
        if confirms is not None:
            self.sends(kind, confirms, move, {}, author="author")


def _rows(ledger: str) -> list[tuple[str, str, str]]:
    """Standing, id and row of each finding."""
    return [(standing, link[1], row) for standing, row in _ROW.findall(ledger) if (link := _LINK.search(row))]


def _waits_here(standing: str, row: str) -> bool:
    """Of what is at work only what asks for time, or cannot be put right in it."""
    asks = 'class="asks"' in row or fate_in(row) is Fate.LONG_TERM
    return standing in WAITS_HERE or (standing == "rectifying" and asks)
