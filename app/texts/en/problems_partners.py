"""What can be wrong with a case for a partner, and with who hears something?"""

TEXTS: dict[str, str] = {
    "S181": "`partner:` does not fit here.",
    "S181.hint": "Put `partner:` beside `case:`. What goes along stands in `shares:` of the consent: remove `carry:`.",
    "G461": "The partner of `{partner}` gets this without a consent that says what is shared.",
    "G461.hint": "Put a `consent:` with one agreement beside `partner:`, for instance `consent: row.akkoord`, and give "
    "that agreement `shares:`.",
    "G462": "The message `{message}` goes to `{to}`, but this process does not know who that is.",
    "G462.hint": "Only a process that is opened with `case:` and `partner:` can write to a partner. Otherwise send it "
    "to `holder`, `resident` or `referrer`.",
    "G463": "The button `{action}` invites a partner, but this process is about no partner.",
    "G463.hint": "Open this process in `also:` with `case:` and `partner:`, or remove `invite_partner`.",
    "G464": "This way a case ends without the referrer hearing anything: {path}.",
    "G464.hint": "Give a button on this way a `feedback:` to `referrer`. With `if:` the consent decides whether it "
    "goes.",
}
