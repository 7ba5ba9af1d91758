"""An OpenID provider on loopback that signs everybody in as whom a test says."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa


@dataclass
class Provider:
    """A running provider: whom it names, what it signs with, and whom it has sent back."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=lambda: {"sub": "anna"})
    signing: rsa.RSAPrivateKey = field(
        default_factory=lambda: rsa.generate_private_key(65537, 2048)
    )
    shown: rsa.RSAPrivateKey | None = None  # the key it says it signs with, where that is a lie
    pending: dict[str, dict[str, str]] = field(default_factory=dict)  # by code

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "end_session_endpoint": f"{self.issuer}/end",
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def keys(self) -> dict[str, Any]:
        key = jwt.algorithms.RSAAlgorithm.to_jwk((self.shown or self.signing).public_key())
        return {"keys": [{**json.loads(key), "kid": "1", "use": "sig", "alg": "RS256"}]}

    def send_back(self, query: dict[str, str]) -> str:
        """Where a browser goes that is signed in."""
        code = f"code-{len(self.pending)}"
        self.pending[code] = query
        said = urlencode({"code": code, "state": query["state"]})
        return f"{query['redirect_uri']}?{said}"

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        """A token for a code, where the caller proves to be who asked for it (RFC 7636)."""
        asked = self.pending.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if not asked or asked.get("code_challenge_method") != "S256":
            return None
        if asked["code_challenge"] != challenge:
            return None
        now = int(time.time())
        said = {"iss": self.issuer, "aud": asked["client_id"], "iat": now, "exp": now + 60}
        claims = {**said, "nonce": asked["nonce"], **self.claims}
        signed = jwt.encode(claims, self.signing, "RS256", headers={"kid": "1"})
        return {"access_token": "a", "token_type": "Bearer", "id_token": signed}


class _Door(BaseHTTPRequestHandler):
    def __init__(self, provider: Provider, *asked: Any) -> None:
        self.provider = provider
        super().__init__(*asked)

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", self.provider.send_back(_flat(parts.query)))
            self.end_headers()
        elif parts.path == "/keys":
            self._say(200, self.provider.keys())
        else:
            self._say(200, self.provider.metadata())

    def do_POST(self) -> None:
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        token = self.provider.token(_flat(form))
        self._say(200, token) if token else self._say(400, {"error": "invalid_grant"})

    def _say(self, status: int, said: dict[str, Any]) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())

    def log_message(self, *_words: Any) -> None:
        """Keep the test's output clean."""


@contextmanager
def providing() -> Iterator[Provider]:
    """Serve a provider until the block ends."""
    provider = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Door, provider))
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()


def _flat(query: str) -> dict[str, str]:
    return {name: said[0] for name, said in parse_qs(query).items()}
