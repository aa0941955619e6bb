"""The authority of our own and its certificates, without a server: who trusts it, for which names, for how long."""

import ipaddress
import plistlib
import re
import ssl
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from app.network import CertificateUnusable, tls
from app.network.addresses import lan_addresses
from app.network.tls import Authority
from tests.certificates import HALL

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


def shakes_hands(authority: Authority, name: str) -> bool:
    """Whether a client that trusts the root takes the server for ``name``; no socket is needed for that."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(authority.server.certificate, authority.server.key)
    to_client, to_server = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = [
        tls.trusting(authority).wrap_bio(to_client, to_server, server_hostname=name),
        server.wrap_bio(to_server, to_client, server_side=True),
    ]
    for _ in range(4):
        for end in ends:
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                continue
            except ssl.SSLError:
                return False
    return ends[0].version() is not None


# --- the authority ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HALL)
def test_who_trusts_the_root_trusts_the_server_under_all_its_names(authority, name):
    authority.certify(HALL, tls.now())
    assert shakes_hands(authority, name)


def test_and_under_no_other(authority):
    authority.certify(HALL, tls.now())
    assert not shakes_hands(authority, "192.168.1.6")
    assert not shakes_hands(authority, "bank.example")


def test_a_stolen_root_cannot_play_a_bank(authority, monkeypatch):
    """Even if it is made to sign, devices do not take it."""
    authority.certify(HALL, tls.now())
    monkeypatch.setattr(tls, "permits", lambda *_: True)
    authority.certify([*HALL, "bank.example", "9.9.9.9"], tls.now())
    assert "bank.example" in tls.names_in(authority.server.load())
    assert not shakes_hands(authority, "bank.example")
    assert not shakes_hands(authority, "9.9.9.9")


def test_keys_are_readable_by_their_owner_alone(authority):
    authority.certify(HALL, NOON)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in authority.folder.iterdir()}
    assert modes == {"root.crt": 0o644, "root.key": 0o600, "server.crt": 0o644, "server.key": 0o600}
    assert stat.S_IMODE(authority.folder.stat().st_mode) == 0o700


def test_a_second_start_changes_nothing(authority):
    authority.certify(HALL, NOON)
    before = {path: path.read_bytes() for path in authority.folder.iterdir()}
    authority.certify(HALL[:2], NOON + timedelta(days=300))
    assert {path: path.read_bytes() for path in authority.folder.iterdir()} == before


@pytest.mark.parametrize(
    ("names", "days"), [([*HALL, "192.168.1.77"], 0), (HALL, 370)], ids=["a new address", "running out"]
)
def test_the_certificate_is_renewed_and_the_root_stays(authority, names, days):
    authority.certify(HALL, NOON)
    root, old = authority.root.load(), authority.server.load()
    authority.certify(names, NOON + timedelta(days=days))
    new = authority.server.load()
    assert new.serial_number != old.serial_number
    assert set(tls.names_in(new)) == set(names)
    assert new.not_valid_after_utc - (NOON + timedelta(days=days)) > timedelta(days=390)
    assert authority.root.load() == root


def test_a_public_address_that_turns_up_later_spoils_nothing(authority):
    authority.certify(HALL, tls.now())
    authority.certify([*HALL, "202.97.1.1"], tls.now())
    assert set(tls.names_in(authority.server.load())) == set(HALL)
    assert shakes_hands(authority, "192.168.1.5")


def test_a_public_address_that_is_there_from_the_beginning_is_covered(authority):
    authority.certify([*HALL, "202.97.1.1"], tls.now())
    assert shakes_hands(authority, "202.97.1.1")


def test_a_damaged_certificate_is_made_anew(authority):
    authority.certify(HALL, tls.now())
    authority.server.certificate.write_text("nonsense")
    authority.certify(HALL, tls.now())
    assert shakes_hands(authority, "localhost")


def test_what_devices_demand_of_a_certificate(authority):
    """Apple: at most 825 days, server authentication, alternative names; a clock two days behind is no matter."""
    authority.certify(HALL, NOON)
    root, server = authority.root.load(), authority.server.load()
    assert server.not_valid_after_utc - server.not_valid_before_utc <= timedelta(days=398)
    assert root.not_valid_after_utc - NOON > timedelta(days=3600)
    assert server.not_valid_before_utc <= NOON - timedelta(days=2)
    usage = server.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert [each.dotted_string for each in usage] == ["1.3.6.1.5.5.7.3.1"]
    assert root.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert root.extensions.get_extension_for_class(x509.NameConstraints).critical


def test_the_profile_for_ipads_holds_the_root_and_is_always_the_same(authority):
    authority.certify(HALL, NOON)
    root = authority.root.load()
    profile = plistlib.loads(tls.as_profile(root))
    [payload] = profile["PayloadContent"]
    assert (profile["PayloadType"], payload["PayloadType"]) == ("Configuration", "com.apple.security.root")
    assert payload["PayloadContent"] == tls.as_der(root)
    assert tls.as_profile(root) == tls.as_profile(root)


def test_the_authority_stands_beside_its_database():
    assert tls.authority_beside("/hall/kaimen.db").folder == Path("/hall/kaimen.tls")
    assert tls.authority_beside("postgresql://u:p@host/kaimen").folder == Path("kaimen.tls")


@pytest.mark.parametrize("wrong", ["nothing", "nonsense", "other key"])
def test_a_given_certificate_that_cannot_be_used_says_which(tmp_path, authority, wrong):
    pair = authority.certify(HALL, NOON)
    certificate, key = pair.certificate, pair.key
    if wrong == "nothing":
        certificate = tmp_path / "nothing.crt"
    elif wrong == "nonsense":
        certificate.write_text("nonsense")
    else:
        key = authority.root.key
    with pytest.raises(CertificateUnusable, match=re.escape(str(certificate))):
        tls.given_pair(str(certificate), str(key))


def test_all_addresses_are_real_ones_and_the_given_one_is_first():
    found = lan_addresses()
    assert all(ipaddress.ip_address(each).version == 4 for each in found)
    assert len(found) == len(set(found))
    assert not any(each.startswith("127.") for each in found)
