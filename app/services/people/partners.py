"""Which organisations do we refer to? The register (sociale kaart): what they offer, where, and whom to call.

A register rots when nobody looks: every organisation says when it is looked over again and by whom, and what is not
known of it is told beside it. Archived, never deleted: old referrals keep their name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from app.engine.policy import Act, Actor, may
from app.services import once
from app.services.errors import Conflict, Forbidden, Invalid, NotFound
from app.services.people.partner_record import MOST_PEOPLE, ContactPerson, Partner, Protocol, faults, free_key
from app.storage import history, json_codec
from app.storage.database import Transaction, transaction
from app.storage.ids import new_id
from app.storage.repositories import account_rows, partner_rows


def listed(actor: Actor, *, archived: bool = False) -> list[Partner]:
    """Partners by name; ``archived`` ones only when asked for. Raises ``Forbidden``."""
    _may_read(actor)
    with transaction(actor.municipality, readonly=True) as tx:
        return [of_row(tx, row) for row in partner_rows.partners(tx) if row["active"] or archived]


def one(actor: Actor, key: str) -> Partner:
    """One partner, archived or not. Raises ``Forbidden``, ``NotFound``."""
    _may_read(actor)
    with transaction(actor.municipality, readonly=True) as tx:
        found = get(tx, key)
    if found is None:
        raise NotFound
    return found


def get(tx: Transaction, key: str) -> Partner | None:
    """The partner of that key, archived or not."""
    row = partner_rows.partner(tx, key)
    return of_row(tx, row) if row is not None else None


def add(actor: Actor, partner: Partner, *, token: str = "") -> str:
    """A new partner; its key. With the same ``token``, minted with the page, it is the same partner. Raises
    ``Forbidden``, ``Invalid`` (per field), ``Conflict`` (``partner_exists``, or as ``once.first``)."""
    _may_edit(actor)
    (key,) = add_all(actor, (partner,), token=token)
    return key


def add_all(actor: Actor, partners: Iterable[Partner], *, token: str = "") -> tuple[str, ...]:
    """Several new ones, all or none; their keys. Raises as :func:`add`."""
    _may_edit(actor)
    taken = [_checked(item) for item in partners]
    with transaction(actor.municipality) as tx:
        before = once.first(tx, actor, token, json_codec.to_plain(taken))
        if before is not None:
            return tuple(before["keys"].split())
        known = {row["key"] for row in partner_rows.partners(tx)}
        keys: list[str] = []
        for item in taken:
            key = item.key or free_key(item.name, known)
            if not partner_rows.insert_partner(tx, key, _values(tx, actor, key, item)):
                raise Conflict("partner_exists", name=item.name)
            known.add(key)
            keys.append(key)
            history.append(tx, None, "partner_set", {"partner": key}, by=actor.account)
        once.gave(tx, token, keys=" ".join(keys))
        account_rows.staff_changed(tx)
    return tuple(keys)


def save(actor: Actor, partner: Partner) -> None:
    """Change a partner that was shown in ``partner.version``.

    Raises ``Forbidden``, ``NotFound``, ``Invalid`` (per field), ``Conflict`` (``partner_changed``; ``current`` is how
    it stands now).
    """
    _may_edit(actor)
    partner = _checked(partner)
    with transaction(actor.municipality) as tx:
        before = get(tx, partner.key)
        if before is None:
            raise NotFound
        values = _values(tx, actor, partner.key, partner)
        if not partner_rows.update_partner(tx, partner.key, values, seen=partner.version):
            raise Conflict("partner_changed", current=before)
        history.append(tx, None, "partner_set", {"partner": partner.key}, by=actor.account)
        account_rows.staff_changed(tx)


def archive(actor: Actor, key: str, *, seen: int, active: bool = False) -> None:
    """Nobody is referred there any more; or, with ``active``, again. Raises as :func:`save`."""
    save(actor, replace(one(actor, key), active=active, version=seen))


def looked_over(actor: Actor, key: str, *, seen: int, again_on: date) -> None:
    """Somebody saw that everything is still right, and says when it is looked over again. Raises as :func:`save`."""
    save(actor, replace(one(actor, key), review_on=again_on, version=seen))


def of_row(tx: Transaction, row: Mapping[str, Any]) -> Partner:
    """A partner as it is stored."""
    details, protocol = row["details"], row["details"].get("protocol") or {}
    people = tx.sealer.open_json(("partner", row["id"], "people"), row["people"]) if row["people"] else ()
    return Partner(
        key=row["key"],
        name=row["name"],
        kind=row["kind"],
        email=row["email"],
        phone=row["phone"],
        website=details.get("website", ""),
        offer=details.get("offer", ""),
        themes=tuple(details.get("themes", ())),
        places=tuple(details.get("places", ())),
        people=tuple(ContactPerson(**item) for item in people),
        protocol=Protocol(
            protocol.get("id", ""),
            protocol.get("url", ""),
            _day(protocol.get("until")),
            protocol.get("advice", ""),
        ),
        contact_point=row["contact_point"],
        review_on=row["review_on"],
        owner=row["owner"] or "",
        active=row["active"],
        version=row["version"],
        updated_at=row["updated_at"] or row["created_at"],
        updated_by=row["updated_by"] or "",
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _values(tx: Transaction, actor: Actor, key: str, partner: Partner) -> dict[str, Any]:
    row = partner_rows.partner(tx, key)
    place = row["id"] if row is not None else new_id()
    fresh = {} if row is not None else {"id": place}
    protocol = json_codec.to_plain(partner.protocol)
    return fresh | {
        "name": partner.name,
        "kind": partner.kind,
        "email": partner.email,
        "phone": partner.phone,
        "contact_point": partner.contact_point,
        "details": {
            "website": partner.website,
            "offer": partner.offer,
            "themes": list(partner.themes),
            "places": list(partner.places),
            "protocol": protocol,
        },
        "people": tx.sealer.seal_json(
            ("partner", place, "people"), [json_codec.to_plain(item) for item in partner.people]
        )
        if partner.people
        else None,
        "active": partner.active,
        "review_on": partner.review_on,
        "owner": partner.owner or None,
        "updated_at": tx.now,
        "updated_by": actor.account or None,
    }


def _checked(partner: Partner) -> Partner:
    """``partner`` without blanks around what was typed. Raises ``Invalid``."""
    people = tuple(
        item for item in partner.people if item.name.strip() or item.phone.strip() or item.email.strip()
    )
    tidy = replace(
        partner,
        name=" ".join(partner.name.split()),
        email=partner.email.strip().lower(),
        phone=partner.phone.strip(),
        website=partner.website.strip(),
        offer=partner.offer.strip(),
        people=people[:MOST_PEOPLE],
    )
    errors = tuple(faults(tidy))
    if errors:
        raise Invalid("partner_invalid", errors=errors)
    return tidy


def _may_read(actor: Actor) -> None:
    if not may(actor, Act.STAFFING_READ):
        raise Forbidden(str(Act.STAFFING_READ))


def _may_edit(actor: Actor) -> None:
    if not may(actor, Act.STAFFING_EDIT) and not may(actor, Act.ACCOUNTS_EDIT):
        raise Forbidden(str(Act.STAFFING_EDIT))
