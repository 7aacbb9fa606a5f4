"""A document as blocks of text, told once; every format renders the same blocks."""

from __future__ import annotations

from typing import Literal

from klaver.values import Record


class Block(Record):
    """One part of a document: a heading, a paragraph, a list, a table, or the start of a new page."""

    kind: Literal["heading", "text", "strong", "list", "table", "page"]
    text: str = ""
    level: int = 1
    items: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


class Paper(Record):
    """A whole document in one language; ``banner`` stands on every page (sketch, synthetic example)."""

    title: str
    lang: Literal["nl", "fr", "en"]
    banner: str
    blocks: tuple[Block, ...]


def heading(text: str, level: int = 1) -> Block:
    """Return a heading; levels follow each other without a gap."""
    return Block(kind="heading", text=text, level=level)


def text(words: str) -> Block:
    """Return a paragraph."""
    return Block(kind="text", text=words)


def strong(words: str) -> Block:
    """Return a paragraph that must be seen first."""
    return Block(kind="strong", text=words)


def bullets(items: list[str]) -> Block:
    """Return a list."""
    return Block(kind="list", items=tuple(items))


def table(caption: str, headers: list[str], rows: list[list[str]]) -> Block:
    """Return a table with its caption and a header row."""
    return Block(kind="table", text=caption, headers=tuple(headers), rows=tuple(tuple(r) for r in rows))


PAGE = Block(kind="page")
