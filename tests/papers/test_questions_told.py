"""Questions in papers and on public pages: what was chosen, answered or handed over, called by its name everywhere."""

from dataclasses import replace

import pytest

from app.language import Language
from app.language.groups import AUDIENCE, group_name
from app.meeting import commands as c
from app.meeting.plan import Rules
from app.meeting.questions.agreed import Questions
from app.papers.findings.telling import called, in_original_words, raised_by
from app.papers.record.public_log import public_log
from app.papers.site.data import public_json
from app.papers.site.picture import picture_of_record
from app.web.desk.shown import originals_of, rows_of
from tests.findings import DAY, days
from tests.meetings import Story, opened, small_plan
from tests.questions import answers, chooses, hands_over
from tests.records import proceedings_of_story

FINDING = "finding-of-roads"


@pytest.fixture(scope="module")
def story() -> Story:
    story = opened(small_plan(rules=Rules(questions=Questions.MODERATED)))
    story.does(
        chooses("question-chosen", text="Who was shown?", unit="water"),
        answers("question-answered", "Before winter.", text="Who is answered?", unit=""),
        chooses("question-withdrawn", text="Who is named here?"),
        c.WithdrawQuestion("question-withdrawn", "it names a person"),
        hands_over("question-handed", FINDING, text="Who puts it right?"),
        hands_over("question-draft", "finding-draft", text="Who is only a draft?"),
    )
    return story.does(c.HandOver((FINDING,), days(), "the bureau"))


def test_society_reads_what_was_told_and_nothing_that_was_withdrawn_or_is_a_draft(story):
    shown = picture_of_record(proceedings_of_story(story), DAY)
    assert [each.text for each in shown.unit("water").questions] == ["Who was shown?", "Who puts it right?"]
    assert [(each.text, each.answer) for each in shown.questions] == [("Who is answered?", "Before winter.")]
    assert (shown.unit("water").questions[1].finding, shown.unit("water").findings[0].is_of_audience) == (1, True)
    public = public_json(shown).decode()
    for hidden in ("Who is named here", "only a draft"):
        assert hidden not in public
        assert hidden.encode() not in (public_log(proceedings_of_story(story)) or b"")


def test_a_finding_made_of_a_question_says_so_wherever_it_is_told(story):
    meeting = story.meeting
    finding = meeting.findings.by_id[FINDING]
    assert (raised_by(meeting, finding), in_original_words(meeting, finding)) == ("群众提问", "Who puts it right?")
    assert called(finding) == "Who puts it right?（群众提问）"
    [row] = rows_of(meeting, [finding], DAY)
    assert row.groups == [AUDIENCE]
    assert [each.text for each in originals_of(meeting, finding)] == ["Who puts it right?"]
    assert [group_name(meeting.plan, AUDIENCE, each) for each in Language] == ["群众提问", "Question of the audience"]


def test_a_comment_and_a_question_in_one_finding_both_have_their_say(story):
    finding = replace(story.meeting.findings.by_id[FINDING], questions=("question-handed", "question-chosen"))
    assert in_original_words(story.meeting, finding).splitlines()[1] == "2. Who was shown?（群众提问）"
