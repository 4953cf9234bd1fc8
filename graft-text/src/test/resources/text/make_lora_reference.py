"""Makes lora.safetensors in the folders beside it: three steps of low-rank adaptation, written out by hand.

    pip install torch==2.15.0 transformers==5.24.0 safetensors==0.8.0 numpy==2.4.6
    python make_lora_reference.py

Rank 2, alpha 6, on every dense layer of attention and feed-forward blocks; base weights, norms and embeddings stay as they
are. The rest is as in make_reference.py: AdamW in float64 on all texts in one padded batch, without dropout.
"""

import json
from pathlib import Path

import torch
import transformers
from safetensors.numpy import load_file, save_file
from transformers.pytorch_utils import Conv1D

HERE = Path(__file__).parent
TEXTS = json.loads((HERE / "texts.json").read_text(encoding="utf-8"))
RANK, ALPHA = 2, 6.0


class Adapted(torch.nn.Module):
    def __init__(self, base, generator):
        super().__init__()
        self.base = base
        turned = isinstance(base, Conv1D)
        inputs, outputs = base.weight.shape if turned else reversed(base.weight.shape)
        self.down = (torch.randn((RANK, inputs), generator=generator) * 0.3).double().requires_grad_()
        # Not 0, as training starts, so that the first step has a gradient for both.
        self.up = (torch.randn((outputs, RANK), generator=generator) * 0.1).double().requires_grad_()

    def forward(self, x):
        return self.base(x) + (x @ self.down.T) @ self.up.T * (ALPHA / RANK)


def train(name):
    folder = HERE / name
    model = transformers.AutoModel.from_pretrained(folder).double().eval()
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    generator = torch.Generator().manual_seed(7)
    adapters = {}
    for path, module in list(model.named_modules()):
        if path.startswith("pooler") or not isinstance(module, (torch.nn.Linear, Conv1D)):
            continue
        parent = model.get_submodule(path.rpartition(".")[0])
        adapters[path] = Adapted(module, generator)
        setattr(parent, path.rpartition(".")[2], adapters[path])
    ids = [load_file(folder / "expected.safetensors")[f"{i}.ids"].tolist() for i in range(len(TEXTS))]
    longest = max(map(len, ids))
    padded = torch.tensor([row + [0] * (longest - len(row)) for row in ids])
    mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in ids])
    trained = {"head.logits.weight": torch.randn((1, 8), generator=generator).double().requires_grad_()}
    trained["head.logits.bias"] = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    for path, adapter in adapters.items():
        trained[path + ".lora_A.weight"] = adapter.down
        trained[path + ".lora_B.weight"] = adapter.up
    result = {f"start.{k}": v.detach().float().numpy().copy() for k, v in trained.items()}
    moments = {key: (torch.zeros_like(p), torch.zeros_like(p)) for key, p in trained.items()}
    labels = torch.tensor([1.0, 0.0, 1.0, 0.0, 1.0, 0.0], dtype=torch.float64)
    for step in range(1, 4):
        states = model(padded, attention_mask=mask).last_hidden_state
        kept = mask.unsqueeze(-1).double()
        pooled = (states * kept).sum(1) / kept.sum(1)
        logits = (pooled @ trained["head.logits.weight"].T + trained["head.logits.bias"]).squeeze(1)
        loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, labels)
        gradients = torch.autograd.grad(loss, trained.values())
        rate = 0.01 * (1 - 0.999**step) ** 0.5 / (1 - 0.9**step)
        with torch.no_grad():
            for (key, p), gradient in zip(trained.items(), gradients):
                first, second = moments[key]
                first.mul_(0.9).add_(0.1 * gradient)
                second.mul_(0.999).add_(0.001 * gradient**2)
                if p.dim() > 1:
                    p.sub_(0.01 * 0.1 * p)
                p.sub_(rate * first / (second.sqrt() + 1e-3))
    result.update({k: v.detach().float().numpy().copy() for k, v in trained.items()})
    save_file(result, folder / "lora.safetensors")


for family in ("bert", "gpt2"):
    train(family)
