"""Networks by timm's names: its own where it is installed, else torchvision's ResNets, which name weights alike."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

import torch
from torch import nn

from .failures import RunFailed
from .safetensors_file import read_safetensors
from .seeds import seed_of

TORCHVISION_MODELS = ("resnet18", "resnet34", "resnet50")


@dataclass(frozen=True)
class OpenModel:
    """`head` is the name of the classifier; `effect` says what became of stored weights."""

    network: nn.Module
    head: str
    library: str
    pretrained_effect: dict[str, Any]


def open_model(config: dict[str, Any], initial_weights: Optional[Path]) -> OpenModel:
    """A network with fresh weights that follow from the seed, then stored ones where there are some."""
    torch.manual_seed(seed_of(config["seed"], "initial-weights"))
    name, classes = config["modelName"], config["numClasses"]
    timm = _timm()
    if timm is None:
        network, head, library = _torchvision_network(name, classes), "fc", "torchvision"
    else:
        try:
            network = timm.create_model(name, num_classes=classes)
        except RuntimeError as error:
            raise RunFailed(f"timm {timm.__version__} has no model {name}: {error}") from error
        head, library = _head_of(network), f"timm {timm.__version__}"
    if config["freezeBackbone"] and head == "":
        raise RunFailed(f"{name} does not say which part is its classifier: it cannot be frozen, take another model")
    effect: dict[str, Any] = {"requested": config["pretrained"], "effective": False}
    if initial_weights is not None:
        effect.update(_load_file(network, head, initial_weights))
    elif config["pretrained"]:
        effect.update(_load_fetched(network, head, name, timm))
    return OpenModel(network, head, library, effect)


def freeze_backbone(model: OpenModel) -> None:
    """Only the classifier is trained from now on."""
    for name, weight in model.network.named_parameters():
        weight.requires_grad_(name.startswith(f"{model.head}."))


def training_mode(model: OpenModel, frozen: bool) -> None:
    """A frozen backbone keeps the statistics of its batch norms, and does not drop out."""
    model.network.train(not frozen)
    if frozen:
        model.network.get_submodule(model.head).train()


def _timm() -> Any:
    try:
        import timm
    except Exception:  # a broken installation raises anything
        return None
    return timm


def _torchvision_network(name: str, classes: int) -> nn.Module:
    import torchvision

    if name not in TORCHVISION_MODELS:
        raise RunFailed(
            f"{name} needs timm, which is not installed beside this worker (pip install timm); "
            f"without it there are {', '.join(TORCHVISION_MODELS)}"
        )
    network: nn.Module = getattr(torchvision.models, name)(num_classes=classes)
    return network


def _head_of(network: nn.Module) -> str:
    head = getattr(network, "default_cfg", {}).get("classifier", "")
    return head if isinstance(head, str) else ""


def _load_file(network: nn.Module, head: str, file: Path) -> dict[str, Any]:
    try:
        stored = read_safetensors(file)
    except (ValueError, KeyError, TypeError) as error:
        raise RunFailed(f"The initial weights cannot be read: {error}") from error
    return _load(network, head, stored, "the given file")


def _load_fetched(network: nn.Module, head: str, name: str, timm: Any) -> dict[str, Any]:
    try:
        if timm is not None:
            stored = timm.create_model(name, pretrained=True).state_dict()
        else:
            import torchvision

            stored = getattr(torchvision.models, name)(weights="DEFAULT").state_dict()
    except Exception as error:  # no network, no such weights, a full disk
        why = (str(error).splitlines() or [type(error).__name__])[0][:300]
        return {"effective": False, "reason": f"stored weights could not be fetched: {why}"}
    return _load(network, head, stored, "timm" if timm is not None else "torchvision")


def _load(network: nn.Module, head: str, stored: dict[str, torch.Tensor], source: str) -> dict[str, Any]:
    """By name and shape; a classifier for other classes begins afresh."""
    own = network.state_dict()
    fitting = {name: value for name, value in stored.items() if name in own and own[name].shape == value.shape}
    rest = [name for name in own if name not in fitting and not name.startswith(f"{head}.")]
    if not fitting:
        raise RunFailed(f"None of the weights of {source} fits the model by name and shape: choose another file")
    network.load_state_dict(fitting, strict=False)
    if not rest:
        return {"effective": True}
    fresh = f"{', '.join(rest[:5])}{', ...' if len(rest) > 5 else ''}"
    return {"effective": True, "reason": f"{len(fitting)} of {len(own)} tensors from {source}; begun afresh: {fresh}"}
