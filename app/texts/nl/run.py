"""What ``meernet run`` says in the terminal."""

TEXTS: dict[str, str] = {
    "already": (
        "Meernet draait al op {folder} (proces {process}). Stop dat eerst, of kies een andere map met MEERNET_DATA_DIR."
    ),
    "port_taken": "Poort {port} op {host} is bezet. Kies een andere: MEERNET_PORT=8001 make run",
    "no_redis": "Geen Redis of Valkey gevonden: de sweep doet het werk alleen, met een paar seconden vertraging.",
    "preparing": "Databank en formulieren worden klaargezet …",
    "prepare_failed": "Het klaarzetten is mislukt; hierboven staat waarom.",
    "no_database": "De databank in MEERNET_DATABASE_URL antwoordt niet.",
    "ready": "Meernet staat klaar op {address}",
    "accounts": "Demo-accounts (wachtwoord voor allemaal: {password})",
    "account": "  {name:<28} {role}",
    "first_link": "Hier woont nog geen gemeente. Begin er een met deze link, die een dag geldig is:\n{link}",
    "stop_hint": "Ctrl-C stopt alles; wat je invulde blijft bewaard in {folder}.",
    "stopping": "Meernet stopt …",
    "stopped": "Meernet is gestopt. Alles is bewaard.",
    "died": "{service} is gestopt (code {code}) en wordt over {seconds} s opnieuw gestart.",
    "restarted": "{service} draait opnieuw.",
    "failed": "{service} kon niet starten: {problem} Volgende poging over {seconds} s.",
    "service.valkey": "Valkey",
    "service.web": "De webserver",
    "service.worker": "De worker",
}
