"""What can a volunteer come and do in Zandlede? Invented organisations, ordinary tasks."""

from __future__ import annotations

from collections.abc import Iterator

from app.cli.demo.stories import Step, Story

_GUIDED = ("rustig_tempo", "duidelijke_uitleg", "hulp_nederlands")


def tasks() -> Iterator[Story]:
    """A dozen tasks, the oldest first; each with what the place can give."""
    yield _task(
        30, "Meehelpen in het repaircafé", "Repaircafé Statie", "statie",
        talenten=["herstellen"], wanneer=["do.nm", "za.vm"], samen="groep", plaatsen=2,
        steun=["rustig_tempo", "duidelijke_uitleg", "rolstoel", "vaste_plaats"],
        uitleg="Samen met bewoners kleine toestellen nakijken. De eerste keer kijk je mee.",
    )  # fmt: skip
    yield _task(
        28, "Koken in het dorpsrestaurant", "Dorpsrestaurant De Tafel", "zandlede_centrum",
        talenten=["koken"], wanneer=["di.vm", "do.vm"], samen="groep", plaatsen=3,
        steun=[*_GUIDED, "meegaan", "rolstoel"],
    )  # fmt: skip
    yield _task(
        27, "Voorlezen in de bibliotheek", "Bibliotheek Zandlede", "zandlede_centrum",
        talenten=["met_kinderen", "talen"], wanneer=["wo.nm"], samen="met_een", met_kinderen="ja",
        steun=["rolstoel", "vaste_plaats"],
    )  # fmt: skip
    yield _task(
        26, "Praten aan de praattafel Nederlands", "Open School", "zandlede_centrum",
        talenten=["talen", "luisteren"], wanneer=["ma.av", "do.av"], samen="groep", plaatsen=4,
        steun=["duidelijke_uitleg", "kosten_terug"],
    )  # fmt: skip
    yield _task(
        25, "De buurttuin onderhouden", "Buurttuin Oosthoek", "oosthoek",
        talenten=["tuin"], wanneer=["za.vm"], samen="groep", plaatsen=5, steun=["rustig_tempo", "meegaan"],
    )  # fmt: skip
    yield _task(
        22, "Mee naar de markt met bewoners", "Woonzorgcentrum Ter Heide", "ter_heide",
        talenten=["met_ouderen", "luisteren"], wanneer=["vr.vm"], samen="met_een", plaatsen=3,
        steun=["duidelijke_uitleg", "rolstoel", "kosten_terug"],
    )  # fmt: skip
    yield _task(
        20, "Rijden voor de mindermobielencentrale", "Mindermobielencentrale", "",
        talenten=["rijden"], samen="alleen", plaatsen=6, steun=["kosten_terug", "duidelijke_uitleg"],
    )  # fmt: skip
    yield _task(
        18, "Helpen bij het digipunt", "Digipunt Zandlede", "zandlede_centrum",
        talenten=["computer", "luisteren"], wanneer=["di.nm"], samen="met_een",
        steun=["rustig_tempo", "duidelijke_uitleg", "rolstoel"],
    )  # fmt: skip
    yield _task(
        16, "Muziek maken op de buurtnamiddag", "Buurthuis Sint-Amand", "sint_amand_lede",
        talenten=["muziek"], wanneer=["zo.nm"], samen="groep", plaatsen=2, steun=["meegaan", "rolstoel"],
    )  # fmt: skip
    yield _task(
        14, "Het dorpskrantje schrijven", "Dorpsraad Statie", "statie",
        talenten=["schrijven", "organiseren"], samen="groep", plaatsen=2, steun=["rustig_tempo"],
    )  # fmt: skip
    yield _task(
        11, "Honden uitlaten voor wie ziek is", "Buurthulp Ter Heide", "ter_heide",
        talenten=["dieren"], samen="alleen", plaatsen=4, steun=["rustig_tempo"],
    )  # fmt: skip
    yield _task(
        6, "Fietsen nakijken op school", "Basisschool De Linde", "statie",
        talenten=["herstellen", "met_kinderen"], wanneer=["wo.vm"], samen="met_een", met_kinderen="ja",
        steun=["vaste_plaats"],
    )  # fmt: skip


def _task(ago: int, what: str, organisation: str, village: str, *steps: Step, **more: object) -> Story:
    answers: dict[str, object] = {
        "wat": what,
        "organisatie": organisation,
        "nagekeken": "ja",
        "contact_tel": f"0400 00 00 {80 + ago % 20:02d}",
        **more,
    }
    if village:
        answers["buurt"] = village
    return Story("vrijwilligerstaak", ago, 9, answers, steps)
