"""Nested answers of the library as values that do not change: by key, or by name as an attribute."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any


def _frozen(value: Any) -> Any:
    if isinstance(value, Record):
        return value
    if isinstance(value, dict):
        return Record(value)
    if isinstance(value, (list, tuple)):
        return tuple(_frozen(one) for one in value)
    return value


def plain(value: Any) -> Any:
    """The same of dictionaries and lists."""
    if isinstance(value, Record):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    return value


class Record(Mapping[str, Any]):
    """A mapping that cannot be changed; ``record.key`` is ``record["key"]``."""

    __slots__ = ("_items",)
    _items: dict[str, Any]

    def __init__(self, items: Mapping[str, Any]) -> None:
        object.__setattr__(self, "_items", {key: _frozen(value) for key, value in items.items()})

    def __getitem__(self, key: str) -> Any:
        return self._items[key]

    def __getattr__(self, key: str) -> Any:
        if key.startswith("__"):
            raise AttributeError(key)
        try:
            return self._items[key]
        except KeyError:
            from ._labels import nearest

            near = nearest(key, list(self._items))
            raise AttributeError(f"no {key!r} here" + (f"; did you mean {near!r}?" if near else "")) from None

    def __setattr__(self, key: str, value: Any) -> None:
        raise AttributeError("answers do not change")

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._items]

    def __repr__(self) -> str:
        return json.dumps(plain(self), indent=1, ensure_ascii=False, default=str)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (plain(self),)

    def to_dict(self) -> dict[str, Any]:
        """A copy of dictionaries and lists, to change as you like."""
        out: dict[str, Any] = plain(self)
        return out
