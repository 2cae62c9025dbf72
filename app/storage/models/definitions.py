"""What was published, when, by whom, and from which texts?

A publication is the whole set of files a municipality ran on from then. A version of a form or workflow is made in the
publication that first differs; compiling that publication's files again gives the same version, byte for byte.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import ACCOUNT, SLUG, Base, Keyed, Owned, belongs, refers

PATH = sa.String(200)
HASH = sa.String(64)


class DefinitionText(Owned, Base):
    """The content of a definition file, by its SHA-256 (hex). Never changed."""

    __tablename__ = "definition_text"
    __table_args__ = (belongs(),)

    hash: Mapped[str] = mapped_column(HASH, primary_key=True)
    text: Mapped[str]


class DefinitionFile(Owned, Base):
    """A file of the living set. ``imported`` is the hash the last package brought; ``current`` what runs.

    ``gone``: it was taken away here and runs no more (``current`` is what it was); a package does not bring it back.
    """

    __tablename__ = "definition_file"
    __table_args__ = (refers("current", "definition_text", "hash"),)

    path: Mapped[str] = mapped_column(PATH, primary_key=True)
    current: Mapped[str] = mapped_column(HASH)
    imported: Mapped[str] = mapped_column(HASH, default="")
    gone: Mapped[bool] = mapped_column(default=False, server_default=sa.false())


class DefinitionWork(Owned, Base):
    """What the studio made of a file and has not published: the municipality's one working copy of it.

    ``base`` is the hash of what ran when the work on it began, empty for a new file. ``removed``: the file goes at the
    next publication, ``hash`` is then what runs.
    """

    __tablename__ = "definition_work"
    __table_args__ = (refers("hash", "definition_text", "hash"), refers("author", "account"))

    path: Mapped[str] = mapped_column(PATH, primary_key=True)
    hash: Mapped[str] = mapped_column(HASH)
    removed: Mapped[bool]
    base: Mapped[str] = mapped_column(HASH)
    author: Mapped[str | None] = mapped_column(ACCOUNT)
    at: Mapped[datetime]


class DefinitionDraft(Keyed, Base):
    """A text that waits for somebody: a package's file over one that was edited here."""

    __tablename__ = "definition_draft"
    __table_args__ = (
        refers("hash", "definition_text", "hash"),
        sa.UniqueConstraint("municipality", "path", "hash"),
    )

    path: Mapped[str] = mapped_column(PATH)
    hash: Mapped[str] = mapped_column(HASH)
    base: Mapped[str] = mapped_column(HASH)  # hash both sides started from
    origin: Mapped[str] = mapped_column(sa.String(20))  # files, studio
    author: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]


class Publication(Owned, Base):
    """One publication: ``files`` maps path to text hash, complete."""

    __tablename__ = "publication"
    __table_args__ = (belongs(), refers("author", "account"))

    number: Mapped[int] = mapped_column(sa.Integer, primary_key=True, autoincrement=False)
    files: Mapped[dict[str, Any]]
    author: Mapped[str | None] = mapped_column(ACCOUNT)
    note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]


class DefinitionVersion(Keyed, Base):
    """An immutable version of a form or workflow; ``number`` counts from 1 per definition.

    ``ids`` says what its ids stood for, so that none gets another meaning later (``definitions/meanings.py``).
    """

    __tablename__ = "definition_version"
    __table_args__ = (
        refers("publication", "publication", "number"),
        sa.UniqueConstraint("municipality", "kind", "ref", "number"),
    )

    kind: Mapped[str] = mapped_column(sa.String(20))  # form, workflow
    ref: Mapped[str] = mapped_column(SLUG)
    number: Mapped[int] = mapped_column(sa.Integer)
    hash: Mapped[str] = mapped_column(HASH)
    title: Mapped[str]
    language_version: Mapped[int] = mapped_column(sa.Integer)
    publication: Mapped[int] = mapped_column(sa.Integer)
    ids: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    created_at: Mapped[datetime]


class CurrentDefinition(Owned, Base):
    """The version new work begins with."""

    __tablename__ = "current_definition"
    __table_args__ = (refers("version", "definition_version"),)

    kind: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    ref: Mapped[str] = mapped_column(SLUG, primary_key=True)
    version: Mapped[int] = mapped_column(sa.BigInteger)
