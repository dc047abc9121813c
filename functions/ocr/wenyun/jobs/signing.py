"""Addresses that need no key: what they stand for is signed, and they end."""

import hashlib
import hmac


class Signer:
    """Signs with a secret.

    Args:
        secret: Kept by the server alone.

    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def sign(self, *parts: str) -> str:
        """A signature over all parts, in hex."""
        # No part can run into the next: each is preceded by its length.
        text = "".join(f"{len(part)}:{part}" for part in parts)
        return hmac.new(self._secret, text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()

    def check(self, signature: str, now: float, expires: str, *parts: str) -> bool:
        """Whether a signature is ours and its time is not over, in constant time."""
        ours = hmac.compare_digest(self.sign(*parts, expires).encode(), signature.encode())
        return ours and expires.isdecimal() and now < int(expires)
