"""Squeeze-and-excitation (Hu et al. 2018) with a way around it, at one pass over the picture less.

`x + x * gate` is `x * (1 + gate)`, and a gate has one number a channel.
"""

from collections import Counter

import numpy as np
import onnx
from onnx import helper, numpy_helper

ONE = "gate_one"


def fold_gates(graph: onnx.GraphProto) -> int:
    """Rewrite each `x + x * gate`; return how many there were."""
    maker = {output: node for node in graph.node for output in node.output}
    uses = Counter(name for node in graph.node for name in node.input)
    uses.update(value.name for value in graph.output)
    dead: set[str] = set()
    nodes = []
    for node in graph.node:
        gate = _gate(node, maker, uses)
        if gate is None:
            nodes.append(node)
            continue
        source, product, by = gate
        more = f"{product}_more"
        nodes.append(helper.make_node("Add", [by, ONE], [more], name=more))
        nodes.append(helper.make_node("Mul", [source, more], list(node.output), name=node.name))
        dead.add(product)
    if dead:
        del graph.node[:]
        graph.node.extend(node for node in nodes if not dead.intersection(node.output))
        graph.initializer.append(numpy_helper.from_array(np.ones(1, np.float32), ONE))
    return len(dead)


def _gate(
    node: onnx.NodeProto, maker: dict[str, onnx.NodeProto], uses: Counter[str]
) -> tuple[str, str, str] | None:
    """The names of x, of `x * gate` and of the gate, if `node` adds the first two."""
    if node.op_type != "Add":
        return None
    for source, product in (tuple(node.input), tuple(reversed(node.input))):
        inner = maker.get(product)
        if inner is None or inner.op_type != "Mul" or uses[product] != 1:
            continue
        others = [name for name in inner.input if name != source]
        if len(others) == 1:
            return source, product, others[0]
    return None
