"""Groups of the panel on the set-up pages: added, named, put in order, weighed and taken off the list."""

from decimal import Decimal

import pytest

from app.language import Language
from app.meeting import commands as c
from app.meeting.plan import PRESETS, Group, Rules
from tests.live.served import Served, Sitting
from tests.meetings import small_plan
from tests.web.setup.conftest import Organiser, fields_of, problems_of

OWN = (Group("firms", "企业代表"), *PRESETS)


@pytest.fixture
def sitting(served: Served) -> Sitting:
    return served.holds(small_plan())


def panel(sitting: Sitting) -> str:
    return f"/setup/{sitting.code}/panel"


def pressed(organiser: Organiser, sitting: Sitting, do: str, **typed: str) -> dict[str, str]:
    """The fields of the page as a button leaves them."""
    return fields_of(organiser.fills(panel(sitting), do, **typed).text)


def test_a_group_of_ones_own_is_added_named_chosen_and_weighed(organiser, sitting):
    added = pressed(organiser, sitting, "group")
    [row] = [name for name in added if name.startswith("groups.new-")]
    named = {**added, row: " 人民监督员 ", "groups.deputy.name": "市人大代表", "seats.eve.group": row.split(".")[1]}
    assert organiser.sends(panel(sitting), named).status_code == 303
    plan = organiser.plan(sitting.code)
    assert plan.groups[1] == Group("deputy", "市人大代表")
    assert plan.groups[-1] == Group("group-1", "人民监督员")
    assert plan.seats[-1].group == "group-1"
    rules = f"/setup/{sitting.code}/rules"
    assert "人民监督员" in organiser.opens(rules).text
    half = organiser.fills(rules, weight_expert="5")
    assert problems_of(half).keys() == {"weight_deputy", "weight_group-1"}
    weights = {"weight_expert": "5", "weight_deputy": "3", "weight_group-1": "2"}
    assert organiser.fills(rules, **weights).status_code == 303
    assert organiser.plan(sitting.code).rules.group_weights["group-1"] == 2
    assert problems_of(organiser.fills(rules, **{"weight_group-1": "0"})) == {
        "weight_group-1": "The weight must be above zero."
    }


def test_a_group_with_seats_does_not_vanish_and_one_without_takes_its_weight_along(organiser, served):
    weights = dict.fromkeys(("firms", "expert", "deputy", "cppcc"), Decimal(1))
    sitting = served.holds(small_plan(groups=OWN, rules=Rules(group_weights=weights)))
    kept = organiser.fills(panel(sitting), "remove:groups.cppcc")
    assert "There are seats of this group." in kept.text
    assert "groups.cppcc.name" in fields_of(kept.text)
    gone = pressed(organiser, sitting, "remove:groups.firms")
    assert organiser.sends(panel(sitting), gone).status_code == 303
    plan = organiser.plan(sitting.code)
    assert (plan.groups, plan.rules.group_weights.keys()) == (PRESETS, {"expert", "deputy", "cppcc"})
    without = {name: text for name, text in organiser.form(panel(sitting)).items() if name != "groups.cppcc.name"}
    assert problems_of(organiser.sends(panel(sitting), without)) == {
        "seats.eve.group": "Please choose one from the list."
    }


@pytest.mark.parametrize("twin", ["企 业代表", "企业代表\u200b", "专家", "expert", "People's Deputy"])
def test_two_groups_whose_names_look_alike_are_not_two(organiser, served, twin):
    sitting = served.holds(small_plan(groups=OWN))
    answer = organiser.fills(panel(sitting), **{"groups.public.name": twin})
    [(field, sentence)] = problems_of(answer).items()
    assert field in ("groups.public.name", "groups.expert.name", "groups.deputy.name")
    assert sentence.startswith("Two groups are called “")


def test_groups_are_put_in_order_and_the_usual_name_typed_is_the_usual_group(organiser, served):
    sitting = served.holds(small_plan(groups=OWN))
    moved = pressed(organiser, sitting, "down:groups.firms")
    assert (
        organiser.sends(
            panel(sitting), {**moved, "groups.expert.name": "专家", "groups.media.name": "media"}
        ).status_code
        == 303
    )
    assert organiser.plan(sitting.code).groups == (PRESETS[0], OWN[0], *PRESETS[1:])


def test_more_groups_than_any_panel_has_are_not_added(organiser, served):
    many = tuple(Group(f"group-{at}", f"第{at}组") for at in range(14))
    sitting = served.holds(small_plan(groups=(*PRESETS, *many)))
    assert "+ Group" not in organiser.opens(panel(sitting)).text
    assert pressed(organiser, sitting, "group").keys() == organiser.form(panel(sitting)).keys()


@pytest.mark.parametrize(("language", "expert"), [(Language.CHINESE, "专家"), (Language.ENGLISH, "Expert")])
def test_of_an_open_meeting_the_groups_are_shown_by_name(organiser, served, language, expert):
    groups = (Group("deputy", "市人大代表"), Group("expert"), Group("cppcc"))
    weights = dict.fromkeys(("deputy", "expert", "cppcc"), Decimal(7))
    sitting = served.holds(small_plan(groups=groups, rules=Rules(group_weights=weights)))
    sitting.performs(c.OpenMeeting(sitting.plan))
    page = organiser.opens(panel(sitting), lang=language).text
    assert f"<td>{expert}</td>" in page
    assert "<td>市人大代表</td>" in page
    assert "市人大代表" in organiser.opens(f"/setup/{sitting.code}/rules", lang=language).text


def test_a_new_seat_is_of_the_group_of_the_last_and_called_so(organiser, served):
    sitting = served.holds(small_plan(groups=(Group("cppcc", "市政协委员"), *PRESETS[:2])))
    added = pressed(organiser, sitting, "add")
    new = next(name for name in added if name.startswith("seats.new-"))
    assert added[new] == "市政协委员1"
