"""What holds after the student's acts."""

from __future__ import annotations

from hypothesis import given, strategies as st

from advisor.dialogue.acts import (
    AskGuide,
    Compare,
    Inform,
    NoPreference,
    OutOfScope,
    Recommend,
    RequestFacts,
    Restart,
    Social,
    Unclear,
    Undo,
    UserAct,
)
from advisor.dialogue.profile import Profile, Wish
from advisor.dialogue.state import DialogueState
from advisor.dialogue.tracking import track
from tests.advisor.dialogue.wishing import profiles, wishes

UNDER_20 = Wish("tuition", {"max": 20_000})
IN_TEXAS = Wish("states", ("TX",))
NEUTRAL = (Unclear(), OutOfScope(), Social(kind="thanks"), AskGuide(text="is a thesis worth it"), Recommend())


def after(*acts: UserAct, state: DialogueState | None = None) -> DialogueState:
    """The state after turns of one act each."""
    state = state or DialogueState()
    for act in acts:
        state = track(state, (act,))
    return state


def of(profile: Profile) -> DialogueState:
    return DialogueState(profile=profile)


@given(profiles, st.lists(wishes, min_size=1, max_size=3))
def test_undo_restores_the_profile(profile: Profile, told: list[Wish]) -> None:
    state = after(Inform(wishes=tuple(told)), Undo(), state=of(profile))
    assert state.profile == profile


@given(profiles, st.lists(wishes, min_size=1, max_size=4))
def test_as_many_undos_as_changes_lead_back_to_the_start(profile: Profile, told: list[Wish]) -> None:
    changed = after(*(Inform(wishes=(wish,)) for wish in told), state=of(profile))
    assert after(*(Undo() for _ in told), state=changed).profile == profile


@given(profiles)
def test_undo_takes_a_restart_back(profile: Profile) -> None:
    assert after(Restart(), Undo(), state=of(profile)).profile == profile


@given(profiles, st.lists(wishes, min_size=1, max_size=3))
def test_a_what_if_leaves_the_profile_alone(profile: Profile, told: list[Wish]) -> None:
    state = after(Inform(wishes=tuple(told), hypothetical=True), state=of(profile))
    assert state.profile == profile
    assert state.what_if is not None and all(wish.slot in state.what_if for wish in told)


@given(profiles, st.sampled_from(NEUTRAL))
def test_what_tells_no_wish_changes_no_profile(profile: Profile, act: UserAct) -> None:
    assert after(act, state=of(profile)).profile == profile


@given(profiles, st.lists(wishes, max_size=4))
def test_the_state_before_stays_as_it_was(profile: Profile, told: list[Wish]) -> None:
    state = of(profile)
    before = state.to_dict()
    after(Inform(wishes=tuple(told)), state=state)
    assert state.to_dict() == before


@given(profiles)
def test_a_restart_forgets_everything_said(profile: Profile) -> None:
    state = after(NoPreference(slot="goal"), Restart(), state=of(profile))
    assert not state.profile and not state.indifferent and not state.shortlist


def test_wishes_of_several_turns_add_up() -> None:
    state = after(Inform(wishes=(UNDER_20,)), Inform(wishes=(IN_TEXAS,)))
    assert state.profile.to_dict() == {"tuition": {"max": 20_000}, "states": ["TX"]}


def test_a_place_named_anew_replaces_the_place_before() -> None:
    near = Wish("near", {"place": "Boston", "miles": 60})
    state = after(Inform(wishes=(IN_TEXAS,)), Inform(wishes=(near,)))
    assert state.profile.to_dict() == {"near": {"place": "Boston", "miles": 60}}


def test_a_budget_in_all_replaces_a_budget_a_year() -> None:
    total = Wish("total_cost", {"max": 50_000})
    assert "tuition" not in after(Inform(wishes=(UNDER_20,)), Inform(wishes=(total,))).profile


def test_what_is_let_go_is_gone() -> None:
    state = after(Inform(wishes=(UNDER_20, IN_TEXAS)), Inform(forget=("states",)))
    assert list(state.profile.wishes) == ["tuition"]


def test_a_what_if_lasts_until_the_talk_turns_elsewhere() -> None:
    state = after(Inform(wishes=(UNDER_20,), hypothetical=True))
    assert after(AskGuide(text="is it worth it"), state=state).what_if is None


def test_a_wish_on_a_slot_ends_the_indifference() -> None:
    state = after(NoPreference(slot="tuition"), Inform(wishes=(UNDER_20,)))
    assert "tuition" not in state.indifferent


def test_programs_asked_about_are_in_focus() -> None:
    asked = RequestFacts(programs=("emory-university",), fields=("tuition",))
    compared = Compare(programs=("clark-university", "emory-university"))
    assert after(asked).focus == ("emory-university",)
    assert after(asked, compared).focus == ("clark-university", "emory-university")


def test_turns_are_counted() -> None:
    assert after(Restart(), Undo(), Unclear()).turn == 3
