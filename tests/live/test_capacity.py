"""Places: a tenth is for those who are known, and no network takes all of the rest."""

import pytest

from app.live.capacity import Capacity, Full


def fill(capacity: Capacity, network: str) -> int:
    """How many places somebody gets who takes all there are."""
    taken = 0
    try:
        while True:
            capacity.take(network)
            taken += 1
    except Full:
        return taken


@pytest.mark.parametrize(("most", "open_to_all"), [(5000, 4500), (100, 90), (11, 10), (10, 9), (9, 9), (2, 2), (1, 1)])
def test_a_tenth_is_kept_for_those_who_are_known(most, open_to_all):
    capacity = Capacity(most, share=100)
    assert fill(capacity, "crowd") == open_to_all
    known = [capacity.take_known() for _ in range(most - open_to_all)]
    with pytest.raises(Full):
        capacity.take_known()
    for each in known:
        each.give_back()
    assert fill(capacity, "crowd") == 0


def test_one_network_has_a_share_and_the_next_one_the_rest():
    capacity = Capacity(100, share=60)
    assert [fill(capacity, network) for network in ("crowd", "crowd", "phone", "another")] == [54, 0, 36, 0]


def test_a_hall_of_four_thousand_behind_one_address_fits_in_what_is_set_by_default():
    from app.settings import Settings

    default = Settings()
    assert fill(Capacity(default.most_sockets, default.share_of_address), "hall") >= 4000


def test_who_is_known_never_counts_in_the_share():
    capacity = Capacity(100, share=10)
    for _ in range(50):
        capacity.take_known()
    assert fill(capacity, "hall") == 9


def test_a_place_is_given_back_once():
    capacity = Capacity(2, share=100)
    place = capacity.take("hall")
    place.give_back()
    place.give_back()
    assert fill(capacity, "hall") == 2


def test_nothing_is_remembered_of_networks_that_have_left():
    capacity = Capacity(10, share=100)
    for number in range(100):
        capacity.take(f"network {number}").give_back()
    assert capacity._strangers == {}
