"""Makes the reference files beside it: what torchvision and timm say about their own networks.

    pip install torch==2.15.0 torchvision==0.29.2 timm==1.0.31 safetensors==0.8.0
    python make_backbones.py

narrow-efficientnet-lite.safetensors was made with torch 1.13.0, torchvision 0.14.1 and timm 0.9.16.

Weights and images are not stored: both sides compute them from a hash of the tensor's name. Everything is computed in
float64 and written as float32. The Java tests read the files only.
"""

import math
import zlib
from functools import partial
from pathlib import Path

import numpy as np
import timm
import torch
import torch.nn.functional as F
import torchvision
from safetensors.numpy import save_file
from timm.models._efficientnet_builder import decode_arch_def
from timm.models.efficientnet import EfficientNet as TimmEfficientNet
from torchvision.models.convnext import CNBlockConfig, ConvNeXt
from torchvision.models.efficientnet import EfficientNet, MBConvConfig
from torchvision.models.mobilenetv2 import MobileNetV2
from torchvision.models.resnet import BasicBlock, Bottleneck, ResNet
from torchvision.ops.misc import Conv2dNormActivation

HERE = Path(__file__).parent
MASK = (1 << 64) - 1
torch.set_default_dtype(torch.float64)


def uniform(name, count):
    """Numbers from -1 to below 1: a hash of (CRC-32 of the name, position), 24 bits of it."""
    with np.errstate(over="ignore"):
        seed = np.uint64(zlib.crc32(name.encode()) * 0x9E3779B97F4A7C15 & MASK)
        z = seed + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    return (z >> np.uint64(40)).astype(np.float64) / 2**23 - 1


# What the squares of a weight's fan-in values come to, times three, so that the activations of each family neither
# vanish nor explode.
GAINS = {"resnet": 3, "mobilenet": 6, "efficientnet": 7, "convnext": 3}


def gain(network):
    return next(value for family, value in GAINS.items() if network.startswith(family))


def hashed(name, shape, gain):
    """A tensor that float32 holds exactly, of a size that suits its name and shape."""
    fan_in = math.prod(shape[1:])
    u = uniform(name, math.prod(shape))
    if name.endswith("running_var"):
        values = 1 + 0.2 * u
    elif name.endswith("running_mean") or name.endswith("bias"):
        values = 0.1 * u
    elif fan_in > 1:
        values = math.sqrt(gain / fan_in) * u
    else:
        values = 1 + 0.2 * u
    return torch.tensor(values.astype(np.float32).astype(np.float64)).reshape(shape)


def state(net):
    return {name: value for name, value in net.state_dict().items() if not name.endswith("num_batches_tracked")}


def with_hashed_weights(net, network):
    values = {name: hashed(name, value.shape, gain(network)) for name, value in state(net).items()}
    net.load_state_dict(values, strict=False)
    return net.double().eval()


def images(count, height, width):
    """Hashed in the order of Graft's rows, (images, height, width, channels)."""
    values = (2 * uniform("image", count * height * width * 3)).astype(np.float32).astype(np.float64)
    return torch.tensor(values).reshape(count, height, width, 3).permute(0, 3, 1, 2)


def pooled(activation):
    """Features of one cut by pooling: mean, max and population standard deviation over height and width."""
    if activation.dim() == 2:
        return {"none": activation}
    mean, high = activation.mean((2, 3)), activation.amax((2, 3))
    std = activation.std((2, 3), correction=0)
    return {
        "none": activation.flatten(1),  # channels outermost
        "mean": mean,
        "max": high,
        "mean+max": torch.cat([mean, high], 1),
        "mean+max+std": torch.cat([mean, high, std], 1),
    }


def write(name, tensors):
    arrays = {}
    for key, value in tensors.items():
        value = value.detach().numpy() if isinstance(value, torch.Tensor) else np.asarray(value)
        arrays[key] = np.ascontiguousarray(value.astype(np.float32))
    save_file(arrays, HERE / name)


def summary(values):
    """Four numbers that change when any value does: the first, the last, and two projections on hashed directions."""
    flat = values.detach().flatten().numpy()
    scale = math.sqrt(len(flat))
    return [flat[0], flat[-1]] + [float(uniform(d, len(flat)) @ flat) / scale for d in ("first", "second")]


# -- narrow networks: every cut, and one training step -----------------------------------------------------------------


class NarrowResNet(ResNet):
    """torchvision's class builds widths from 64 on; this divides them, and ends in the given number of classes."""

    def __init__(self, block, layers, divisors, classes):
        self.__dict__["divisors"] = list(divisors)
        super().__init__(block, layers)
        self.fc = torch.nn.Linear(self.inplanes, classes)

    def __setattr__(self, name, value):
        first = name == "inplanes" and "inplanes" not in self.__dict__
        super().__setattr__(name, value // self.divisors[0] if first else value)

    def _make_layer(self, block, planes, blocks, stride=1, dilate=False):
        return super()._make_layer(block, planes // self.divisors.pop(0), blocks, stride, dilate)


def narrow_resnet(net):
    stem = torch.nn.Sequential(net.conv1, net.bn1, net.relu, net.maxpool)
    pool = torch.nn.Sequential(net.avgpool, torch.nn.Flatten(1))
    return net, [("stem", stem)] + [(f"layer{i}", getattr(net, f"layer{i}")) for i in range(1, 5)] + [("pool", pool)]


def numbered(net, ends, pool):
    """Stages of torchvision's features: each ends with, and is named after, one of them."""
    stages, start = [], 0
    for end in ends:
        stages.append((f"features.{end}", net.features[start : end + 1]))
        start = end + 1
    assert start == len(net.features)
    return net, stages + [("pool", pool)]


def narrow_lite():
    """timm's EfficientNet-Lite as it builds tf_efficientnet_lite0: uneven padding, ReLU6, epsilon 1e-3, no squeezing."""
    net = TimmEfficientNet(
        decode_arch_def([["ds_r1_k3_s1_e1_c8"], ["ir_r2_k5_s2_e2_c16"], ["ir_r2_k3_s2_e3_c24"]]),
        num_classes=5,
        num_features=40,
        stem_size=8,
        fix_stem=True,
        pad_type="same",
        round_chs_fn=lambda channels, **_: int(channels),
        act_layer=torch.nn.ReLU6,
        norm_layer=partial(torch.nn.BatchNorm2d, eps=1e-3),
    )
    stages = [("stem", torch.nn.Sequential(net.conv_stem, net.bn1))]
    stages += [(f"blocks.{i}", block) for i, block in enumerate(net.blocks)]
    stages += [("head", torch.nn.Sequential(net.conv_head, net.bn2)), ("pool", net.global_pool)]
    return net, stages


def narrow_networks():
    flat = torch.nn.Sequential(torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(1))
    runs = [[1, 32, 1, 1], [2, 48, 2, 2], [3, 64, 2, 2]]
    mobile = MobileNetV2(5, width_mult=0.25, inverted_residual_setting=runs, round_nearest=4, dropout=0)
    # The class never ends below 1280 channels; a narrow end keeps the files small.
    mobile.features[-1] = Conv2dNormActivation(16, 40, 1, activation_layer=torch.nn.ReLU6)
    mobile.classifier[1] = torch.nn.Linear(40, 5)
    blocks = [MBConvConfig(1, 3, 1, 8, 8, 1, 1, 1), MBConvConfig(2, 5, 2, 8, 16, 2, 1, 1)]
    blocks += [MBConvConfig(3, 3, 2, 16, 24, 2, 1, 1)]
    efficient = EfficientNet(blocks, dropout=0, stochastic_depth_prob=0, num_classes=5, last_channel=40)
    settings = [CNBlockConfig(8, 12, 2), CNBlockConfig(12, 16, 1), CNBlockConfig(16, None, 1)]
    convnext = ConvNeXt(settings, stochastic_depth_prob=0, num_classes=5)
    normed = torch.nn.Sequential(torch.nn.AdaptiveAvgPool2d(1), convnext.classifier[0], torch.nn.Flatten(1))
    return {
        "resnet-basic": narrow_resnet(NarrowResNet(BasicBlock, [2, 1, 1, 1], [16, 16, 32, 32], 5)),
        "resnet-bottleneck": narrow_resnet(NarrowResNet(Bottleneck, [2, 1, 1, 1], [32, 32, 64, 64], 5)),
        "mobilenet": numbered(mobile, [0, 1, 3, 5, 6], flat),
        "efficientnet": numbered(efficient, [0, 1, 2, 3, 4], flat),
        "efficientnet-lite": narrow_lite(),
        "convnext": numbered(convnext, [0, 1, 3, 5], normed),
    }


RATE, EPSILON = 30.0, 1.0


def train_one_step(net, batch, labels):
    """Adam as Graft documents it. The large epsilon makes the step proportional to the gradient, as plain SGD's is."""
    net.train()
    before = {name: value.clone() for name, value in state(net).items()}
    loss = F.cross_entropy(net(batch), labels)
    loss.backward()
    with torch.no_grad():
        for value in net.parameters():
            m, v = 0.1 * value.grad, 0.001 * value.grad**2
            value -= RATE * math.sqrt(0.001) / 0.1 * m / (v.sqrt() + EPSILON)
    after = state(net)
    still = [n for n in after if np.abs(np.subtract(summary(after[n]), summary(before[n]))).max() < 1e-3]
    moved = [(after[n] - before[n]).abs().max().item() for n in after]
    print(f"  loss {loss.item():.4f}, moved at most {max(moved):.3f}, too little to see: {still}")
    return {"loss": np.array([loss.item()])} | {f"after.{name}": summary(value) for name, value in after.items()}


for family, (net, stages) in narrow_networks().items():
    with_hashed_weights(net, family)
    activation, expected = images(2, 40, 24), {}
    for stage, modules in stages:
        activation = modules(activation)
        expected |= {f"cut.{stage}.{pooling}": value for pooling, value in pooled(activation).items()}
    expected["logits"] = net(images(2, 40, 24))
    print(family, "logits", expected["logits"].detach().numpy().round(3).tolist()[0])
    expected |= train_one_step(net, images(8, 40, 24), torch.arange(8) % 5)
    write(f"narrow-{family}.safetensors", expected)

# -- whole networks: names and shapes, and the logits of one image -----------------------------------------------------

TORCHVISION = ["resnet18", "resnet34", "resnet50", "mobilenet_v2", "efficientnet_b0", "convnext_tiny"]
TIMM = {
    "resnet18": "resnet18",
    "mobilenet_v2": "mobilenetv2_100",
    "efficientnet_b0": "efficientnet_b0",
    "convnext_tiny": "convnext_tiny",
}


def names(library, network, net):
    lines = [f"{name} {','.join(map(str, value.shape))}".strip() for name, value in net.state_dict().items()]
    (HERE / f"{library}-{network}.txt").write_text("\n".join(lines) + "\n")


logits = {}
with torch.no_grad():
    for network in TORCHVISION:
        net = with_hashed_weights(getattr(torchvision.models, network)(), network)
        names("torchvision", network, net)
        logits[f"torchvision.{network}"] = net(images(1, 224, 224))[0]
    for network, theirs in TIMM.items():
        net = with_hashed_weights(timm.create_model(theirs), network)
        names("timm", network, net)
        logits[f"timm.{network}"] = net(images(1, 64, 96))[0]
for key, value in logits.items():
    print(key, "logits from", round(value.min().item(), 3), "to", round(value.max().item(), 3))
write("full-size.safetensors", logits)
