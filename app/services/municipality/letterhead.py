"""How does the municipality sign what it prints?"""

from __future__ import annotations

from app.documents import house
from app.documents.house import House
from app.engine.model.people import World
from app.services.municipality import municipalities, settings
from app.services.municipality.logo import LOGO
from app.storage.database import Transaction
from app.storage.repositories import picture_rows


def house_of(tx: Transaction, world: World, controller: str = "") -> House:
    """The municipality as it signs, with its logo, colour and telephone."""
    told = settings.of(world)
    logo = picture_rows.get(tx, LOGO) if told.logo else None
    return House(
        name=municipalities.name_of(world.municipality),
        service=told.controllers.get(controller, ""),
        phone=told.phone,
        email=told.reply_to,
        accent=told.accent or house.DEFAULT_ACCENT,
        logo=house.picture(logo[0], logo[1], 400, 100) if logo else "",
    )
