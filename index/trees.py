"""LambdaMART trees in LightGBM's text format, walked in NumPy.

LightGBM trains them (`python -m index.training ordering`) but is not imported here: that takes two seconds and pulls in
pandas, SciPy and scikit-learn.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class OrderingError(ValueError):
    """A model file that does not fit this program."""


@dataclass(frozen=True, slots=True)
class Trees:
    """The nodes of all trees in one row; a leaf leads to itself, so that every tree is walked to the deepest level.

    Args:
        roots: shape (trees,).
        feature, threshold, value: shape (nodes,); the value of an inner node is 0.
        children: where a feature up to the threshold leads, and one above it; shape (2 * nodes,).
        depth: of the deepest tree.
    """

    roots: NDArray[np.intp]
    feature: NDArray[np.intp]
    threshold: NDArray[np.float64]
    children: NDArray[np.intp]
    value: NDArray[np.float64]
    depth: int

    def predict(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        """The sum of the leaves that each row of features reaches, shape (rows,)."""
        flat = np.ascontiguousarray(features).ravel()
        starts = np.arange(len(features))[:, None] * features.shape[1]
        node = np.broadcast_to(self.roots, (len(features), len(self.roots)))
        for _ in range(self.depth):
            above = flat.take(starts + self.feature.take(node)) > self.threshold.take(node)
            node = self.children.take(2 * node + above)
        total: NDArray[np.float64] = self.value.take(node).sum(axis=1)
        return total


def read_trees(text: str, expected: Sequence[str]) -> Trees:
    """The trees of a LightGBM text model without categorical features.

    Args:
        expected: the names of the features that the program computes.

    Raises:
        OrderingError: the model was trained on other features, or is not one.
    """
    header, *blocks = text.split("\nTree=")
    names = next((line[14:].split() for line in header.splitlines() if line.startswith("feature_names=")), [])
    if names != list(expected):
        raise OrderingError(f"Mô hình xếp hạng có các đặc trưng {names}, chương trình cần {list(expected)}.")
    tables = [dict(line.split("=", 1) for line in block.splitlines() if "=" in line) for block in blocks]
    nodes: list[_Node] = []
    roots = []
    for table in tables:
        roots.append(len(nodes))
        nodes += _nodes(table, len(nodes))
    return Trees(
        roots=np.array(roots, np.intp),
        feature=np.array([node.feature for node in nodes], np.intp),
        threshold=np.array([node.threshold for node in nodes]),
        children=np.array([child for node in nodes for child in (node.left, node.right)], np.intp),
        value=np.array([node.value for node in nodes]),
        depth=max((_depth(table) for table in tables), default=0),
    )


class _Node(NamedTuple):
    feature: int
    threshold: float
    left: int
    right: int
    value: float


def _nodes(table: dict[str, str], first: int) -> list[_Node]:
    """The nodes of a tree from place `first` on; in the file a child below zero is a leaf's number, complemented."""
    features, thresholds, left, right = (
        _numbers(table, key) for key in ("split_feature", "threshold", "left_child", "right_child")
    )
    leaves = first + len(features)

    def place(child: float) -> int:
        return first + int(child) if child >= 0 else leaves + ~int(child)

    inner = [
        _Node(int(feature), threshold, place(low), place(high), 0.0)
        for feature, threshold, low, high in zip(features, thresholds, left, right, strict=True)
    ]
    values = _numbers(table, "leaf_value")
    return [*inner, *(_Node(0, math.inf, at, at, value) for at, value in enumerate(values, leaves))]


def _numbers(table: dict[str, str], key: str) -> list[float]:
    return [float(value) for value in table.get(key, "").split()]


def _depth(table: dict[str, str]) -> int:
    left, right = _numbers(table, "left_child"), _numbers(table, "right_child")

    def below(node: int) -> int:
        return 0 if node < 0 else 1 + max(below(int(left[node])), below(int(right[node])))

    return below(0) if left else 1
