"""What a unit has to do next with a finding, in one sentence."""

from datetime import date

from app.meeting.findings.state import Finding, Stand
from app.meeting.refusals import Said

_OF_OTHERS = {
    Stand.DISPUTED: "next.disputed",
    Stand.PLANNED: "next.planned",
    Stand.ASKED: "next.asked",
    Stand.TO_VERIFY: "next.to_verify",
    Stand.VERIFIED: "next.verified",
    Stand.WITHDRAWN: "next.withdrawn",
}


def next_step(finding: Finding, today: date) -> Said:
    days = finding.deadlines
    match finding.standing:
        case Stand.HANDED_OVER:
            may_return = days is not None and today <= days.dispute
            return Said("next.sign", {"day": _day(days.dispute)}) if days and may_return else Said("next.only_sign")
        case Stand.SIGNED_FOR:
            return Said("next.plan", {"day": _day(days.plan if days else None)})
        case Stand.RECTIFYING:
            is_proved = bool(finding.standards) and not finding.unproved
            return Said("next.ask" if is_proved else "next.work", {"day": _day(finding.due)})
        case Stand.LONG_TERM:
            return Said("next.long_term", {"day": _day(finding.checkpoint)})
        case Stand.NOTICE:
            return Said("next.notice", {"day": _day(finding.notice_until)})
        case Stand.STRUCK_OFF:
            return Said("next.struck_off", {"day": _day(finding.struck_off_on)})
    return Said(_OF_OTHERS[finding.standing])


def _day(day: date | None) -> str:
    return day.isoformat() if day else "—"
