"""The words to say: a sentence for each moment, and what its gaps are called by whoever writes one of his own."""

from collections.abc import Mapping
from functools import cache

from app.language import Language, catalogue
from app.meeting.moments import Gap, Moment, Words

SPOKEN: Mapping[Moment, str] = {
    Moment.WAITING: "Please take your seats and silence your phones. We begin at {starts}.",
    Moment.OPENED: "{meeting} is now in session. The rules have been sealed, and stay as they are until the end.",
    Moment.DRAWING: "The order of reporting will now be drawn by lot.",
    Moment.DRAWN: "The units report in this order: {list}.",
    Moment.OPENING: "Ladies and gentlemen of the panel, {units} units report today and answer your questions."
    "[ From last time: {promises}.]",
    Moment.REPORT: "Unit {number}, {unit}[, by its {office}]: please report.[ You have {time}.]"
    "[ From last time: {promises}.]",
    Moment.COMMENTS: "Questions and comments, please.[ We have {time}.]",
    Moment.REPLY: "{short} will now reply.[ You have {time}.]",
    Moment.SCORING: "Please fill in your sheets on {short} and submit them.[ You have {time}.][ {next}, you are next.]",
    Moment.CLOSED: "The scoring of {short} is closed.",
    Moment.SPREAD: "{counted} valid sheets have come in from {entitled} seats[: {levels}].",
    Moment.TRIMMED: "[Dropped: {dropped}. ]The final score of {short} is …",
    Moment.SCORE: "… {score} points.",
    Moment.GRADE: "{short}[, with {score} points], is graded {grade}[, with {approval}% approving].",
    Moment.COMMENT: "{kind} from the panel ({group}): {comment}",
    Moment.SUMMING_UP: "The comments on {short}: {tally}.",
    Moment.BREAK: "We have a break[ of {time}][ and go on at {resumes}]. Please be back in time.",
    Moment.DISCUSSION: "We come to the next item, {title}.[ We have {time}.]",
    Moment.ANNOUNCEMENT: "We now announce the results.",
    Moment.ANNOUNCED: "{unit}[: {score} points][, graded {grade}].",
    Moment.ANNOUNCED_GRADE: "Graded {grade}: {list}.",
    Moment.COMPOSITES: "We now announce the composites: {list}.",
    Moment.SUMMARY: "We now come to the summing up.",
    Moment.FINISHED: "{meeting} is closed. Thank you all.",
}
"""The usual sentences. What stands in square brackets is left out where a gap in it has nothing to say."""

VALUES = {
    "one_minute": "1 minute",
    "minutes": "{minutes} minutes",
    "seconds": "{seconds} seconds",
    "one_minute_and_seconds": "1 minute {seconds} seconds",
    "minutes_and_seconds": "{minutes} minutes {seconds} seconds",
    "level_given": "{name} {sheets}",
    "dropped_highest_one": "the highest, {totals}",
    "dropped_highest_two": "the two highest, {totals}",
    "dropped_highest_some": "the {number} highest, {totals}",
    "dropped_lowest_one": "the lowest, {totals}",
    "dropped_lowest_two": "the two lowest, {totals}",
    "dropped_lowest_some": "the {number} lowest, {totals}",
    "dropped_of_criteria_both": "the {high} highest and {low} lowest marks of each criterion",
    "dropped_of_criteria_highest": "the {high} highest marks of each criterion",
    "dropped_of_criteria_lowest": "the {low} lowest marks of each criterion",
    "composite_score_and_grade": "{unit} {score} ({grade})",
    "composite_score": "{unit} {score}",
    "composite_grade": "{unit} {grade}",
    "composite_none": "{unit} none yet",
    "one_highlight": "1 highlight",
    "one_problem": "1 problem",
    "one_suggestion": "1 suggestion",
    "comments_highlight": "{number} highlights",
    "comments_problem": "{number} problems",
    "comments_suggestion": "{number} suggestions",
    "found_before": "{number} findings",
    "found_one": "1 finding",
    "struck_off_before": "{number} struck off",
    "late_before": "{number} late",
    "reopened_before": "{number} re-opened",
    "sample_comment": "The report says little about what has changed for people.",
}
"""What stands in a gap, where it is not a name or a number."""

CHINESE_GAPS: Mapping[Gap, str] = {
    Gap.MEETING: "会议",
    Gap.VENUE: "地点",
    Gap.UNITS: "单位数",
    Gap.STARTS: "开始时间",
    Gap.TITLE: "标题",
    Gap.TIME: "时长",
    Gap.RESUMES: "继续时间",
    Gap.UNIT: "单位",
    Gap.SHORT: "简称",
    Gap.OFFICE: "职务",
    Gap.NUMBER: "序号",
    Gap.NEXT: "下一家",
    Gap.COUNTED: "收回",
    Gap.ENTITLED: "应评",
    Gap.LEVELS: "各等次",
    Gap.DROPPED: "去掉",
    Gap.HIGHEST: "最高分",
    Gap.LOWEST: "最低分",
    Gap.SCORE: "得分",
    Gap.GRADE: "等次",
    Gap.APPROVAL: "优良率",
    Gap.LIST: "名单",
    Gap.GROUP: "类别",
    Gap.KIND: "种类",
    Gap.COMMENT: "点评",
    Gap.TALLY: "小结",
    Gap.PROMISES: "上次整改",
}
"""What the gaps are called in Chinese; both names are read, and are a file format."""


def gap_name(gap: Gap, language: Language) -> str:
    return CHINESE_GAPS[gap] if language is Language.CHINESE else str(gap)


@cache
def usual(moment: Moment, language: Language) -> str:
    """The usual sentence as a person would write it, with the names of its gaps in that language."""
    text = catalogue(language).gettext(SPOKEN[moment])
    return text.format_map({str(gap): f"{{{gap_name(gap, language)}}}" for gap in Gap})


def own_words(texts: Mapping[Moment, str]) -> tuple[Words, ...]:
    """What of these is to be kept: texts that are not the usual ones, in the order of the moments."""
    own = {moment: text for moment in Moment if (text := texts.get(moment, "").strip())}
    return tuple(Words(moment, text) for moment, text in own.items() if not _is_usual(moment, text))


def _is_usual(moment: Moment, text: str) -> bool:
    return any(text == usual(moment, language) for language in Language)
