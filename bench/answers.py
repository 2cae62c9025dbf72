"""One filled-in broad intake, as each of the two applications posts it."""

from __future__ import annotations

DOMAINS = (
    "inkomen", "wonen", "gezondheid", "psychisch", "afhankelijkheid", "zorg_thuis", "gezin", "veiligheid", "kinderen",
    "werk", "dagbesteding", "netwerk", "mobiliteit", "papieren", "taal_digitaal",
)  # fmt: skip
RIGHTS = (
    "verhoogde_tegemoetkoming", "sociaal_tarief_energie", "zorgbudget_ouderen", "zorgbudget_zorgbehoevenden", "igo",
    "huurpremie", "schooltoeslag", "groeipakket_toeslag", "verwarmingstoelage", "uitpas", "minder_mobielen_centrale",
    "parkeerkaart", "disability_card", "leefloon",
)  # fmt: skip
PLAIN = {
    "kanaal": "onthaal",
    "persoon.roepnaam": "Rik",
    "persoon.naam": "Vanhoutte",
    "persoon.geboorte": "1958",
    "buurt": "statie",
    "contact.tel": "0400 00 00 07",
    "contact.voorkeur": "bellen",
    "vraag_eigen_woorden": "Er is vocht in huis en de eigenaar antwoordt niet.",
    "verwachting": "Weten wie ik kan bellen.",
    "dringend": "nee",
    "geldvraag": "nee",
    "domein_sterk": "Goede buren.",
    "samenvatting_mee": "papier",
}
SCORES = dict.fromkeys(DOMAINS, "niet_besproken") | {"wonen": "zorgen", "netwerk": "gaat_goed"}
NOTE = "Schimmel in de slaapkamer."
MISSING = {"persoon.roepnaam": "", "vraag_eigen_woorden": ""}
"""Two required answers left out."""
AGREEMENT = {"wat": "De eigenaar een brief sturen", "tegen": "2030-11-16", "domein": "wonen"}


def for_product(*, who: str) -> dict[str, str]:
    """Input names of the product; ``who`` is the value its page offers for a colleague."""
    posted = dict(PLAIN)
    posted |= {f"domeinen.{domain}": score for domain, score in SCORES.items()}
    posted["domeinen.wonen.nota"] = NOTE
    posted |= {f"rechten.{right}": "niet_besproken" for right in RIGHTS}
    posted |= {f"afspraken.0.{name}": value for name, value in AGREEMENT.items()}
    return posted | {"afspraken.0.wie": who}


def for_control() -> dict[str, str]:
    """Input names of the control."""
    posted = {name.replace(".", "__"): value for name, value in PLAIN.items()}
    posted |= SCORES
    posted |= {f"{domain}_nota": "" for domain in DOMAINS} | {"wonen_nota": NOTE}
    posted |= dict.fromkeys(RIGHTS, "niet_besproken")
    posted |= {f"afspraken-0-{name}": value for name, value in AGREEMENT.items()}
    return posted | {"afspraken-0-wie": "staff"}
