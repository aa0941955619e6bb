"""One line of a list of people: which cell is the name, which the office, and what beside them is nobody's business."""

import re

from app.papers.plan.names import tidy_name
from app.papers.plan.no_data import is_note, is_total
from app.store.persons import NOBODY, Person

_PADDED = re.compile(r"(?<![㐀-鿿])([㐀-鿿])[ \u00a0\u3000]+([㐀-鿿])(?![㐀-鿿])")
"""王　伟, as lists have it so that names of two characters are as long as those of three."""

_BETWEEN = (re.compile(r"[,，;；|]"), re.compile(r"\s{2,}|(?<=[㐀-鿿)）])\s+|\s+(?=[㐀-鿿])"), re.compile("、"))
"""What stands between two cells: a sign, or else a space; but a name that is not Chinese has spaces of its own."""

_NUMBER = re.compile(r"[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）.、．]?|[①-⒛]")
_LEADING_NUMBER = re.compile(r"^\s*(?:[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）.、．]|[①-⒛])\s*")
_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_WITH_BRACKET = re.compile(r"([^()（）]+?)\s*[(（]([^()（）]*)[)）]")
_LISTED = re.compile(r"、(?![^(（]*[)）])")

_TELEPHONE = re.compile(
    r"(?:联系电话|联系方式|手机号码?|电话|手机|tel)?[.:：]?\s*\+?\d[\d\- ]{5,}\d[xX]?", re.IGNORECASE
)
_PRIVATE = re.compile(r"[男女]性?|[㐀-鿿]{1,4}族|\S+@\S+")

_CHINESE = re.compile(r"[㐀-鿿\U00020000-\U0003ffff]{2,4}|[㐀-鿿]+(?:·[㐀-鿿]+)+")
_LONG_CHINESE = re.compile(r"[㐀-鿿]{5,6}")
_FOREIGN = re.compile(r"[^\d㐀-鿿]*[^\W\d_][^\d㐀-鿿]*")
_OFFICE = re.compile(
    r".*(?:长|主任|书记|教授|讲师|委员|代表|律师|记者|主席|院士|研究员|科员|监督员|党员|干部|经理|总监|法官|检察官|编辑|博士|硕士|导师"
    r"|村民|居民|市民|工人|农民|教师|学生|医生|群众|同志"
    r"|局|厅|委|院|部|处|科|办|社|会|所|大学|公司|中心)"
)
_NO_NAME = re.compile(r".*(?:名单|名册|人员|成员|一览表|签到表|安排表|安排|通知|单位)")


def is_number(cell: str) -> bool:
    return _NUMBER.fullmatch(cell) is not None


def without_number(line: str) -> str:
    return _LEADING_NUMBER.sub("", line.strip().strip("|"))


def without_brackets(text: str) -> str:
    return _IN_BRACKETS.sub("", text)


def cells_of(line: str) -> list[str]:
    if "\t" in line:
        return [_cell(cell) for cell in line.split("\t")]
    line = _PADDED.sub(r"\1\2", without_number(line))
    line = _IN_BRACKETS.sub(lambda found: re.sub(r"[,，;；|\s]+", "、", found[0]), line)
    outside = without_brackets(line)
    between = next((each for each in _BETWEEN if each.search(outside)), _BETWEEN[0])
    return [_cell(cell) for cell in between.split(line)]


def _cell(cell: str) -> str:
    return tidy_name(_PADDED.sub(r"\1\2", _TELEPHONE.sub("", cell).strip().strip('"')))


def names_in_one_line(line: str) -> list[str]:
    """王伟、李见微（教授）: what stands between the signs, if all of it are names; else nothing."""
    parts = [_PADDED.sub(r"\1\2", part.strip()) for part in _LISTED.split(without_number(line).rstrip("。；;"))]
    are_names = len(parts) > 1 and all(_likeness(apart(part)[0]) == 0 for part in parts)
    return parts if are_names else []


def person_in(cells: list[str]) -> Person:
    """The cell that is most like a name, be it before or behind the office; nobody, if none is like one."""
    said = [cell for cell in cells if cell and not _PRIVATE.fullmatch(cell)]
    likeness = [_likeness(apart(cell)[0]) for cell in said]
    best = min(likeness, default=NO_LIKENESS)
    if best == NO_LIKENESS:
        return NOBODY
    at = likeness.index(best)
    name, office = apart(said[at])
    return Person(name, " ".join(filter(None, [*said[:at], office, *said[at + 1 :]])))


def apart(cell: str) -> tuple[str, str]:
    """A name, and the office in brackets behind it."""
    found = _WITH_BRACKET.fullmatch(cell)
    if not found:
        return cell, ""
    return found[1], "、".join(each for each in re.split("[、,，]", found[2]) if not _PRIVATE.fullmatch(each.strip()))


NO_LIKENESS = 3


def _likeness(cell: str) -> int:
    """How little a cell is like a name: from 0, a name as most people have one, to ``NO_LIKENESS``."""
    if _NO_NAME.fullmatch(cell) or is_total(cell) or is_note(cell):
        return NO_LIKENESS
    if _CHINESE.fullmatch(cell.rstrip("0123456789")):
        return 2 if _OFFICE.fullmatch(cell) else 0
    is_long_name = _LONG_CHINESE.fullmatch(cell) and not _OFFICE.fullmatch(cell)
    return 1 if is_long_name or _FOREIGN.fullmatch(cell) else NO_LIKENESS
