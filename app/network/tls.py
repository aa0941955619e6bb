"""TLS in a hall without the internet: a certificate authority of this server's own, and what it signs.

A folder beside the database holds the *root* (ten years; a device that trusts it once trusts every later certificate)
and the *server certificate* for every name and address of this machine, made anew as it runs out or an address is new.
Both keys are readable by their owner alone. The root may only vouch for private addresses and names of a local network,
so that whoever steals its key cannot play a bank to the devices of the hall.
"""

import ipaddress
import os
import plistlib
import socket
import ssl
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from app.network import CertificateUnusable
from app.network.names import OWN_NAME, PRIVATE_NAMES, is_private
from app.settings import beside

LIFE_OF_ROOT = timedelta(days=3652)
LIFE_OF_CERTIFICATE = timedelta(days=397)
"""Apple's devices take no server certificate of more than 825 days, and of public authorities none of more than 398."""
RENEWED_BEFORE = timedelta(days=30)
SLOW_CLOCKS = timedelta(days=2)
"""Certificates are valid from a while ago: the clock of a tablet may be behind."""

PRIVATE_NETWORKS = (
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "169.254.0.0/16",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "::1/128",
    "fc00::/7",
    "fe80::/10",
)

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Pair:
    """A certificate with its private key, as PEM files."""

    certificate: Path
    key: Path

    @property
    def exists(self) -> bool:
        return self.certificate.exists() and self.key.exists()

    def load(self) -> x509.Certificate:
        """Raises CertificateUnusable."""
        try:
            return x509.load_pem_x509_certificate(self.certificate.read_bytes())
        except (OSError, ValueError) as error:
            raise CertificateUnusable(f"{self.certificate}: {error}") from error


@dataclass(frozen=True, slots=True)
class Authority:
    """The folder of this server's own authority. Nothing is made by naming it."""

    folder: Path

    @property
    def root(self) -> Pair:
        return Pair(self.folder / "root.crt", self.folder / "root.key")

    @property
    def server(self) -> Pair:
        return Pair(self.folder / "server.crt", self.folder / "server.key")

    def certify(self, names: Sequence[str], now: datetime) -> Pair:
        """A server certificate for these names and addresses: the one there is, or a new one. Raises OSError."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self.root.exists or self.root.load().not_valid_after_utc - now < RENEWED_BEFORE:
            _make_root(self.root, names, now)
        root = self.root.load()
        # One name that the root may not vouch for would spoil the certificate for all the others.
        permitted = [name for name in names if permits(root, name)]
        if not self._is_good(root, permitted, now):
            _make_server(self.server, self.root, permitted, now)
        return self.server

    def _is_good(self, root: x509.Certificate, names: Sequence[str], now: datetime) -> bool:
        if not self.server.exists:
            return False
        try:
            certificate = self.server.load()
            certificate.verify_directly_issued_by(root)
        except (CertificateUnusable, InvalidSignature, ValueError, TypeError):
            return False
        return set(names) <= set(names_in(certificate)) and certificate.not_valid_after_utc - now > RENEWED_BEFORE


def authority_beside(db: str) -> Authority:
    """``kaimen.db`` has its authority in ``kaimen.tls``; a database of a url in ``kaimen.tls`` where we are started."""
    return Authority(beside(db, ".tls"))


def given_pair(certificate: str, key: str) -> Pair:
    """A certificate from elsewhere. Raises CertificateUnusable unless the two belong together and can be read."""
    pair = Pair(Path(certificate), Path(key))
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(pair.certificate, pair.key)
    except OSError as error:  # ssl.SSLError is one
        raise CertificateUnusable(f"{certificate}, {key}: {error.strerror or error}") from error
    return pair


def trusting(authority: Authority) -> ssl.SSLContext:
    """For clients of ours: whom the system trusts, and this authority if there is one."""
    context = ssl.create_default_context()
    if authority.root.certificate.exists():
        context.load_verify_locations(authority.root.certificate)
    return context


def names_in(certificate: x509.Certificate) -> list[str]:
    """The names and addresses a certificate is for."""
    try:
        said = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return []
    return [*said.get_values_for_type(x509.DNSName), *map(str, said.get_values_for_type(x509.IPAddress))]


def permits(root: x509.Certificate, name: str) -> bool:
    """Whether a root may vouch for a name or address: one may turn up long after the root was made."""
    allowed = root.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    address = _address(name)
    if address is not None:
        networks = [ipaddress.ip_network(str(each.value)) for each in allowed if isinstance(each, x509.IPAddress)]
        return any(address in network for network in networks)
    ends = [each.value for each in allowed if isinstance(each, x509.DNSName)]
    return any(name == end or name.endswith(f".{end}") for end in ends)


def covers(certificate: x509.Certificate, name: str) -> bool:
    """Whether a certificate is for a name or address; ``*.example.org`` is for one label in its place."""
    known = names_in(certificate)
    return name in known or f"*.{name.partition('.')[2]}" in known


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 in pairs of digits, as devices show it: to compare what was downloaded with what stands here."""
    return certificate.fingerprint(hashes.SHA256()).hex(":").upper()


def as_der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)


def as_profile(certificate: x509.Certificate) -> bytes:
    """A configuration profile for iPads and iPhones (.mobileconfig) that brings the root; the same one each time."""
    print_ = fingerprint(certificate)
    name = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    payload = {
        "PayloadType": "com.apple.security.root",
        "PayloadVersion": 1,
        "PayloadIdentifier": f"kaimen.root.{print_[:11].replace(':', '')}",
        "PayloadUUID": _uuid(f"root {print_}"),
        "PayloadDisplayName": name,
        "PayloadCertificateFileName": "kaimen.crt",
        "PayloadContent": as_der(certificate),
    }
    profile = {
        "PayloadType": "Configuration",
        "PayloadVersion": 1,
        "PayloadIdentifier": f"kaimen.profile.{print_[:11].replace(':', '')}",
        "PayloadUUID": _uuid(f"profile {print_}"),
        "PayloadDisplayName": name,
        "PayloadContent": [payload],
    }
    return plistlib.dumps(profile)


# --- making them ------------------------------------------------------------------------------------------------------


def _make_root(pair: Pair, names: Sequence[str], now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Kaimen {socket.gethostname()} {now:%Y-%m-%d}"[:64])])
    root = (
        _builder(name, name, key.public_key(), now, LIFE_OF_ROOT)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(signs_certificates=True), critical=True)
        .add_extension(_only_here(names), critical=True)
        .sign(key, hashes.SHA256())
    )
    _write(pair, root, key)


def _make_server(pair: Pair, root_pair: Pair, names: Sequence[str], now: datetime) -> None:
    root = root_pair.load()
    root_key = serialization.load_pem_private_key(root_pair.key.read_bytes(), None)
    assert isinstance(root_key, ec.EllipticCurvePrivateKey)  # noqa: S101  we wrote it
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, OWN_NAME)])
    certificate = (
        _builder(root.subject, name, key.public_key(), now, LIFE_OF_CERTIFICATE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_general_name(each) for each in names]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False)
        .sign(root_key, hashes.SHA256())
    )
    _write(pair, certificate, key)


def _builder(
    issuer: x509.Name, subject: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, life: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .issuer_name(issuer)
        .subject_name(subject)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - SLOW_CLOCKS)
        .not_valid_after(now - SLOW_CLOCKS + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _key_usage(signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _only_here(names: Sequence[str]) -> x509.NameConstraints:
    """Private networks and names, and what this machine is called: some halls have public addresses."""
    networks = [ipaddress.ip_network(each) for each in PRIVATE_NETWORKS]
    addresses = [address for name in names if (address := _address(name))]
    others = [ipaddress.ip_network(each) for each in addresses if not any(each in network for network in networks)]
    own = [name for name in names if not _address(name) and not is_private(name)]
    return x509.NameConstraints(
        permitted_subtrees=[
            *(x509.DNSName(name) for name in (*PRIVATE_NAMES, *own)),
            *(x509.IPAddress(network) for network in (*networks, *others)),
        ],
        excluded_subtrees=None,
    )


def _write(pair: Pair, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> None:
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    # The key is never on the disk in a file that others can read, not even for a moment.
    _replace(pair.key, secret, mode=0o600)
    _replace(pair.certificate, certificate.public_bytes(serialization.Encoding.PEM), mode=0o644)


def _replace(path: Path, content: bytes, mode: int) -> None:
    new = path.with_suffix(f"{path.suffix}.new")
    new.unlink(missing_ok=True)
    with open(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode), "wb") as file:  # noqa: PTH123
        file.write(content)
    new.replace(path)


def _general_name(name: str) -> x509.GeneralName:
    address = _address(name)
    return x509.IPAddress(address) if address else x509.DNSName(name)


def _address(name: str) -> Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None


def _uuid(text: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, text)).upper()


def now() -> datetime:
    return datetime.now(UTC)
