"""Random wishes and profiles, of the shapes that slots have."""

from __future__ import annotations

from hypothesis import strategies as st

from advisor.dialogue.profile import Profile, Wish

STATES = ("CA", "MA", "NY", "PA", "TX", "WA")
limits = st.fixed_dictionaries({}, optional={"min": st.integers(0, 40_000), "max": st.integers(1, 90_000)}).filter(
    lambda ends: ends and ends.get("min", 0) <= ends.get("max", 90_000)
)
some_states = st.lists(st.sampled_from(STATES), min_size=1, max_size=3, unique=True).map(tuple)
texts = st.lists(st.text(min_size=1, max_size=9), min_size=1, max_size=3, unique=True).map(tuple)
values = {
    "tuition": limits,
    "total_cost": limits,
    "graduation_rate": st.fixed_dictionaries({"min": st.integers(90, 100)}),
    "rank": st.fixed_dictionaries({"max": st.integers(1, 25)}),
    "duration_months": st.fixed_dictionaries({"max": st.integers(9, 30)}),
    "states": some_states,
    "exclude_states": some_states,
    "control": st.sampled_from(["public", "private"]),
    "goal": st.sampled_from(["research", "industry"]),
    "online": st.booleans(),
    "part_time": st.booleans(),
    "companies": st.sampled_from([("Google",), ("Boeing",), ("Uber", "Intel")]),
    "priorities": st.sampled_from([("cost",), ("prestige",), ("research", "graduation")]),
    "interests": texts,
    "gpa": st.floats(0, 4),
}
wishes = st.sampled_from(sorted(values)).flatmap(
    lambda slot: st.builds(
        Wish, st.just(slot), values[slot], st.booleans(), st.sampled_from(["set", "add"]), st.text(max_size=9)
    )
)
matchable = st.sampled_from(sorted(set(values) - {"interests", "gpa"})).flatmap(
    lambda slot: st.builds(Wish, st.just(slot), values[slot])
)


def profile(wished: list[Wish]) -> Profile:
    """The profile that the wishes come to, in their order."""
    made = Profile()
    for wish in wished:
        made = made.with_wish(wish)
    return made


profiles = st.lists(wishes, max_size=5).map(profile)
matchable_profiles = st.lists(matchable, max_size=4).map(profile)
