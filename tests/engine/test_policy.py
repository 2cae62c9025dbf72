"""Who may do what: the visibility matrix as promises."""

from __future__ import annotations

import pytest

from app.definitions.expressions.scope import ROLES as CLOSED_LIST
from app.engine.access import ANYONE, SIGNED_IN
from app.engine.policy import ANONYMOUS, CONTENT, POLICY, Act, Actor, Relation, by_link, may, may_ever

ROLES = [role for role in POLICY if role not in (ANYONE, SIGNED_IN)]


def somebody(*roles: str) -> Actor:
    return Actor("a", "zandlede", "A", frozenset(roles))


def test_every_role_of_the_closed_list_has_a_row() -> None:
    assert set(ROLES) == set(CLOSED_LIST)


@pytest.mark.parametrize("act", list(Act))
def test_a_visitor_can_only_do_what_is_public(act: Act) -> None:
    public = {
        Act.PAGE_PUBLIC,
        Act.FORM_FILL_PUBLIC,
        Act.RECEIPT_READ,
        Act.CASE_OWN,
        Act.REFERRAL_ANSWER,
        Act.ASK_ANSWER,
    }
    assert may_ever(ANONYMOUS, act) == (act in public)


@pytest.mark.parametrize("role", ["form_admin", "system_admin", "policy", "volunteer", "partner", "referrer"])
@pytest.mark.parametrize("act", sorted(CONTENT))
def test_whoever_runs_the_system_or_reads_numbers_never_sees_a_case(role: str, act: Act) -> None:
    assert not may_ever(somebody(role), act)


def test_a_contact_person_reads_own_replaced_and_shared_cases_and_no_others() -> None:
    contact = somebody("contact")
    allowed = {relation for relation in Relation if may(contact, Act.CASE_READ, relation)}
    assert allowed == {Relation.OWN, Relation.SUBSTITUTE, Relation.SHARED}
    assert may(contact, Act.CASE_FIND, Relation.OTHER)
    assert not may(contact, Act.CASE_ACT, Relation.SHARED)


def test_reception_reads_what_stands_in_its_own_queue() -> None:
    reception = somebody("reception")
    assert may(reception, Act.CASE_READ, Relation.SERVICE)
    assert not may(reception, Act.CASE_READ, Relation.OTHER)


def test_a_restricted_case_is_its_holders_only() -> None:
    for role in ROLES:
        for relation in set(Relation) - {Relation.OWN}:
            assert not may(somebody(role), Act.CASE_READ_RESTRICTED, relation), (role, relation)
    assert may(somebody("contact"), Act.CASE_READ_RESTRICTED, Relation.OWN)


def test_a_team_lead_sees_metadata_of_all_and_content_only_with_a_reason() -> None:
    lead = somebody("team_lead")
    assert may(lead, Act.OVERVIEW_READ)
    assert may(lead, Act.CASE_READ_WITH_REASON, Relation.OTHER)
    assert not may(lead, Act.CASE_READ, Relation.OTHER)


def test_policy_staff_get_numbers_and_nothing_else() -> None:
    acts = {act for act in Act if may_ever(somebody("policy"), act)}
    assert acts == {
        Act.REPORTS_READ,
        Act.REPORT_AUDIENCE,
        Act.FIGURES_EDIT,
        Act.ACCOUNT_OWN,
        Act.PAGE_PUBLIC,
        Act.FORM_FILL_PUBLIC,
        Act.RECEIPT_READ,
        Act.CASE_OWN,
        Act.REFERRAL_ANSWER,
        Act.ASK_ANSWER,
    }


def test_only_a_form_administrator_publishes() -> None:
    assert [role for role in ROLES if may_ever(somebody(role), Act.DEFINITIONS_PUBLISH)] == ["form_admin"]


def test_a_function_that_a_municipality_adds_grants_nothing_by_itself() -> None:
    assert not may_ever(somebody("maatschappelijk_werker"), Act.QUEUE_READ)


def test_a_referrer_by_link_may_fill_in_the_card_without_an_account() -> None:
    assert may(by_link("zandlede"), Act.FORM_FILL_REFERRER)
    assert not may(by_link("zandlede"), Act.ACCOUNT_OWN, Relation.OWN)


def test_pseudo_roles_cannot_be_worn() -> None:
    assert not may(Actor("", "zandlede", roles=frozenset({"signed_in"})), Act.ACCOUNT_OWN, Relation.OWN)
