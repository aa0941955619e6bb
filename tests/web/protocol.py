"""The wire protocol as docs/wire.md tells it, for tests that hold the program against it."""

import re
from pathlib import Path
from typing import Any

TEXT = (Path(__file__).parents[2] / "docs" / "wire.md").read_text(encoding="utf-8")
NAME = re.compile(r"`([a-z_-]+)`")


def _tables(heading: str) -> list[list[list[str]]]:
    """The tables with this heading, as rows of cells."""
    tables = [part.partition("\n\n")[0].splitlines()[2:] for part in TEXT.split(heading)[1:]]
    return [[[cell.strip() for cell in row.strip("|").split("|")] for row in table] for table in tables]


_commands, _others = _tables("| `do` | fields | who |")
VIEWS = {NAME.findall(view)[0]: NAME.findall(regions) for view, _, regions in _tables("| view | who | regions |")[0]}
WHO = {name: set(who.split(", ")) for names, _, who in _commands for name in NAME.findall(names)}
"""Who may give a command, by its name: ``moderator``, ``seat``."""
FIELDS = {name: NAME.findall(fields) for names, fields, _ in _commands for name in NAME.findall(names)}
VIEWS_OF_OTHERS = {name: NAME.findall(who) for names, _, who in _others for name in NAME.findall(names)}
"""On which views alone what is no command is heard; on all, if none is named."""
OTHERS = {name: NAME.findall(fields) for names, fields, _ in _others for name in NAME.findall(names)}

PLACE = {"item": "report-water", "segment": 0}
SHEET = {"round": "report-water", "seat": "ann"}
REASON = {"reason": "a reason", "author": "the clerk"}
MARKS = {"marks": {"clarity": "50", "effect": "30"}, "salt": "s" * 16}
COMMENT = {"comment": "comment-1", "seat": "ann", "kind": "problem", "text": "A gap"}

EXAMPLES: dict[str, dict[str, Any]] = {
    "open_meeting": {},
    "advance": {"leaving": None},
    "pass_step": {"step": "close:edu"},
    "undo_step": {"step": "1:open"},
    "check_result": {"round": "report-water", "seen": "0123456789abcdef"},
    "go_back": {"leaving": PLACE},
    "jump_to": {"place": PLACE},
    "skip_item": {"item": "report-court", "reason": "ill"},
    "restore_item": {"item": "report-court"},
    "move_item": {"item": "report-court", "before": None},
    "add_time": {"place": PLACE, "seconds": 60},
    "pause": {},
    "resume": {},
    "finish_meeting": {},
    "continue_meeting": {},
    "prepare_draw": {},
    "draw_next": {"number": 1, "word": "seven"},
    "draw_all": {"word": "seven"},
    "call_off_draw": {"reason": "not heard"},
    "type_order": {"numbers": {"water": "2", "court": "1", "school": "3"}},
    "open_round": {"round": "report-water"},
    "close_round": {"round": "report-water", "without": []},
    "close_all_rounds": {"without": []},
    "reopen_round": {"round": "report-water", "reason": "one was forgotten"},
    "show_result_step": {"round": "report-water", "step": "spread"},
    "reveal_result": {"round": "report-water"},
    "withdraw_reveal": {"round": "report-water", "reason": "too early"},
    "open_poll": {"unit": "water", "again": False},
    "close_poll": {"poll": "water.1"},
    "show_poll": {"poll": "water.1"},
    "withdraw_poll": {"poll": "water.1", "reason": "not heard"},
    "enter_part": {"part": "daily", "points": {"water": "88.5"}, "author": "the clerk", "file": "", "digest": ""},
    "correct_part": {"part": "daily", "unit": "water", "points": None, **REASON},
    "check_composites": {"seen": "0123456789abcdef"},
    "announce_composites": {"without": []},
    "withdraw_composites": {"reason": "a part was forgotten"},
    "rule_on_tie": {"rounds": ["report-water", "report-court"], **REASON},
    "correct_sheet": {**SHEET, **MARKS, **REASON},
    "void_sheet": {**SHEET, **REASON},
    "accept_late_sheet": {**SHEET, **REASON},
    "edit_comment": {"comment": "comment-1", "text": "A gap", "kind": "problem"},
    "release_comment": {"comment": "comment-1", "text": "A gap", "kind": None},
    "withdraw_comment": {"comment": "comment-1"},
    "follow_agenda": {},
    "hold_scene": {},
    "cue_scene": {"kind": "blank"},
    "tell_speaker": {"text": "two minutes left"},
    "direct_display": {"display": "left", "cue": "blank"},
    "check_in": {"seat": "ann"},
    "check_out": {"seat": "ann"},
    "take_seat": {"seat": "ann", "device": "tablet-0001"},
    "recuse": {**SHEET, "reason": "a former colleague"},
    "return_to_sheet": SHEET,
    "give_score": {**SHEET, "criterion": "clarity", "points": "50"},
    "erase_score": {**SHEET, "criterion": "clarity"},
    "judge_promise": {**SHEET, "promise": 1, "mark": "kept"},
    "erase_judgement": {**SHEET, "promise": 1},
    "submit_sheet": {**SHEET, **MARKS, "unit": "water", "total": "80"},
    "abstain": SHEET,
    "send_comment": {**COMMENT, "unit": "water"},
    "revise_comment": COMMENT,
    "take_back_comment": {"comment": "comment-1", "seat": "ann"},
}
"""Of every command one frame that can be read, without its id; of the small meeting and its seat ann."""
