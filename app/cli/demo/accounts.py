"""Who can sign in to the demo?"""

PASSWORD = "minder mazen meer net"  # noqa: S105 - invented people only; refused outside the demo

ACCOUNTS = (
    ("hilde.claes@zandlede.example", "onthaal"),
    ("joris.maes@zandlede.example", "aanspreekpunt 65+"),
    ("nele.lambrecht@zandlede.example", "buurtzorgregisseur"),
    ("sofie.wouters@zandlede.example", "maatschappelijk werker"),
    ("marleen.baert@zandlede.example", "vrijwilligerscoördinator"),
    ("karin.thijs@zandlede.example", "diensthoofd"),
    ("tom.aerts@zandlede.example", "formulierbeheerder"),
    ("ilse.verbeke@zandlede.example", "functionaris gegevensbescherming"),
    ("pieter.bogaert@zandlede.example", "beleid"),
    ("paul.desmet@zandlede.example", "vrijwilliger"),
)
