"""How many findings of each kind papers tell, of a unit or of all."""

from typing import Any

from app.meeting.findings.summing import Mark, Tally


def as_told(tally: Tally) -> dict[str, Any]:
    """By the names that letters have for them."""
    issued, struck_off, long_term = (tally[mark] for mark in (Mark.ISSUED, Mark.STRUCK_OFF, Mark.LONG_TERM))
    return {
        "交办": str(issued),
        "已销号": str(struck_off),
        "销号率": f"{100 * struck_off // issued}%" if issued else "—",
        "办理中": str(tally[Mark.OPEN] - long_term),
        "逾期": str(tally[Mark.OVERDUE]),
        "持续整改": str(long_term),
        "退回": str(tally[Mark.RETURNED]),
        "延期": str(tally[Mark.EXTENDED]),
        "重开": str(tally[Mark.REOPENED]),
    }
