"""What a job trains on, fetched from the server into files of this machine."""

from __future__ import annotations

import concurrent.futures
import os
import shutil
import threading
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Optional

from ..server_link import ServerLink, with_patience
from .failures import RunFailed

CONNECTIONS = 8


@dataclass(frozen=True)
class Picture:
    """`path` is its name in the dataset, `file` its bytes here. Boxes are in pixels."""

    path: str
    file: Path
    split: str
    label: int
    width: int
    height: int
    boxes: tuple[dict[str, float], ...]


@dataclass(frozen=True)
class Material:
    """Everything that was fetched."""

    classes: tuple[str, ...]
    pictures: tuple[Picture, ...]
    resume_from: Optional[Path]
    initial_weights: Optional[Path]

    def of_split(self, split: str) -> list[Picture]:
        """In the order of the manifest."""
        return [picture for picture in self.pictures if picture.split == split]


def fetch_material(
    link: ServerLink,
    task: dict[str, Any],
    folder: Path,
    *,
    cache: Path,
    cache_bytes: int,
    patience_s: float,
    stop_asked: threading.Event,
) -> Material:
    """Fetches manifest, pictures and checkpoints; what is in the cache is not fetched again.

    Each picture gets a name of the job's own (a hard link), so that the cache may be emptied beneath it.
    """

    def patiently(action: Any, what: str) -> Any:
        return with_patience(action, what, stop_asked, patience_s)

    manifest = patiently(link.manifest, "fetching the manifest")
    (folder / "pictures").mkdir(parents=True, exist_ok=True)
    hashes = {image["sha256"]: image["path"] for image in manifest["images"]}

    def fetch(sha256: str) -> tuple[str, Path]:
        own = folder / "pictures" / f"{_hex(sha256)}{PurePosixPath(hashes[sha256]).suffix.lower()[:10]}"
        patiently(lambda: _picture(link, sha256, own, cache), f"fetching {hashes[sha256]}")
        return sha256, own

    with concurrent.futures.ThreadPoolExecutor(CONNECTIONS) as pool:
        files = dict(pool.map(fetch, hashes))
    shrink_cache(cache, cache_bytes)
    return Material(
        classes=tuple(manifest["classes"]),
        pictures=tuple(_row(image, files[image["sha256"]]) for image in manifest["images"]),
        resume_from=_checkpoint(patiently, link, task.get("resumeFrom"), folder / "resume.pth"),
        initial_weights=_weights(patiently, link, task.get("initialWeights"), folder / "initial.safetensors"),
    )


def shrink_cache(cache: Path, limit_bytes: int) -> None:
    """Removes what was used longest ago until the rest fits."""
    kept = []
    for file in cache.glob("*/*"):
        try:
            facts = file.stat()
        except FileNotFoundError:
            continue
        kept.append((facts.st_mtime, facts.st_size, file))
    total = sum(size for _, size, _ in kept)
    for _, size, file in sorted(kept):
        if total <= limit_bytes:
            return
        file.unlink(missing_ok=True)
        total -= size


def _picture(link: ServerLink, sha256: str, own: Path, cache: Path) -> None:
    cached = cache / sha256[:2] / sha256
    try:
        os.utime(cached)
    except FileNotFoundError:
        cached.parent.mkdir(parents=True, exist_ok=True)
        link.fetch_blob(sha256, cached)
    try:
        os.link(cached, own)
    except FileExistsError:
        pass
    except OSError:
        # Other file systems, or too many links.
        shutil.copyfile(cached, own)


def _checkpoint(patiently: Any, link: ServerLink, name: Optional[str], target: Path) -> Optional[Path]:
    if name is None:
        return None
    patiently(lambda: link.fetch_checkpoint(name, target), "fetching the checkpoint")
    return target


def _weights(patiently: Any, link: ServerLink, sha256: Optional[str], target: Path) -> Optional[Path]:
    if sha256 is None:
        return None
    patiently(lambda: link.fetch_blob(_hex(sha256), target), "fetching the initial weights")
    return target


def _row(image: dict[str, Any], file: Path) -> Picture:
    return Picture(
        path=image["path"],
        file=file,
        split=image["split"],
        label=image["label"],
        width=image["width"],
        height=image["height"],
        boxes=tuple(image["boxes"]),
    )


def _hex(sha256: str) -> str:
    if len(sha256) != 64 or any(letter not in "0123456789abcdef" for letter in sha256):
        raise RunFailed(f"the server's manifest has a hash that is none: {sha256[:80]!r}")
    return sha256
