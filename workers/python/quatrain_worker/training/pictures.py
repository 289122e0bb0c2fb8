"""Pictures as a model's input: torchvision's transforms in the server's order and meaning."""

from __future__ import annotations

import math
from typing import Any, Callable, Optional

import torch
import torchvision.transforms as T
import torchvision.transforms.functional as F
from PIL import Image, ImageOps
from torch import Tensor
from torch.utils.data import Dataset

from .failures import RunFailed
from .material import Picture
from .seeds import seed_of

BILINEAR = T.InterpolationMode.BILINEAR
CROP_SHARE = 0.875
#: Sigmas to which the window of a blur reaches.
REACH = 3

#: (epoch, picture): the pair decides every random change.
Place = tuple[int, int]
#: From a PIL image to the input.
Change = Callable[[Any], Tensor]


class Pictures(Dataset[tuple[Tensor, int, int]]):
    """Input `[3, S, S]`, label and index of a picture; reading happens in the loader's processes."""

    def __init__(self, pictures: list[Picture], change: Change, seed: int) -> None:
        self._pictures = pictures
        self._change = change
        self._seed = seed

    def __len__(self) -> int:
        return len(self._pictures)

    def __getitem__(self, place: Place) -> tuple[Tensor, int, int]:
        epoch, index = place
        picture = self._pictures[index]
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed_of(self._seed, "augmentation", epoch, index))
            return self._change(_read(picture)), picture.label, index


def evaluation_input(preprocessing: dict[str, Any]) -> Change:
    """As at inference: the square, normalised."""
    change: Change = T.Compose([*_square(preprocessing), *_normalised(preprocessing)])
    return change


def training_input(augmentation: Optional[dict[str, Any]], preprocessing: dict[str, Any]) -> Change:
    """Square or random part, flip, rotation, colours, gray, blur, normalisation, erasing."""
    if augmentation is None:
        return evaluation_input(preprocessing)
    size = preprocessing["imageSize"]
    steps: list[Any] = _square(preprocessing)
    if crop := augmentation["crop"]:
        steps = [T.RandomResizedCrop(size, tuple(crop["scale"]), tuple(crop["ratio"]), interpolation=BILINEAR)]
    if flip := augmentation["flip"]:
        steps.append(T.RandomHorizontalFlip(flip["probability"]))
    if rotation := augmentation["rotation"]:
        steps.append(T.RandomRotation(rotation["degrees"], interpolation=BILINEAR))
    if jitter := augmentation["colourJitter"]:
        steps.append(T.ColorJitter(jitter["brightness"], jitter["contrast"], jitter["saturation"], jitter["hue"]))
    if grayscale := augmentation["grayscale"]:
        steps.append(T.RandomGrayscale(grayscale["probability"]))
    if blur := augmentation["blur"]:
        steps.append(Blur(tuple(blur["sigma"])))
    steps += _normalised(preprocessing)
    if erasing := augmentation["erasing"]:
        steps.append(T.RandomErasing(erasing["probability"]))
    change: Change = T.Compose(steps)
    return change


class Blur:
    """torchvision's blur with a window that follows from the sigma drawn."""

    def __init__(self, sigma: tuple[float, float]) -> None:
        self._sigma = sigma

    def __call__(self, image: Any) -> Any:
        sigma = float(torch.empty(1).uniform_(*self._sigma))
        reach = min(math.ceil(REACH * sigma), min(image.size) - 1)
        return F.gaussian_blur(image, [2 * reach + 1, 2 * reach + 1], [sigma, sigma])


class Pad:
    """Pillow's `ImageOps.pad` with black."""

    def __init__(self, size: int) -> None:
        self._size = size

    def __call__(self, image: Any) -> Any:
        return ImageOps.pad(image, (self._size, self._size), Image.Resampling.BILINEAR)


def _square(preprocessing: dict[str, Any]) -> list[Any]:
    size, mode = preprocessing["imageSize"], preprocessing["resizeMode"]
    if mode == "resize_crop":
        return [T.Resize(math.floor(size / CROP_SHARE), BILINEAR), T.CenterCrop(size)]
    return [Pad(size)] if mode == "pad" else [T.Resize((size, size), BILINEAR)]


def _normalised(preprocessing: dict[str, Any]) -> list[Any]:
    return [T.ToTensor(), T.Normalize(preprocessing["mean"], preprocessing["std"])]


def _read(picture: Picture) -> Any:
    try:
        with Image.open(picture.file) as image:
            return ImageOps.exif_transpose(image).convert("RGB")
    except Exception as error:  # Pillow's decoders raise anything
        raise RunFailed(f"{picture.path} cannot be read: {error}. Take it out of the dataset") from error
