"""A preview in words, for a terminal: every mistake at its place, then what would change."""

from collections.abc import Iterator

from app.language import Language, catalogue, say
from app.meeting.refusals import Said
from app.papers.plan.changes import Change
from app.papers.plan.importing import Preview
from app.papers.plan.mistakes import Mistake

SIGNS = {"new": "+", "changed": "~", "gone": "-"}


def preview_in_words(preview: Preview, language: Language) -> str:
    """One line for each mistake and warning; of a file without mistakes also for each change."""
    lines = [mistake_in_words(mistake, language) for mistake in preview.mistakes]
    if preview.can_be_taken:
        lines += [_hint_in_words(preview.hint, language)] if preview.hint else []
        lines += [_change_in_words(change, language) for change in preview.changes if change.kind != "same"]
    return "\n".join([*lines, *_sum(preview, language)])


def mistake_in_words(mistake: Mistake, language: Language) -> str:
    """``错误 议程 第 7 行 B 单位：…``"""
    _ = catalogue(language).gettext
    parts = [
        _("Warning") if mistake.is_warning else _("Mistake"),
        mistake.sheet,
        _row(mistake.row, language),
        mistake.column,
    ]
    return _("{place}: {sentence}").format(place=" ".join(filter(None, parts)), sentence=say(mistake.said, language))


def _hint_in_words(hint: Said, language: Language) -> str:
    _ = catalogue(language).gettext
    return _("{place}: {sentence}").format(place=_("Worth a look"), sentence=say(hint, language))


def _change_in_words(change: Change, language: Language) -> str:
    told = " → ".join(filter(None, (change.before, change.after)))
    return " ".join(filter(None, (SIGNS[change.kind], change.sheet, _row(change.row, language), change.what, told)))


def _row(row: int | None, language: Language) -> str:
    _ = catalogue(language).gettext
    return "" if row is None else _("row {row}").format(row=row)


def _sum(preview: Preview, language: Language) -> Iterator[str]:
    _ = catalogue(language).gettext
    warnings = sum(mistake.is_warning for mistake in preview.mistakes)
    errors = len(preview.mistakes) - warnings
    if errors:
        yield _("Mistakes: {errors}, warnings: {warnings}. Nothing was changed.").format(
            errors=errors, warnings=warnings
        )
    else:
        count = {kind: sum(change.kind == kind for change in preview.changes) for kind in ("new", "changed", "gone")}
        yield _("New: {new}, changed: {changed}, gone: {gone}, warnings: {warnings}.").format(
            **count, warnings=warnings
        )
