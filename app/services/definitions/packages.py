"""How do definitions go from one municipality to another? As a zip of the files; nothing is overwritten unseen.

What a package brings becomes work in the studio, never something that runs. A file that stands here with another text
is shown beside it, and is taken only when somebody says so.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.definitions.yaml_nodes import MAX_BYTES
from app.engine.policy import Act, Actor
from app.services.definitions import definition_drafts
from app.services.errors import Conflict, Invalid, ServiceError
from app.services.permission import demand
from app.storage.database import transaction
from app.storage.repositories import definition_rows

FOLDERS = ("formdefs", "workflows")
MOST_FILES = 500
MOST_BYTES = 4 * 1024 * 1024
MOST_PACKED = 640 * 1024
"""So that a page can carry it along while somebody chooses."""
NEW, SAME, DIFFERS = "new", "same", "differs"


@dataclass(frozen=True, slots=True)
class Brought:
    """A file of a package. ``standing``: new, same or differs from ``mine``, the text of the working copy here;
    ``seen`` goes back with the choice to take it."""

    path: str
    text: str
    standing: str
    mine: str = ""
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """``refused``: names in the zip that are no definition file, or cannot be read as one."""

    files: tuple[Brought, ...]
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """``kept``: what is now work in the studio; ``left``: path -> code of the error why not."""

    kept: tuple[str, ...]
    left: Mapping[str, str]


def published(municipality: str) -> Mapping[str, str]:
    """Path -> text of all that a municipality runs on."""
    with transaction(municipality, readonly=True) as tx:
        files = {path: file.current for path, file in definition_rows.files(tx).items()}
        return dict(sorted(definition_rows.texts(tx, files).items()))


def export(actor: Actor, *, work: bool = False) -> bytes:
    """A zip of what runs, or of the working copy. The same files give the same bytes. Raises ``Forbidden``."""
    demand(actor, Act.DEFINITIONS_READ)
    return packed(definition_drafts.work_texts(actor) if work else published(actor.municipality))


def packed(texts: Mapping[str, str]) -> bytes:
    """A zip of path -> text."""
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as package:
        for path in sorted(texts):
            package.writestr(zipfile.ZipInfo(path), texts[path].encode(), zipfile.ZIP_DEFLATED)
    return found.getvalue()


def opened(actor: Actor, data: bytes) -> Package:
    """What a package (a zip, or one YAML file as text) would bring here; nothing is kept yet.

    Raises ``Invalid`` (``package_unreadable``, ``package_size``), ``Forbidden``.
    """
    demand(actor, Act.DEFINITIONS_EDIT)
    texts, refused = unpacked(data)
    here = definition_drafts.work_texts(actor)
    seen = {file.path: file.seen for file in definition_drafts.listed(actor)}
    files = tuple(_brought(path, text, here, seen) for path, text in sorted(texts.items()))
    return Package(files, tuple(sorted(refused)))


def take(actor: Actor, data: bytes, seen: Mapping[str, str]) -> Taken:
    """Keep files of the package ``data`` as work in the studio: those that ``seen`` names, with what was seen of each
    here when it was chosen. What somebody changed since is left. Raises as ``opened``."""
    demand(actor, Act.DEFINITIONS_EDIT)
    texts, _ = unpacked(data)
    kept: list[str] = []
    left: dict[str, str] = {}
    for path in sorted(texts.keys() & seen.keys()):
        try:
            definition_drafts.save(actor, path, texts[path], seen[path])
        except (Conflict, Invalid) as problem:
            left[path] = problem.code
        else:
            kept.append(path)
    return Taken(tuple(kept), left)


def unpacked(data: bytes) -> tuple[dict[str, str], list[str]]:
    """Path -> text of the definition files in a zip, and the names of what is none. Raises ``Invalid``."""
    if len(data) > MOST_PACKED:
        raise Invalid("package_size", most=str(MOST_FILES))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            items = [item for item in package.infolist() if not item.is_dir()]
            if len(items) > MOST_FILES or sum(item.file_size for item in items) > MOST_BYTES:
                raise Invalid("package_size", most=str(MOST_FILES))
            return _read(package, items)
    except ServiceError:
        raise
    except Exception:  # zipfile raises half a dozen kinds for broken, locked and unknown packing
        raise Invalid("package_unreadable") from None


def _read(package: zipfile.ZipFile, items: Iterable[zipfile.ZipInfo]) -> tuple[dict[str, str], list[str]]:
    texts: dict[str, str] = {}
    refused: list[str] = []
    for item in items:
        path = _place(item.filename)
        with package.open(item) as file:
            raw = file.read(MAX_BYTES + 1)
        text = _text(raw)
        if not path or text is None or path in texts:
            refused.append(item.filename[:200])
        else:
            texts[path] = text
    return texts, refused


def _place(name: str) -> str:
    """Where a file stands in a set, whatever folder the package was packed in; empty for anything else."""
    parts = name.replace("\\", "/").split("/")
    start = max((at for at, part in enumerate(parts[:-1]) if part in FOLDERS), default=-1)
    good = start >= 0 and parts[-1].endswith(".yaml") and ".." not in parts
    return "/".join(parts[start:]) if good else ""


def _text(raw: bytes) -> str | None:
    if len(raw) > MAX_BYTES:
        return None
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None


def _brought(path: str, text: str, here: Mapping[str, str], seen: Mapping[str, str]) -> Brought:
    mine = here.get(path)
    if mine is None:
        return Brought(path, text, NEW, seen=seen.get(path, ""))
    return Brought(path, text, SAME if mine == text else DIFFERS, mine, seen.get(path, ""))
