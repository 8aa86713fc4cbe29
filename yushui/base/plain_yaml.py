"""YAML as people write it: only true and false are truth values, so that a key `on` stays `on`."""

from __future__ import annotations

import re
from typing import Any

import yaml

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the quick one where the C library is built in
TRUTH = "tag:yaml.org,2002:bool"


class PlainLoader(Loader):  # type: ignore[misc,valid-type]
    """A safe loader that does not read on, off, yes and no as truth values, and refuses a key written twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, (list, dict)):
                raise yaml.constructor.ConstructorError(None, None, "键不能是列表或表", key_node.start_mark)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"键 {key} 写了两次", key_node.start_mark)
            seen.add(key)
        content: dict[Any, Any] = super().construct_mapping(node, deep)
        return content


PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != TRUTH]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
PlainLoader.add_implicit_resolver(TRUTH, re.compile(r"^(?:true|True|false|False)$"), list("tTfF"))


def read_yaml(text: str) -> Any:
    """The content of a YAML text. Raises yaml.YAMLError (also ValueError of an impossible date as such)."""
    try:
        return yaml.load(text, Loader=PlainLoader)  # noqa: S506 it is a SafeLoader
    except (ValueError, RecursionError) as error:
        raise yaml.YAMLError(str(error)) from error
