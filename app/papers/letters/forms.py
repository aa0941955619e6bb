"""Our own forms of the letters, as files in ``templates/letters``: made here, and never by hand.

``python -m app.papers.letters.forms`` writes them; a test holds that the files are what is written here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.papers.letters import form_findings, form_sent, form_signed, names, names_of_findings
from app.papers.letters.building import document
from app.papers.letters.measures import SIDEWAYS, UPRIGHT, Sheet

FOLDER = Path(__file__).parents[3] / "templates" / "letters"
MADE = "2026-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Form:
    """Which letter a form is of, with the names that it may use, and ours for whoever has none."""

    name: str
    title: str
    letter: type[Any]
    sheet: Sheet
    body: str

    @property
    def file(self) -> str:
        return f"{self.name}.docx"

    @property
    def content(self) -> bytes:
        return document(self.body, self.sheet, self.title, MADE)


FORMS: Mapping[str, Form] = {
    each.name: each
    for each in (
        Form("summary", "评分汇总表", names.Summary, SIDEWAYS, form_signed.SUMMARY),
        Form("sheets", "评分表（按席位）", names.Sheets, SIDEWAYS, form_signed.SHEETS),
        Form("opinion", "评议意见书", names.Opinion, UPRIGHT, form_sent.OPINION),
        Form("problems", "问题清单", names.Problems, SIDEWAYS, form_sent.PROBLEMS),
        Form("minutes", "会议纪要", names.Minutes, UPRIGHT, form_sent.MINUTES),
        Form("circular", "通报", names.Notice, UPRIGHT, form_sent.CIRCULAR),
        Form("notice", "公告", names.Notice, UPRIGHT, form_sent.NOTICE),
        Form("handover", "交办单", names_of_findings.HandedOver, UPRIGHT, form_findings.HANDOVER),
        Form("findings", "整改问题清单", names_of_findings.OfUnit, SIDEWAYS, form_findings.FINDINGS),
        Form("ledger", "整改台账", names_of_findings.WithFindings, SIDEWAYS, form_findings.LEDGER),
        Form("report", "整改情况报告", names_of_findings.Report, UPRIGHT, form_findings.REPORT),
        Form("approval", "销号审批表", names_of_findings.OfUnit, UPRIGHT, form_findings.APPROVAL),
        Form("publicity", "整改情况公示", names_of_findings.Publicity, UPRIGHT, form_findings.PUBLICITY),
        Form("progress", "整改情况通报", names_of_findings.Progress, UPRIGHT, form_findings.PROGRESS),
        Form("reminder", "整改提醒书", names_of_findings.Reminder, UPRIGHT, form_findings.REMINDER),
        Form("urging", "整改督办单", names_of_findings.Reminder, UPRIGHT, form_findings.URGING),
        Form("admonition", "整改告诫书", names_of_findings.Reminder, UPRIGHT, form_findings.ADMONITION),
    )
}


def names_to_use(explained: str) -> str:
    """The list that goes with the forms: after a word on how they are used, each name with an example."""
    return "\n\n".join([explained, *map(_names_in, FORMS.values())]) + "\n"


def _names_in(form: Form) -> str:
    told = "\n".join(f"  {name}\t{example}".rstrip() for name, example in names.examples_in(form.letter))
    return f"{form.file}  {form.title}\n{told}"


if __name__ == "__main__":
    for each in FORMS.values():
        (FOLDER / each.file).write_bytes(each.content)
