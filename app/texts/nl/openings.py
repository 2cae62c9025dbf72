"""What people read about the days on which a form is open."""

TEXTS: dict[str, str] = {
    "season": "Dit formulier is open van {first} tot en met {last}.",
    "over": "Dit formulier is voorbij.",
    "until": "Je kan dit formulier insturen tot en met {day}.",
    "by_form": "De dagen staan in het formulier zelf, bij `opens:`. Met de hand openen kan hier niet.",
}
