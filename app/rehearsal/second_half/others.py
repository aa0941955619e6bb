"""The supervisor, who verifies; the seats, who judge the cure; and anybody, who objects."""

import re

from app.rehearsal.forms import Form, form_with, forms_of
from app.rehearsal.second_half.clerk import MARK, Clerk, Typed
from app.rehearsal.second_half.fates import Fate, fate_in
from app.rehearsal.second_half.steps import Step

_ROW = re.compile(r'<tr data-standing="to_verify".*?/findings/([\w-]+)">', re.DOTALL)
_UNIT = re.compile(r"/public/unit/([\w-]+)")
_ON_NOTICE = re.compile(r"/public/unit/([\w-]+)[^\"]*#finding-")
_OBJECTION = re.compile(r"/public(/unit/[\w-]+/\d+/objection)")
_ARTICLE = re.compile(r'<article id="finding-\d+".*?</article>', re.DOTALL)


class Verifier(Clerk):
    """By the supervisor's link."""

    def works(self) -> None:
        for finding in _ROW.findall(self.opens("/findings?standing=to_verify")):
            page = self.opens(f"/findings/{finding}")
            fails = fate_in(page) is Fate.NOT_VERIFIED and self.first("fail", finding)
            move = "verify_failed" if fails else "verify_passed"
            if form := form_with(page, move):
                typed: Typed = {f"{move}.opinion": "现场核对过", f"{move}.on_site": "到场查看"}
                self.sends("FindingVerified", form, move, typed, author=f"{move}.author")


class Judge(Clerk):
    """A seat of the panel, by its own link."""

    def judges(self) -> None:
        page = self.opens("/panel/cures")
        said = re.split(r"<fieldset", page)
        fates = {each: fate_in(part) for part in said for each in re.findall(r'name="mark\.([\w-]+)"', part)}
        for form in forms_of(page):
            marks: Typed = {
                f"mark.{id}": "not_satisfied" if fate is Fate.PANEL_DISAPPROVES else "satisfied"
                for id, fate in fates.items()
            }
            if "vote" in form.fields and marks:
                self.sends_as(Step("CureJudged", f'"seat":"{self.name}"'), form, "", marks)


class Citizen(Clerk):
    """Without a key: reads what is published, and objects where the notice lasts."""

    def reads(self) -> dict[str, str]:
        """The page of each unit, by the unit."""
        units = dict.fromkeys(_UNIT.findall(self.opens("/public")))
        return {unit: self.opens(f"/public/unit/{unit}") for unit in units}

    def objects(self) -> None:
        """To what is on notice, by the first page."""
        units = dict.fromkeys(_ON_NOTICE.findall(self.opens("/public")))
        for unit in units:
            for article in _ARTICLE.findall(self.opens(f"/public/unit/{unit}")):
                place = _OBJECTION.search(article)
                if place and fate_in(article) in (Fate.OBJECTED, Fate.OBJECTION_UPHELD):
                    self._objects_to(place[1])

    def _objects_to(self, path: str) -> None:
        if not self.first("object", path):
            return
        form = next((each for each in forms_of(self.opens(f"/public{path}")) if "text" in each.fields), None)
        if form is not None:
            here = Form(f"/{self.code}/public{path}", form.fields)
            self.sends("ObjectionRaised", here, "", {"text": f"门口没有看到公布的数据 {MARK}"})
