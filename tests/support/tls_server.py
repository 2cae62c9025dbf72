"""A real https server on this machine, with a certificate of an authority made for the test."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True, slots=True)
class Papers:
    """Files: the authority's certificate, and certificate with key of the server."""

    authority: Path
    certificate: Path


def papers(folder: Path, *names: str) -> Papers:
    """Certificates for ``names``, signed by an authority of their own."""
    root, leaf = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    of_root = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Test {folder.name}")])
    signed_root = (
        _builder(of_root, of_root, root.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(root.public_key()), critical=False)
        .add_extension(_usage(sign_certificates=True), critical=True)
        .sign(root, hashes.SHA256())
    )
    of_leaf = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    signed_leaf = (
        _builder(of_leaf, of_root, leaf.public_key())
        .add_extension(x509.SubjectAlternativeName([_name(name) for name in names]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root.public_key()), critical=False)
        .sign(root, hashes.SHA256())
    )
    found = Papers(folder / "authority.pem", folder / "server.pem")
    found.authority.write_bytes(signed_root.public_bytes(serialization.Encoding.PEM))
    key = leaf.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    found.certificate.write_bytes(key + signed_leaf.public_bytes(serialization.Encoding.PEM))
    return found


def tls(made: Papers) -> ssl.SSLContext:
    """What a server needs to speak TLS with them."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made.certificate)
    return context


@dataclass(frozen=True, slots=True)
class Heard:
    """One request as the server got it; header names in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Listener:
    """A server that remembers; ``answer`` gives status, headers and body, ``None``: says nothing and hangs up."""

    port: int = 0
    heard: list[Heard] = field(default_factory=list)
    answer: Callable[[Heard], tuple[int, Mapping[str, str], bytes] | None] = lambda _heard: (200, {}, b"ok")


@contextmanager
def listening(made: Papers) -> Iterator[Listener]:
    """Run one until the end of the block."""
    listener = Listener()

    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            headers = {name.lower(): text for name, text in self.headers.items()}
            heard = Heard(self.command, self.path, headers, self.rfile.read(size))
            listener.heard.append(heard)
            said = listener.answer(heard)
            if said is None:
                return
            status, extra, body = said
            self.send_response(status)
            for name, text in {"Content-Length": str(len(body)), **extra}.items():
                self.send_header(name, text)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = _any  # noqa: N815

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.socket = tls(made).wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.handle_error = lambda *_args: None  # type: ignore[method-assign]
    listener.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield listener
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)  # noqa: TID251 - what TLS asks is the clock of the machine
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
    )


def _usage(*, sign_certificates: bool) -> x509.KeyUsage:
    off = dict.fromkeys(
        (
            "content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "crl_sign",
            "encipher_only", "decipher_only",
        ),
        False,
    )  # fmt: skip
    return x509.KeyUsage(digital_signature=True, key_cert_sign=sign_certificates, **off)


def _name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)
