#!/usr/bin/env python3
"""Regenerates gradients.json: gradients by torch's autograd in float64, operator by operator and of a small net.

Each case has inputs (multiples of 1/64: exact in float32), a function, and a probe of the output's shape; the loss is
sum(output * probe), or the output itself where it is a scalar. Stored are the loss and d loss / d input.

Run with a Python that has torch and numpy:  python3 tests/vectors/regenerate-gradients.py
"""
import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

draw = np.random.default_rng(20261128)


def drawn(*shape, low=-2.0, high=2.0):
    """Distinct enough that maxima have no ties, unless asked for."""
    return np.round(draw.uniform(low, high, shape) * 64) / 64


def numbers(array):
    return [float(f"{value:.9g}") for value in np.asarray(array, dtype=np.float64).flatten()]


def case(name, function, fixed=(), **arrays):
    """The function takes the arrays in order (the net: by name); `fixed` inputs are fed, but no gradient is taken of them."""
    inputs = {key: torch.tensor(value, dtype=torch.float64, requires_grad=key not in fixed) for key, value in arrays.items()}
    output = function(**inputs) if function is net else function(*inputs.values())
    probe = torch.tensor(drawn(*output.shape) if output.dim() > 0 else 1.0, dtype=torch.float64)
    loss = (output * probe).sum()
    wanted = [key for key in inputs if key not in fixed]
    gradients = torch.autograd.grad(loss, [inputs[key] for key in wanted])
    return {
        "name": name,
        "inputs": {key: {"shape": list(value.shape), "values": numbers(value.detach())} for key, value in inputs.items()},
        "probe": {"shape": list(output.shape), "values": numbers(probe)},
        "loss": numbers(loss.detach())[0],
        "gradients": {key: numbers(value) for key, value in zip(wanted, gradients)},
    }


def net(images, targets, **p):
    """Two blocks of convolution, batch normalisation, ReLU and pool, a residual block, a linear head."""
    x = images
    for block in ("1", "2"):
        x = F.conv2d(x, p[f"conv{block}"], padding=1)
        x = F.batch_norm(x, None, None, p[f"scale{block}"], p[f"bias{block}"], training=True)
        x = F.max_pool2d(F.relu(x), 2)
    y = F.conv2d(x, p["conv3"], padding=1, stride=2)
    y = F.batch_norm(y, None, None, p["scale3"], p["bias3"], training=True)
    x = F.relu(y + F.conv2d(x, p["shortcut"], stride=2))
    logits = F.linear(x.mean(dim=(2, 3)), p["weight"], p["bias"])
    return -(targets * F.log_softmax(logits, dim=1)).sum()


def net_case():
    targets = np.full((6, 3), 0.0)
    targets[np.arange(6), draw.integers(0, 3, 6)] = 0.9 / 6
    targets += 0.1 / 18
    return case(
        "net",
        net,
        fixed=("images", "targets"),
        images=drawn(6, 3, 16, 16),
        targets=targets,
        conv1=drawn(6, 3, 3, 3, low=-0.5, high=0.5),
        scale1=drawn(6, low=0.5, high=1.5),
        bias1=drawn(6, low=-0.5, high=0.5),
        conv2=drawn(8, 6, 3, 3, low=-0.5, high=0.5),
        scale2=drawn(8, low=0.5, high=1.5),
        bias2=drawn(8, low=-0.5, high=0.5),
        conv3=drawn(8, 8, 3, 3, low=-0.5, high=0.5),
        scale3=drawn(8, low=0.5, high=1.5),
        bias3=drawn(8, low=-0.5, high=0.5),
        shortcut=drawn(8, 8, 1, 1),
        weight=drawn(3, 8),
        bias=drawn(3),
    )


def conv_case(name, x, weight, **options):
    return case(name, lambda x, weight, bias: F.conv2d(x, weight, bias, **options), x=drawn(*x), weight=drawn(*weight), bias=drawn(weight[0]))


def batch_norm(x, scale, bias):
    return F.batch_norm(x, None, None, scale, bias, training=True)


def frozen_batch_norm(x, scale, bias):
    mean = torch.tensor([0.25, -0.5, 0.125], dtype=torch.float64)
    variance = torch.tensor([0.5, 1.5, 2.0], dtype=torch.float64)
    return F.batch_norm(x, mean, variance, scale, bias, training=False)


def tied(*shape):
    """Few different numbers: most windows have equal maxima."""
    return draw.integers(0, 3, shape).astype(np.float64)


cases = [
    conv_case("conv", (2, 3, 5, 6), (4, 3, 3, 3), padding=1),
    conv_case("conv, many channels, few positions", (2, 18, 2, 2), (20, 18, 3, 3), padding=1),
    conv_case("conv, many channels, many positions", (1, 16, 7, 7), (4, 16, 3, 3), padding=1),
    conv_case("conv, stride 2", (2, 3, 7, 6), (4, 3, 3, 3), padding=1, stride=2),
    conv_case("conv, stem", (1, 3, 12, 12), (4, 3, 7, 7), padding=3, stride=2),
    conv_case("conv, pointwise", (2, 4, 4, 3), (5, 4, 1, 1)),
    conv_case("conv, pointwise, stride 2", (2, 4, 5, 4), (5, 4, 1, 1), stride=2),
    conv_case("conv, dilated", (1, 2, 8, 9), (3, 2, 3, 2), dilation=2, padding=2),
    conv_case("conv, two groups", (2, 4, 5, 5), (6, 2, 3, 3), padding=1, groups=2),
    conv_case("conv, depthwise", (2, 4, 6, 5), (4, 1, 3, 3), padding=1, stride=2, groups=4),
    case("batchNormTraining", batch_norm, x=drawn(4, 3, 3, 2), scale=drawn(3), bias=drawn(3)),
    case("batchNormTraining, rows", batch_norm, x=drawn(7, 3), scale=drawn(3), bias=drawn(3)),
    case("batchNorm", frozen_batch_norm, x=drawn(4, 3, 3, 2), scale=drawn(3), bias=drawn(3)),
    case("layerNorm", lambda x, scale, bias: F.layer_norm(x, (6,), scale, bias), x=drawn(2, 3, 6), scale=drawn(6), bias=drawn(6)),
    case("relu", F.relu, x=np.concatenate([drawn(9), [0.0]])),
    case("gelu", F.gelu, x=drawn(10, low=-4, high=4)),
    case("silu", F.silu, x=drawn(10, low=-4, high=4)),
    case("abs", torch.abs, x=np.concatenate([drawn(9), [0.0]])),
    case("clip", lambda x: torch.clamp(x, -1, 1), x=np.concatenate([drawn(8), [-1.0, 1.0]])),
    case("pow", torch.pow, a=np.concatenate([drawn(6, low=0.25, high=2), [0.0]]), b=np.concatenate([drawn(6), [2.0]])),
    case("max", torch.maximum, a=np.array([1.0, 2.0, 3.0]), b=np.array([2.0, 2.0, 1.0])),
    case("min", torch.minimum, a=np.array([1.0, 2.0, 3.0]), b=np.array([2.0, 2.0, 1.0])),
    case("maxPool", lambda x: F.max_pool2d(x, 2), x=drawn(2, 3, 6, 4)),
    case("maxPool, ties", lambda x: F.max_pool2d(x, 2), x=tied(2, 3, 6, 4)),
    case("maxPool, rest at the border", lambda x: F.max_pool2d(x, 2), x=tied(2, 2, 5, 7)),
    case("maxPool, overlapping", lambda x: F.max_pool2d(x, 3, 2, 1), x=tied(2, 2, 7, 8)),
    case("averagePool", lambda x: F.avg_pool2d(x, 2), x=drawn(2, 2, 4, 6)),
    case("averagePool, overlapping", lambda x: F.avg_pool2d(x, 3, 2, 1), x=drawn(1, 2, 5, 6)),
    case("averagePool, padding not counted", lambda x: F.avg_pool2d(x, 3, 2, 1, count_include_pad=False), x=drawn(1, 2, 5, 6)),
    case("reduceMax", lambda x: torch.amax(x, dim=1), x=tied(3, 5)),
    case("softmax", lambda x: F.softmax(x, dim=1), x=drawn(2, 4, 3)),
    case("logSoftmax", lambda x: F.log_softmax(x, dim=-1), x=drawn(3, 4)),
    case("matMul", torch.matmul, a=drawn(2, 3, 4), b=drawn(4, 5)),
    case("matMul, broadcast", torch.matmul, a=drawn(2, 1, 3, 4), b=drawn(3, 4, 2)),
    case("pad, reflect", lambda x: F.pad(x, (2, 1, 0, 2), mode="reflect"), x=drawn(1, 2, 3, 4)),
    case("pad, edge", lambda x: F.pad(x, (2, 1, 0, 2), mode="replicate"), x=drawn(1, 2, 3, 4)),
    case("gather", lambda x: x[:, [2, 0, 2, -1]], x=drawn(2, 4, 3)),
    case("slice", lambda x: x[:, 1:6:2, -2:], x=drawn(2, 7, 3)),
    case(
        "softCrossEntropy",
        lambda logits, targets: F.cross_entropy(logits, targets, reduction="sum"),
        logits=drawn(4, 3),
        targets=drawn(4, 3, low=0, high=1),
    ),
    case("binaryCrossEntropyWithLogits", F.binary_cross_entropy_with_logits, logits=drawn(4, 3, low=-6, high=6), targets=drawn(4, 3, low=0, high=1)),
    case("meanSquaredError", F.mse_loss, prediction=drawn(4, 3), target=drawn(4, 3)),
    net_case(),
]
document = {"source": f"torch {torch.__version__.split('+')[0]}, autograd in float64", "cases": cases}
pathlib.Path(__file__).with_name("gradients.json").write_text(json.dumps(document, separators=(",", ":")) + "\n")
