"""Random numbers that follow from their place in a run, so that nothing has to be saved to continue it."""

from __future__ import annotations

import hashlib


def seed_of(seed: int, purpose: str, *place: int) -> int:
    """63 bits, for example `seed_of(seed, "augmentation", epoch, picture)`."""
    text = ":".join([str(seed), purpose, *map(str, place)])
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big") >> 1
