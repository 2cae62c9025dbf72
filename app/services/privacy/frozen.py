"""What goes out of what is kept of somebody, as it was looked over: blacked out, and fixed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from app.services.privacy.person_file import BLACK, Item, PersonFile
from app.storage import json_codec
from app.texts import say


def frozen(
    file: PersonFile, hidden: Iterable[str], cuts: Mapping[str, Iterable[str]], language: str = "nl"
) -> dict[str, Any]:
    """The copy as JSON: every line that goes out, blacked out where somebody said so; what is left out because it tells
    about somebody else says so."""
    out = frozenset(hidden)

    def told(item: Item) -> dict[str, str]:
        left_out = say("keeping.copy.third", language) if item.hides else BLACK
        text = left_out if item.key in out else blacked(item.text, cuts.get(item.key, ()))
        return {"label": item.label, "text": text, **({"source": item.source} if item.source else {})}

    cases = [
        {
            "number": case.number,
            "title": case.title,
            "controller": case.controller,
            "received": case.received_at.isoformat(),
            "closed": case.closed_at.isoformat() if case.closed_at else "",
            "why": [{"basis": name, "purpose": text} for name, text in case.basis],
            "kept": case.term,
            "parts": [
                {"part": part.code, "title": part.title, "lines": [told(item) for item in part.items]}
                for part in case.parts
            ],
        }
        for case in file.cases
    ]
    readers = [
        {"at": at.isoformat(), "who": who, "number": number, "why": why}
        for at, who, number, why in file.readers
    ]
    record = [told(item) for item in file.record.items]
    made: dict[str, Any] = json_codec.to_plain(
        {"name": file.name, "record": record, "cases": cases, "readers": readers}
    )
    return made


def mark_of(file: PersonFile) -> str:
    """Another one as soon as anything in it is another."""
    told = "\n".join(f"{item.key}\t{item.text}" for item in file.items())
    return hashlib.sha256(told.encode()).hexdigest()


def blacked(text: str, words: Iterable[str]) -> str:
    """``text`` with each of ``words`` blacked out wherever it stands."""
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word.strip(), BLACK)
    return text
