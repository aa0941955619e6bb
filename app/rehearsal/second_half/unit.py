"""A unit's bot: does on its own page what waits for it there, and keeps drafts of what it does not send yet."""

import re
from dataclasses import dataclass

from app.rehearsal.browser import File
from app.rehearsal.forms import Form, form_to, form_with
from app.rehearsal.second_half.clerk import SEE_OTHER, Clerk, Typed
from app.rehearsal.second_half.fates import Fate, fate_in
from app.rehearsal.second_half.steps import Step

_MINE = re.compile(r'<li class="mine">.*?/unit/findings/([\w-]+)"', re.DOTALL)
_ALL = re.compile(r"/unit/findings/([\w-]+)\"")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
BEFORE_WORK = 10
"""Days before a unit hands in what it did."""

KEPT = "ask.text"
"""The field in which a draft is kept."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody was told is kept, though it was not sent."""

    finding: str
    text: str


class Unit(Clerk):
    """One unit, by its link. ``still_writes``: the finding of which it has a draft, with which it does nothing else."""

    still_writes = ""

    def works(self) -> None:
        """A day at the office: signs for what came, then does with each finding what can be done."""
        page = self.opens("/unit")
        if form := form_to(page, f"/{self.code}/unit"):
            self.sends("FindingSignedFor", form, "", {}, author="author.sign")
            page = self.opens("/unit")
        for finding in dict.fromkeys(_MINE.findall(page)):
            if self.still_writes != finding:
                self._works_on(finding, self.opens(f"/unit/findings/{finding}"))

    def reports(self) -> None:
        """On all that it was given: what it says is the rehearsal's, on which findings the page proposes."""
        if form := form_to(self.opens("/unit/report"), f"/{self.code}/unit/report"):
            typed: Typed = {"finding": form.choices["finding"], "text": "逐项整改完成，成效持续巩固"}
            self.sends("ReportCameIn", form, "", typed, author="author.report")

    def keeps_drafts(self) -> list[Draft]:
        """Of the first finding that can be asked to be struck off."""
        for finding in dict.fromkeys(_ALL.findall(self.opens("/unit"))):
            if form := form_with(self.opens(f"/unit/findings/{finding}"), "ask"):
                text = f"已完成三项整改，效果数据正在核对 {self.steps.mark()}"
                if self.posts(form, "keep", {KEPT: text}).status == SEE_OTHER:
                    self.still_writes = finding
                    return [Draft(finding, text)]
        return []

    def still_has(self, draft: Draft) -> bool:
        self.still_writes = ""
        form = form_with(self.opens(f"/unit/findings/{draft.finding}"), "ask")
        return form is not None and form.fields.get(KEPT) == [draft.text]

    # --- one finding ------------------------------------------------------------------------------------------------

    def _works_on(self, finding: str, page: str) -> None:
        fate = fate_in(page)
        if (form := form_with(page, "dispute")) and fate is Fate.DISPUTED and self.first("dispute", finding):
            typed: Typed = {"dispute.reason": "该事项由多个单位共同负责", "dispute.whose": "市普法办"}
            self.sends("FindingDisputed", form, "dispute", typed, author="author.dispute")
        elif form := form_with(page, "cure"):
            self._sends_plan(form, page)
        elif form := form_with(page, "ask"):
            self._puts_right(finding, form, page, fate)

    def _sends_plan(self, form: Form, page: str) -> None:
        """By the last day that the page names."""
        said = _DAY.findall(page.partition('name="cure.until"')[2])
        typed: Typed = {
            "cure.cause": "内容与需求脱节",
            "cure.measures": "分类制作；\n每季度公布效果数据",
            "cure.goal": "知晓率达到九成",
            "cure.leader": "分管领导",
            "cure.office": "法规处",
            "cure.person": "经办人",
            "cure.until": said[0] if said else "",
        }
        self.sends("CureSent", form, "cure", typed, author="author.cure")

    def _puts_right(self, finding: str, form: Form, page: str, fate: Fate) -> None:
        asks_for_time = form_with(page, "extension")
        if asks_for_time and fate is Fate.MORE_TIME and self.first("extension", finding):
            until = f"{self.days.now.year + 1}-06-30"
            typed: Typed = {"extension.until": until, "extension.reason": "外部数据未到"}
            self.sends("ExtensionAsked", asks_for_time, "extension", typed, author="author.extension")
        elif self.first("report", finding) and (reports := form_with(page, "report")):
            self.sends("WorkReported", reports, "report", {"report.text": "台账已建立"}, author="author.report")
        elif self.days.passed >= BEFORE_WORK:
            self._hands_in(finding, page)
            pledge = {"ask.pledge": "主要负责人", "ask.dated": self.today}
            done: Typed = {"ask.text": "三项措施均已完成，附佐证材料", **pledge}
            self.sends("StrikeOffAsked", form, "ask", done, author="author.ask")

    def _hands_in(self, finding: str, page: str) -> None:
        """One file for all standards: once, and once more after it was re-opened; the page says whether one counts."""
        form = form_to(page, f"/{self.code}/unit/findings/{finding}/proofs")
        if form is None or "尚无佐证" not in page:
            return
        mark = self.steps.mark()
        file = File("files", f"佐证{mark[1:]}.pdf", f"%PDF-1.7 {finding} {mark} ".encode() * 500)
        typed: Typed = {"standard": form.choices["standard"], "proofs.dated": self.today}
        self.sends_as(Step("ProofAdded", mark), form, "", {**typed, "author.proofs": f"{self.name} {mark}"}, [file])
