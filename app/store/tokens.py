"""What a link holds: 128 random bits in 22 characters. Only their SHA-256 is kept."""

import hashlib

TOKEN_BYTES = 16


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
