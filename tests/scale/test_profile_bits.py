"""The bits of a profile say the same as the obvious comparison."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klaver.scale.profile_bits import decode, encode, fits

levels = st.integers(0, 4)
profiles = st.fixed_dictionaries(dict.fromkeys(range(1, 37), levels))
partial = st.dictionaries(st.integers(1, 36), levels)


def obviously_fits(demand: dict[int, int], ability: dict[int, int]) -> bool:
    return all(demand[n] <= ability[n] for n in range(1, 37))


@given(profiles)
def test_nothing_is_lost_in_the_bits(profile: dict[int, int]) -> None:
    words = encode(profile)
    assert decode(words) == profile
    assert all(0 <= word < 1 << 60 for word in words)


@given(profiles, profiles)
def test_the_bits_fit_exactly_when_no_demand_is_higher(demand: dict[int, int], ability: dict[int, int]) -> None:
    assert fits(encode(demand), encode(ability)) == obviously_fits(demand, ability)


@given(profiles, st.integers(1, 36), profiles)
def test_one_level_too_high_is_enough_to_not_fit(ability: dict[int, int], number: int, below: dict[int, int]) -> None:
    demand = {n: min(below[n], ability[n]) for n in ability}
    assert fits(encode(demand), encode(ability))
    if ability[number] < 4:
        assert not fits(encode({**demand, number: ability[number] + 1}), encode(ability))


@given(profiles, partial)
def test_an_unknown_ability_gives_two_bounds_and_sure_is_never_more_than_possible(
    demand: dict[int, int], known: dict[int, int]
) -> None:
    sure = fits(encode(demand), encode(known, unknown=0))
    possible = fits(encode(demand), encode(known, unknown=4))
    assert sure <= possible


def test_a_person_is_never_shut_out_because_an_ability_is_unknown() -> None:
    asked = encode(dict.fromkeys(range(1, 37), 3))
    assert fits(asked, encode({}, unknown=4))
    assert not fits(asked, encode({}, unknown=0))


def test_an_unknown_level_is_not_read_as_zero_in_silence() -> None:
    with pytest.raises(ValueError, match="dimension 2 is not known"):
        encode({1: 3})


@pytest.mark.parametrize("wrong", [{0: 1}, {37: 1}, {1: 5}, {1: -1}])
def test_what_is_not_on_the_scale_is_refused(wrong: dict[int, int]) -> None:
    with pytest.raises(ValueError, match="dimension"):
        encode(wrong, unknown=0)


@pytest.mark.parametrize("words", [(0b1010, 0, 0), (0, 0, 1 << 40), (1 << 60, 0, 0)])
def test_bits_that_are_no_profile_are_refused(words: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match=r"no level|outside"):
        decode(words)
