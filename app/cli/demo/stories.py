"""What happened in Zandlede in the last weeks? Invented people, invented questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

Json = Mapping[str, object]
NOTHING: Json = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Step:
    """A button pressed ``after`` working days since the step before (or the submission), by whoever is responsible.
    ``opens``: the answers of the form that the button opens."""

    after: int
    action: str
    answers: Json = field(default_factory=lambda: NOTHING)
    reason: str = ""
    afternoon: bool = False
    opens: Json = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class Story:
    """A form handed in ``ago`` working days before today at ``hour``.00 local time, and what followed."""

    form: str
    ago: int
    hour: int
    answers: Json
    steps: tuple[Step, ...] = field(default=())


SPOKEN: Json = {
    "wijze": "bellen",
    "nota": "Kennisgemaakt en de vraag doorgenomen.",
    "privacy_info": "mondeling",
}
VISITED: Json = {"wijze": "langs", "nota": "Thuis langs geweest, koffie gedronken.", "privacy_info": "blad"}
NO_ANSWER: Json = {"kanaal": "bellen", "resultaat": "geen_antwoord"}
VOICEMAIL: Json = {"kanaal": "bellen", "resultaat": "voicemail"}
NOT_HOME: Json = {"kanaal": "langs", "resultaat": "niet_thuis"}
ON_TRACK: Json = {"stand": "vooruit", "nota": "Het gaat de goede kant op."}
PROPOSAL: Json = {"taak": "Samen iets zoeken dat past"}
"""Unless something fits: then the proposal is the best of what does."""
MADE_FOR_HIM: Json = {
    "wat": "Elektrische toestellen herstellen",
    "organisatie": "Repaircafé Statie",
    "talenten": ["herstellen"],
    "samen": "groep",
    "buurt": "statie",
    "steun": ["duidelijke_uitleg", "hulp_nederlands"],
    "contact_tel": "0400 00 00 71",
    "nagekeken": "ja",
}
NOTE_READ: Json = {"hoe": "samen", "gelezen": True}

DECIDED: Json = {"uitkomst": "toegekend"}
TERMS = (
    Step(0, "ontvangst_gegeven"),
    Step(0, "beslist", DECIDED),
    Step(0, "meegedeeld", reason="toegekend"),
)
"""What happens by itself with a question for support, whatever the story."""

REFERRERS: tuple[Json, ...] = (
    {
        "naam": "Wim Segers",
        "functie": "thuisverpleegkundige",
        "tel": "0400 00 00 31",
        "email": "wim.segers@zorg.example",
    },
    {
        "naam": "Lien Goossens",
        "functie": "huisarts",
        "tel": "0400 00 00 32",
        "email": "lien.goossens@praktijk.example",
    },
    {"naam": "Rita Mertens", "functie": "verzorgende", "tel": "0400 00 00 33"},
)

# naam, roepnaam, geboorte, dorp
RESIDENTS: tuple[tuple[str, str, str, str], ...] = (
    ("Vandenbulcke", "Maria", "1941", "oosthoek"),
    ("Daelemans", "Jozef", "1938", "statie"),
    ("'t Jolle", "Godelieve", "1947", "sint_amand_lede"),
    ("Rahimi", "Ahmad", "1989", "statie"),
    ("Peeters", "Els", "1990", "ter_heide"),
    ("El Amrani", "Fatima", "1975", "zandlede_centrum"),
    ("Vanhoutte", "Rik", "1958", "sint_amand_lede"),
    ("Kovalenko", "Olena", "1984", "zandlede_centrum"),
    ("Van den Broeck", "Irma", "1944", "zandlede_centrum"),
    ("De Smet", "Albert", "1936", "ter_heide"),
    ("Claeys", "Yvonne", "1949", "oosthoek"),
    ("Demir", "Selin", "2003", "statie"),
    ("D'hondt", "Frans", "1952", "zandlede_centrum"),
    ("Okafor", "Grace", "1992", "statie"),
    ("Lemmens", "Tine", "1986", "ter_heide"),
    ("Vanden Bossche", "Luc", "1963", "oosthoek"),
    ("Haddad", "Samir", "1979", "zandlede_centrum"),
    ("Wauters", "Roger", "1940", "sint_amand_lede"),
    ("Mertens", "Jana", "2007", "zandlede_centrum"),
    ("Smeets", "Carine", "1968", "statie"),
)


def _phone(place: int) -> str:
    return f"0400 00 00 {place % len(RESIDENTS) + 50:02d}"


def _card(who: int, ago: int, hour: int, *steps: Step, **more: object) -> Story:
    """A referral card for resident ``who``; two in three referrers have an e-mail address."""
    name, called, born, village = RESIDENTS[who % len(RESIDENTS)]
    answers: dict[str, object] = {
        "persoon.naam": name,
        "persoon.roepnaam": called,
        "persoon.geboorte": born,
        "buurt": village,
        "zorgen": ["eenzaam"],
        "dringend": "ja",
        "contact.tel": _phone(who),
        "contact.voorkeur": "bellen",
        "akkoord_contact": True,
        "akkoord_terug": True,
        "handtekening": {"way": "spoken", "data": "genoteerd door de doorverwijzer"},
    }
    answers |= {f"verwijzer.{key}": value for key, value in REFERRERS[who % len(REFERRERS)].items()}
    return Story("doorverwijskaart", ago, hour, answers | more, steps)


def _talk(who: int, ago: int, hour: int, *steps: Step, **more: object) -> Story:
    """A broad intake at the desk."""
    name, called, born, village = RESIDENTS[who % len(RESIDENTS)]
    answers: dict[str, object] = {
        "kanaal": "onthaal",
        "persoon.naam": name,
        "persoon.roepnaam": called,
        "persoon.geboorte": born,
        "buurt": village,
        "contact.gsm": _phone(who),
        "vraag_eigen_woorden": "Ik weet niet goed waar te beginnen.",
        "dringend": "nee",
        "geldvraag": "nee",
        "afspraken": [{"wat": "Bellen voor een volgend gesprek", "wie": "staff"}],
        "samenvatting_mee": "papier",
    }
    return Story("brede_intake", ago, hour, answers | more, steps)


def _volunteer(who: int, ago: int, hour: int, *steps: Step, **more: object) -> Story:
    """A talent talk."""
    name, called, _, village = RESIDENTS[who % len(RESIDENTS)]
    answers: dict[str, object] = {
        "persoon.naam": name,
        "persoon.roepnaam": called,
        "buurt": village,
        "contact.gsm": _phone(who),
        "hoe_hier": "zelf",
        "graag": "Onder de mensen zijn en iets nuttigs doen.",
        "talenten": ["luisteren"],
        "inkomen_statuut": "nee",
    }
    return Story("vrijwilligersintake", ago, hour, answers | more, steps)


def _spoken(after: int = 2, answers: Json = SPOKEN) -> Step:
    return Step(after, "bereikt", answers)


def _closed(after: int, reason: str) -> Step:
    return Step(after, "afronden", reason=reason)


def _called(after: int, reason: str) -> tuple[Step, Step]:
    """The referrer has no e-mail address: round off, and call."""
    return Step(after, "afronden_bel"), Step(1, "verwijzer_gebeld", reason=reason)


def _done(after: int, reason: str) -> Step:
    return Step(after, "afsluiten", reason=reason)


def _cards() -> Iterator[Story]:
    yield _card(0, 24, 9, _spoken(), _closed(8, "verbonden"))
    yield _card(1, 24, 14, _spoken(1), _closed(12, "verbonden"), zorgen=["eenzaam", "vervoer"])
    yield _card(8, 23, 10, _spoken(3, VISITED), *_called(9, "beantwoord"), zorgen=["hulp_thuis"])
    yield _card(9, 22, 11, Step(1, "niet_bereikt", NO_ANSWER), Step(2, "bereikt", SPOKEN, afternoon=True))
    yield _card(10, 21, 9, _spoken(), Step(6, "wacht_partner"), zorgen=["gezondheid"])
    yield _card(2, 20, 15, _spoken(2), *_called(10, "informatie"), zorgen=["papieren"])
    yield _card(12, 19, 10, Step(1, "wenst_geen_hulp", reason="wenst_geen_hulp"))
    yield _card(17, 18, 13, _spoken(2, VISITED), Step(8, "opgevolgd", ON_TRACK))
    yield _card(6, 17, 9, _spoken(3), zorgen=["wonen"], **{"persoon.geboorte": "1965"})
    yield _card(4, 16, 16, _spoken(1), _closed(7, "doorverwezen"), zorgen=["kinderen"])
    yield _card(
        15, 15, 9, Step(2, "niet_bereikt", VOICEMAIL), Step(2, "niet_bereikt", NO_ANSWER, afternoon=True)
    )
    yield _card(5, 14, 10, _spoken(), Step(3, "wacht_bewoner"), zorgen=["geld", "papieren"])
    yield _card(0, 13, 11, _spoken(2), zorgen=["vervoer"], akkoord_terug=False)
    yield _card(19, 12, 14, _spoken(3), _closed(5, "geen_aanbod"), zorgen=["gevoel"])
    yield _card(11, 11, 9, _spoken(2), zorgen=["andere"])
    yield _card(13, 10, 15, Step(1, "niet_bereikt", NO_ANSWER), zorgen=["wonen", "geld"])
    yield _card(1, 9, 9, _spoken(1), zorgen=["mantelzorg"])
    yield _card(16, 8, 10, _spoken(2), zorgen=["papieren"])
    yield _card(9, 7, 11, zorgen=["eenzaam", "hulp_thuis"])
    yield _card(14, 6, 13, _spoken(1), zorgen=["kinderen"])
    yield _card(2, 5, 9, Step(1, "niet_bereikt", NOT_HOME))
    yield _card(8, 4, 10, zorgen=["vertel_liever_zelf"])
    yield _card(7, 3, 14, zorgen=["andere"], buurt="andere_gemeente")
    yield _card(10, 2, 9, zorgen=["eenzaam"])
    yield _card(17, 1, 16, zorgen=["hulp_thuis"], dringend="deze_week")
    yield _card(12, 1, 10, zorgen=["gevoel"], dringend="vandaag")


def _talks() -> Iterator[Story]:
    money: Json = {"geldvraag": "ja", "vraag_eigen_woorden": "Ik krijg de energiefactuur niet betaald."}
    yield _talk(4, 23, 10, _spoken(2), _done(12, "beantwoord"), **{"domeinen.wonen": "zorgen"})
    yield _talk(
        16, 22, 9, _spoken(3), Step(9, "opgevolgd", ON_TRACK), **{"domeinen.inkomen": "zorgen", **money}
    )
    yield _talk(5, 21, 14, _spoken(1), **{"domeinen.werk": "kan_beter", "domeinen.taal_digitaal": "zorgen"})
    yield _talk(13, 20, 10, _spoken(4), **{"domeinen.kinderen": "zorgen", "domeinen.wonen": "kan_beter"})
    yield _talk(3, 19, 11, _spoken(2), _done(10, "doorverwezen"), **{"domeinen.papieren": "zorgen"})
    yield _talk(19, 18, 15, _spoken(2), Step(5, "wacht_partner"), **{"domeinen.psychisch": "zorgen"})
    yield _talk(15, 17, 9, Step(3, "niet_bereikt", NO_ANSWER), _spoken(2), **{"domeinen.netwerk": "zorgen"})
    yield _talk(
        11, 15, 10, _spoken(1), _done(8, "recht_toegekend"), **{"rechten.leefloon": "aangevraagd", **money}
    )
    yield _talk(14, 14, 13, _spoken(3), **{"domeinen.kinderen": "zorgen", "domeinen.mobiliteit": "kan_beter"})
    yield _talk(6, 13, 9, _spoken(2), Step(4, "wacht_bewoner"), **{"domeinen.gezondheid": "kan_beter"})
    yield _talk(16, 11, 16, _spoken(4), **{"domeinen.inkomen": "dringend", "domeinen.wonen": "zorgen"})
    yield _talk(7, 10, 10, _spoken(2), **{"domeinen.taal_digitaal": "zorgen", "domeinen.werk": "zorgen"})
    yield _talk(18, 8, 11, _spoken(3), **{"domeinen.gezin": "zorgen"})
    yield _talk(12, 7, 9, **{"domeinen.wonen": "zorgen", "domeinen.inkomen": "kan_beter"})
    yield _talk(5, 6, 14, _spoken(3), **{"domeinen.dagbesteding": "kan_beter"})
    yield _talk(13, 5, 10, **{"domeinen.veiligheid": "zorgen"})
    yield _talk(19, 4, 9, **{"domeinen.zorg_thuis": "zorgen", "domeinen.mobiliteit": "zorgen"})
    yield _talk(3, 3, 15, **{"domeinen.werk": "zorgen", **money})
    yield _talk(4, 2, 10, **{"domeinen.wonen": "zorgen", "domeinen.kinderen": "zorgen", **money})
    yield _talk(14, 1, 11, **{"domeinen.netwerk": "kan_beter"})


def _volunteers() -> Iterator[Story]:
    invited = Step(2, "uitgenodigd")
    talked = Step(4, "gesproken", VISITED)
    offer = Step(3, "voorstel", PROPOSAL)
    agreed = Step(2, "akkoord")
    read = Step(0, "nota_gelezen", NOTE_READ)
    start = Step(1, "start")
    yield _volunteer(
        3,
        24,
        11,
        invited,
        talked,
        Step(1, "op_maat", opens=MADE_FOR_HIM),
        offer,
        agreed,
        read,
        Step(1, "gemeld"),
        start,
        talenten=["herstellen"],
        ervaring="Elektricien",
        inkomen_statuut="leefloon",
    )
    yield _volunteer(7, 23, 10, invited, talked, offer, agreed, read, talenten=["talen", "koken"])
    yield _volunteer(
        6, 21, 14, invited, talked, offer, agreed, talenten=["rijden"], inkomen_statuut="ziekenfonds"
    )
    yield _volunteer(15, 20, 9, invited, talked, Step(4, "geen_match"))
    yield _volunteer(
        11,
        18,
        16,
        invited,
        talked,
        offer,
        Step(2, "anders", {"waarom": "moment"}),
        talenten=["muziek", "met_kinderen"],
    )
    yield _volunteer(5, 16, 10, invited, talked, offer, agreed, read, inkomen_statuut="werkloosheid")
    yield _volunteer(18, 14, 15, Step(1, "gesproken", VISITED), offer, talenten=["computer"])
    yield _volunteer(13, 12, 9, invited, talked, talenten=["koken", "organiseren"])
    yield _volunteer(
        2, 10, 11, invited, Step(3, "stopt", reason="gezondheid"), talenten=["luisteren", "met_ouderen"]
    )
    yield _volunteer(16, 8, 10, invited, talked, talenten=["tuin", "herstellen"])
    yield _volunteer(14, 6, 13, invited, talenten=["schrijven"])
    yield _volunteer(19, 4, 9, invited, talenten=["dieren"])
    yield _volunteer(12, 2, 14, talenten=["rijden", "luisteren"])
    yield _volunteer(8, 1, 9, talenten=["met_ouderen"])


def stories() -> tuple[Story, ...]:
    """All stories: 26 cards, 20 broad intakes and 14 talent talks."""
    return (*_cards(), *_talks(), *_volunteers())
