"""The test vectors of the record by our own arithmetic; tests/browser/test_verifier.py has verify.html reckon them."""

from decimal import Decimal
from fractions import Fraction

import pytest

from app.meeting.draw.lots import commitment_of, drawn_order
from app.meeting.plan import QuorumBy, Rules
from app.meeting.scoring.numbers import rounded
from app.meeting.scoring.turnout import quorum_of
from app.meeting.sealing import rule_seal, sealed_text
from app.meeting.sheets.deciding import receipt_of
from tests.reckoned import comes_to, joined_of, plan_of, ranks_of, voted_of
from tests.vectors import FILE, all_cases, last_seals, readable, slips_of, vectors

VECTORS = vectors()


def of(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", VECTORS[name], ids=lambda case: case["says"])


@of("results")
def test_a_result_comes_to_what_it_came_to(case):
    assert comes_to(case) == case["comes_to"]


@of("rankings")
def test_a_ranking_comes_to_what_it_came_to(case):
    assert ranks_of(case) == case["ranks"]


@of("composites")
def test_parts_are_joined_as_they_were(case):
    assert joined_of(case) == case["comes_to"]


@of("votes")
def test_votes_give_the_points_they_gave(case):
    assert voted_of(case) == case["points"]


@of("polls")
def test_ballots_have_the_slips_and_receipts_that_they_had(case):
    assert {**case, **slips_of(case)} == case


@of("seals")
def test_a_rule_seal_is_what_it_was(case):
    plan = plan_of(case["plan"])
    assert (sealed_text(plan), rule_seal(plan)) == (case["sealed"], case["rule_seal"])


@of("chains")
def test_a_chain_has_the_seals_it_had(case):
    assert last_seals(case) == case["seals"]


def test_numbers_draws_and_receipts_come_out_as_they_did():
    for exact, places, text in VECTORS["rounded"]:
        assert str(rounded(Fraction(exact), places)) == text
    for quorum, parts, by, entitled, needed in VECTORS["quorum"]:
        rules = Rules(quorum=Decimal(quorum), quorum_parts=parts, quorum_by=QuorumBy(by))
        assert quorum_of(rules, entitled) == needed
    for salt, round, seat, marks, receipt in VECTORS["receipts"]:
        assert receipt_of(salt, round, seat, {id: Decimal(points) for id, points in marks.items()}) == receipt
    for seed, word, units, commitment, order in VECTORS["draws"]:
        assert (commitment_of(seed), list(drawn_order(seed, word, units))) == (commitment, order)


def test_the_vectors_are_all_there():
    assert {name: len(cases) for name, cases in all_cases().items()} == {
        name: len(each) for name, each in VECTORS.items()
    }
    assert readable(VECTORS) == FILE.read_text("utf-8")
