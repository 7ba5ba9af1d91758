"""A Chroma server behind TLS and a token: nginx as docs/deploy has it, a certificate of its own."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pydantic import ValidationError

from assistant.settings import Settings
from ingest.archive import opened_archive
from ingest.intake import ingest_paths
from tests.conftest import passages_held, word_count_encoder
from tests.ingest.test_intake import write_lines
from tests.servers import ChromaServer, free_port, running_nginx

_DOCUMENTED = Path(__file__).parents[2] / "docs" / "deploy" / "nginx-chroma.conf"
_SECURE = """
upstream chroma { server 127.0.0.1:%d; }
server {
    listen 127.0.0.1:%d ssl;
    ssl_certificate chroma.pem; ssl_certificate_key chroma.key;
    include chroma.conf;
}
"""
TOKEN = "Bearer 6f7e"


@pytest.fixture
def secure(chroma: ChromaServer, tmp_path: Path) -> Iterator[dict[str, str]]:
    """Settings that reach the server through nginx."""
    port = free_port()
    write_certificate(tmp_path)
    configured = _DOCUMENTED.read_text("utf-8").replace("Bearer YOUR-TOKEN", TOKEN)
    (tmp_path / "chroma.conf").write_text(configured, "utf-8")
    with running_nginx(tmp_path, port, _SECURE % (chroma.port, port)):
        yield {
            "chroma": f"https://127.0.0.1:{port}",
            "chroma_certificates": str(tmp_path / "chroma.pem"),
            "chroma_headers": json.dumps({"Authorization": TOKEN}),
        }


def write_certificate(folder: Path) -> None:
    """A certificate for this machine that nobody but itself vouches for, and its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "chroma.intranet")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "chroma.pem").write_bytes(made.public_bytes(Encoding.PEM))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "chroma.key").write_bytes(private)


def take(settings: Settings, text: str) -> None:
    lines = write_lines(settings.archive.with_name("a.jsonl"), {"id": "a", "text": text})
    ingest_paths(
        [lines], settings.site, opener=word_count_encoder, outlet="", notify=lambda step: None
    )


def settings_from(monkeypatch: pytest.MonkeyPatch, folder: Path, said: dict[str, str]) -> Settings:
    for name, value in said.items():
        monkeypatch.setenv(f"DEPECHE_{name.upper()}", value)
    return Settings(archive=folder)


def test_an_archive_is_filled_and_asked_through_tls_with_a_token(
    secure: dict[str, str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_from(monkeypatch, folder, secure)
    take(settings, " ".join(f"Red apples fell in garden number {each}." for each in range(300)))
    with opened_archive(settings.site, word_count_encoder) as archive:
        assert archive.served
        assert not archive.served.is_away
        assert passages_held(archive) == {archive.ledger.vector_count(archive.known)}
        vector = archive.encoder.encode_questions(["red apples fell in garden number 7"])[0]
        assert archive.served.nearest(vector, "en", 3, None)


@pytest.mark.parametrize(
    ("setting", "wrong"),
    [
        pytest.param("chroma_certificates", "", id="nobody known vouches for it"),
        pytest.param("chroma_headers", "{}", id="no token"),
    ],
)
def test_a_server_that_may_not_be_trusted_or_does_not_let_in_is_away(
    secure: dict[str, str], folder: Path, monkeypatch: pytest.MonkeyPatch, setting: str, wrong: str
) -> None:
    settings = settings_from(monkeypatch, folder, {**secure, setting: wrong})
    take(settings, "Red apples fell.")
    with opened_archive(settings.site, word_count_encoder) as archive:
        assert archive.served
        assert archive.served.is_away
        assert archive.words.nearest("apples", "en", 3, None)


def test_a_file_without_certificates_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_text("")
    for name in ("empty.pem", "nowhere.pem"):
        with pytest.raises(ValidationError, match=f"{name}' holds no certificates"):
            Settings(archive=tmp_path, chroma_certificates=str(tmp_path / name))


def test_a_tenant_and_a_database_of_its_own_hold_the_archive(
    secure: dict[str, str], chroma: ChromaServer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(chroma, "tenants", "press")
    make(chroma, "tenants/press/databases", "culture")
    own = {"chroma_tenant": "press", "chroma_database": "culture"}
    settings = settings_from(monkeypatch, folder, secure | own)
    take(settings, "Red apples fell.")
    with opened_archive(settings.site, word_count_encoder) as archive:
        assert archive.served
        base = archive.served.base
    assert any(name.startswith(base) for name in collections(chroma, "press", "culture"))
    usual = collections(chroma, "default_tenant", "default_database")
    assert not any(name.startswith(base) for name in usual)


def make(chroma: ChromaServer, place: str, name: str) -> None:
    asked = Request(f"{chroma.address}/api/v2/{place}", json.dumps({"name": name}).encode(),
                    {"Content-Type": "application/json"})  # fmt: skip
    with urlopen(asked, timeout=30) as answer:
        assert answer.status == 200


def collections(chroma: ChromaServer, tenant: str, database: str) -> list[str]:
    place = f"tenants/{tenant}/databases/{database}/collections?limit=1000"
    with urlopen(f"{chroma.address}/api/v2/{place}", timeout=30) as answer:
        return [each["name"] for each in json.loads(answer.read())]
