"""Places: a tenth is for those who are known, and no network takes all of the rest."""

import pytest

from app.live.capacity import Full, Places


def fill(places: Places, network: str) -> int:
    """How many places somebody gets who takes all there are."""
    taken = 0
    try:
        while True:
            places.take(network)
            taken += 1
    except Full:
        return taken


@pytest.mark.parametrize(("most", "open_to_all"), [(5000, 4500), (100, 90), (11, 10), (10, 9), (9, 9), (2, 2), (1, 1)])
def test_a_tenth_is_kept_for_those_who_are_known(most, open_to_all):
    places = Places(most, share=100)
    assert fill(places, "crowd") == open_to_all
    known = [places.take_known() for _ in range(most - open_to_all)]
    with pytest.raises(Full):
        places.take_known()
    for each in known:
        each.give_back()
    assert fill(places, "crowd") == 0


def test_one_network_has_a_share_and_the_next_one_the_rest():
    places = Places(100, share=60)
    assert [fill(places, network) for network in ("crowd", "crowd", "phone", "another")] == [54, 0, 36, 0]


def test_a_hall_of_four_thousand_behind_one_address_fits_in_what_is_set_by_default():
    from app.settings import Settings

    default = Settings()
    assert fill(Places(default.most_sockets, default.share_of_address), "hall") >= 4000


def test_who_is_known_never_counts_in_the_share():
    places = Places(100, share=10)
    for _ in range(50):
        places.take_known()
    assert fill(places, "hall") == 9


def test_a_place_is_given_back_once():
    places = Places(2, share=100)
    place = places.take("hall")
    place.give_back()
    place.give_back()
    assert fill(places, "hall") == 2


def test_nothing_is_remembered_of_networks_that_have_left():
    places = Places(10, share=100)
    for number in range(100):
        places.take(f"network {number}").give_back()
    assert places._strangers == {}
