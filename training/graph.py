"""The network as ONNX with weights of one byte.

The graph is written by hand: onnxruntime's own fused operators, and only what a reading needs. Weights of
products are whole numbers from -63 to 63, a scale for each column: seven bits, because on processors
without VNNI the sums of eight-bit products run over. What comes into a product is rounded by a scale that is
fixed here over examples, so that a text reads the same alone and among others (with scales found while
reading, probabilities moved by up to 0.10 with the company of a text).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from apego.listening.model.encoder import LONGEST_BEFORE, LONGEST_TEXT, PADDING
from training.network import EPSILON, HEADS, WIDTH, Batch, Network

MICROSOFT = "com.microsoft"
OPSET, FORMAT = 18, 9
LARGEST = 63  # of a weight: seven bits
LARGEST_WORD = 127  # of an embedding: it is looked up, not summed
SMALLEST_SCALE = 1e-8
POSITIONS = LONGEST_TEXT + LONGEST_BEFORE + 36  # what a text can fill, and some room

Range = tuple[float, float]
Array = npt.NDArray[Any]


def ranges(made: Network, texts: Iterable[Batch]) -> dict[str, Range]:
    """Give the lowest and the highest number that comes into each product; padding is left out."""
    found: dict[str, Range] = {}
    real = torch.empty(0)

    def watch(name: str) -> Any:
        def seen(_: nn.Module, comes_in: tuple[Tensor, ...]) -> None:
            own = comes_in[0][real]
            low, high = found.get(name, (0.0, 0.0))
            found[name] = (min(low, float(own.min())), max(high, float(own.max())))

        return seen

    made.eval()
    products = [(name, part) for name, part in made.layers.named_modules() if isinstance(part, nn.Linear)]
    watching = [part.register_forward_pre_hook(watch(name)) for name, part in products]
    with torch.inference_mode():
        for batch in texts:
            real = batch.pieces != PADDING
            made(batch.pieces, batch.kinds)
    for each in watching:
        each.remove()
    return found


def graph(made: Network, ranges: dict[str, Range]) -> onnx.ModelProto:
    """Give the network as ONNX: `ids` and `kinds` in, `logits` for each piece out."""
    drawn = _Graph(ranges)
    states, real = _embedded(drawn, made)
    for number, layer in enumerate(made.layers):
        states = _layer(drawn, f"{number}", layer, states, real)
    _judged(drawn, made, states)
    return drawn.model(made.head.out_features)


class _Graph:
    """Nodes and constants, gathered in order."""

    def __init__(self, ranges: dict[str, Range]) -> None:
        self._ranges = ranges
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, value: object, kind: Any = np.float32) -> str:
        if name not in self._constants:
            self._constants[name] = numpy_helper.from_array(np.array(value, dtype=kind, order="C"), name)
        return name

    def node(self, operator: str, comes_in: Sequence[str], name: str, domain: str = "", **how: Any) -> str:
        self._nodes.append(helper.make_node(operator, list(comes_in), [name], domain=domain, **how))
        return name

    def axes(self, *numbers: int) -> str:
        return self.constant("axes" + "_".join(map(str, numbers)), numbers, np.int64)

    def norm(self, name: str, part: nn.LayerNorm, comes_in: str) -> str:
        weight = self.constant(f"{name}.weight", _numbers(part.weight))
        bias = self.constant(f"{name}.bias", _numbers(part.bias))
        return self.node("LayerNormalization", [comes_in, weight, bias], name, axis=-1, epsilon=EPSILON)

    def rounded(self, name: str, comes_in: str) -> tuple[str, str, str]:
        """Round what comes into a product; give it with its scale and its zero."""
        low, high = self._ranges[name]
        scale = np.float32((high - low) / 255)
        parts = (
            self.constant(f"{name}.in.scale", scale),
            self.constant(f"{name}.in.zero", round(-low / float(scale)), np.uint8),
        )
        return self.node("QuantizeLinear", [comes_in, *parts], f"{name}.in"), *parts

    def product(self, name: str, rounded: tuple[str, str, str], weight: Array, bias: Array) -> str:
        """Multiply with whole numbers; the sum is scaled back and the bias added."""
        scale = np.maximum(np.abs(weight).max(axis=1) / LARGEST, SMALLEST_SCALE).astype(np.float32)
        whole = np.clip(np.round(weight / scale[:, None]), -LARGEST, LARGEST).astype(np.int8)
        comes_in, in_scale, in_zero = rounded
        parts = [
            comes_in,
            self.constant(f"{name}.weight", whole.T, np.int8),
            in_scale,
            self.constant(f"{name}.scale", scale),
            in_zero,
            self.constant(f"{name}.zero", np.zeros(len(scale)), np.int8),
            self.constant(f"{name}.bias", bias),
        ]
        return self.node("MatMulIntegerToFloat", parts, name, MICROSOFT)

    def linear(self, name: str, part: nn.Linear, comes_in: str) -> str:
        return self.product(name, self.rounded(name, comes_in), _numbers(part.weight), _numbers(part.bias))

    def model(self, outputs: int) -> onnx.ModelProto:
        value = helper.make_tensor_value_info
        drawn = helper.make_graph(
            self._nodes,
            "reader",
            [value(name, TensorProto.INT64, ["texts", "pieces"]) for name in ("ids", "kinds")],
            [value("logits", TensorProto.FLOAT, ["texts", "pieces", outputs])],
            list(self._constants.values()),
        )
        versions = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
        made = helper.make_model(drawn, opset_imports=versions, producer_name="apego")
        made.ir_version = FORMAT
        return made


def _embedded(drawn: _Graph, made: Network) -> tuple[str, str]:
    """Draw the states before the first layer; give them, and the mask of what is no padding."""
    words = _numbers(made.word.weight)
    scale = np.maximum(np.abs(words).max(axis=1) / LARGEST_WORD, SMALLEST_SCALE).astype(np.float32)
    drawn.constant("word", np.round(words / scale[:, None]), np.int8)
    drawn.constant("word.scale", scale)
    whole = drawn.node(
        "Cast", [drawn.node("Gather", ["word", "ids"], "word.whole")], "word.float", to=TensorProto.FLOAT
    )
    scales = drawn.node(
        "Unsqueeze", [drawn.node("Gather", ["word.scale", "ids"], "word.scales"), drawn.axes(-1)], "word.by"
    )
    word = drawn.node("Mul", [whole, scales], "word.state")

    length = drawn.node("Gather", [drawn.node("Shape", ["ids"], "shape"), drawn.axes(1)], "length")
    positions = drawn.constant("position", _numbers(made.position.weight)[:POSITIONS])
    position = drawn.node("Slice", [positions, drawn.axes(0), length, drawn.axes(0)], "position.state")
    kind = drawn.node("Gather", [drawn.constant("kind", _numbers(made.kind.weight)), "kinds"], "kind.state")
    summed = drawn.node("Add", [drawn.node("Add", [word, position], "placed"), kind], "summed")

    padding = drawn.node("Equal", ["ids", drawn.constant("padding.id", PADDING, np.int64)], "padding")
    real = drawn.node("Cast", [drawn.node("Not", [padding], "real")], "real.mask", to=TensorProto.INT32)
    return drawn.norm("norm", made.norm, summed), real


def _layer(drawn: _Graph, name: str, layer: Any, states: str, real: str) -> str:
    """Draw one layer."""
    rounded = drawn.rounded(f"{name}.attention_in", states)
    weight, bias = _numbers(layer.attention_in.weight), _numbers(layer.attention_in.bias)
    query, key, value = (
        drawn.product(
            f"{name}.{part}",
            rounded,
            weight[at * WIDTH : (at + 1) * WIDTH],
            bias[at * WIDTH : (at + 1) * WIDTH],
        )
        for at, part in enumerate(("query", "key", "value"))
    )
    mixed = drawn.node(
        "MultiHeadAttention", [query, key, value, "", real], f"{name}.mixed", MICROSOFT, num_heads=HEADS
    )
    mixed = drawn.linear(f"{name}.attention_out", layer.attention_out, mixed)
    states = drawn.node("Add", [mixed, states], f"{name}.with_attention")
    states = drawn.norm(f"{name}.attention_norm", layer.attention_norm, states)
    wide = drawn.node("Gelu", [drawn.linear(f"{name}.widen", layer.widen, states)], f"{name}.bent", MICROSOFT)
    states = drawn.node(
        "Add", [drawn.linear(f"{name}.narrow", layer.narrow, wide), states], f"{name}.with_wide"
    )
    return drawn.norm(f"{name}.norm", layer.norm, states)


def _judged(drawn: _Graph, made: Network, states: str) -> None:
    """Draw the outputs for each piece."""
    head = drawn.constant("head.weight", _numbers(made.head.weight).T)
    outputs = drawn.node("MatMul", [states, head], "outputs")
    drawn.node("Add", [outputs, drawn.constant("head.bias", _numbers(made.head.bias))], "logits")


def _numbers(of: Tensor) -> Array:
    found: Array = of.detach().float().numpy()
    return found
