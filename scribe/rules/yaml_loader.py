"""Read a rule file strictly: safe types only, no duplicate keys, no value that YAML would quietly change, nothing but its model.

Plain YAML reads ``no`` as false and ``00100`` as 64, and lets a second key win. Rules are full of such words, so booleans are only
``true`` and ``false`` here, integers only plain decimals, and a duplicate key is an error with file and line.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from scribe.errors import RulePackError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_Model = TypeVar("_Model", bound=BaseModel)


class _StrictLoader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """A safe loader of our own, so that PyYAML's shared one stays untouched."""


_StrictLoader.yaml_implicit_resolvers = {}
_StrictLoader.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""]
)
_StrictLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf")
)
_StrictLoader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9]\d*)$"), list("-0123456789")
)
_StrictLoader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^-?\d+\.\d+$"), list("-0123456789")
)


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {key!r} stands twice", key_node.start_mark
            )
        seen[key] = loader.construct_object(value_node, deep=True)
    return seen


_StrictLoader.add_constructor("tag:yaml.org,2002:map", _mapping)


def load_yaml(path: Path) -> Any:
    """Read one YAML file.

    Raises:
        RulePackError: The file is missing, is not YAML, or holds a duplicate key; the message names file and line.
    """
    try:
        return yaml.load(path.read_text("utf-8"), Loader=_StrictLoader)  # noqa: S506 - a SafeLoader subclass
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        msg = f"{path.name}, line {line}: {error.problem}"
        raise RulePackError(msg) from error
    except OSError as error:
        msg = f"{path.name}: cannot be read ({error.strerror})"
        raise RulePackError(msg) from error


def load_file(path: Path, model: type[_Model]) -> _Model:
    """Read one file of the pack and check it against its model.

    Raises:
        RulePackError: The message names the file, the key path with the id of the rule, and what was expected.
    """
    content = load_yaml(path)
    try:
        return model.model_validate_json(json.dumps(content))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = _where(first["loc"], content) or "top level"
        msg = (
            f"{path.parent.name}/{path.name}, {where}: {first['msg'].removeprefix('Value error, ')}"
        )
        raise RulePackError(msg) from error


def _where(keys: Sequence[str | int], content: Any) -> str:
    """Write a key path with the ids of the rules that it goes through; what only the model knows of is left out."""
    parts: list[str] = []
    for at, key in enumerate(keys):
        inside = isinstance(content, dict) and key in content
        if isinstance(content, list) and isinstance(key, int) and key < len(content):
            inside = True
        if not inside and at + 1 < len(keys) and isinstance(content, dict):
            continue
        content = content[key] if inside else None
        named = content.get("id") if isinstance(content, dict) else None
        parts.append(f"{key} ({named})" if isinstance(named, str) else str(key))
    return ".".join(parts)
