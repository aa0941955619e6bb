"""Settings: docs/settings.md lists every one as it is, and a wrong one is declined with a sentence."""

from dataclasses import fields
from pathlib import Path

import pytest

from app.commandline.main import main
from app.language import Language, say
from app.meeting.refusals import Said
from app.settings import Settings, SettingWrong, networks
from tests.commandline import run_here

DOCUMENT = Path(__file__).parents[1] / "docs" / "settings.md"


@pytest.fixture(autouse=True)
def no_settings_around(monkeypatch):
    for each in fields(Settings):
        monkeypatch.delenv(f"KAIMEN_{each.name.upper()}", raising=False)


def test_the_documentation_lists_every_setting_as_it_is():
    options = {option for each in main.commands["serve"].params for option in each.opts}
    assert documented() == [
        [
            each.name,
            f"KAIMEN_{each.name.upper()}",
            option if (option := "--" + each.name.replace("_", "-")) in options else "",
            str(each.default),
            each.metadata["meaning"],
        ]
        for each in fields(Settings)
    ]


def documented() -> list[list[str]]:
    rows = [line.strip("|").split("|") for line in DOCUMENT.read_text("utf-8").splitlines() if line.startswith("| `")]
    return [[cell.strip().strip("`") for cell in row] for row in rows]


def test_without_a_word_the_defaults_hold():
    settings = Settings.of_environment()
    assert (settings.db, settings.host, settings.port, settings.most_sockets) == ("kaimen.db", "0.0.0.0", 8000, 5000)


def test_the_environment_goes_before_the_default_and_the_command_line_before_both(monkeypatch):
    monkeypatch.setenv("KAIMEN_PORT", "8001")
    monkeypatch.setenv("KAIMEN_HOST", "127.0.0.1")
    settings = Settings.of_environment(port=8002, host=None)
    assert (settings.port, settings.host) == (8002, "127.0.0.1")


def test_the_secret_is_the_databases_unless_it_is_set(monkeypatch):
    assert Settings.of_environment().secret == ""
    monkeypatch.setenv("KAIMEN_SECRET", "kept")
    assert Settings.of_environment().secret == "kept"


@pytest.mark.parametrize("text", ["eighty", "-1", "8000.5", ""])
def test_a_number_that_is_none_is_declined(monkeypatch, text):
    monkeypatch.setenv("KAIMEN_PORT", text)
    with pytest.raises(ValueError, match=rf"^setting\.no_number, name: KAIMEN_PORT, text: {text}$"):
        Settings.of_environment()


@pytest.mark.parametrize(("text", "is_on"), [("1", True), ("Yes", True), ("on", True), ("0", False), ("false", False)])
def test_a_yes_or_no_is_read_as_people_write_it(monkeypatch, text, is_on):
    monkeypatch.setenv("KAIMEN_TLS", text)
    assert Settings.of_environment().tls is is_on


def test_what_is_neither_yes_nor_no_is_declined(monkeypatch):
    monkeypatch.setenv("KAIMEN_TLS", "perhaps")
    with pytest.raises(ValueError, match=r"^setting\.no_switch, name: KAIMEN_TLS, text: perhaps$"):
        Settings.of_environment()


def test_a_given_certificate_means_tls(monkeypatch):
    monkeypatch.setenv("KAIMEN_CERT", "hall.pem")
    assert Settings.of_environment().tls


def test_proxies_that_are_no_addresses_are_declined(monkeypatch):
    monkeypatch.setenv("KAIMEN_TRUSTED_PROXIES", "10.0.0.1, 10.1.0.0/16, 2001:db8::/32")
    assert [str(each) for each in networks(Settings.of_environment().trusted_proxies)] == [
        "10.0.0.1/32",
        "10.1.0.0/16",
        "2001:db8::/32",
    ]
    monkeypatch.setenv("KAIMEN_TRUSTED_PROXIES", "10.0.0.1, the proxy")
    with pytest.raises(ValueError, match=r"^setting\.no_networks, name: KAIMEN_TRUSTED_PROXIES, text: 10"):
        Settings.of_environment()


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("db", "", "setting.no_database"),
        ("db", "mysql://root:secret@host/kaimen", "setting.no_database"),
        ("db", "sqlite://kaimen.db", "setting.no_database"),
        ("public_url", "meeting.example.org", "setting.no_address"),
        ("public_url", "localhost:8000", "setting.no_address"),
        ("public_url", "http://", "setting.no_address"),
        ("public_url", "http://host:80000", "setting.no_address"),
        ("public_url", "https://example.org/kaimen/", "setting.address_with_path"),
        ("public_url", "https://example.org/?meeting=1", "setting.address_with_path"),
    ],
)
def test_what_would_lead_nowhere_is_declined_before_the_start(monkeypatch, name, text, code):
    monkeypatch.setenv(f"KAIMEN_{name.upper()}", text)
    with pytest.raises(SettingWrong) as wrong:
        Settings.of_environment()
    assert (wrong.value.said.code, wrong.value.said.facts["name"]) == (code, f"KAIMEN_{name.upper()}")
    assert "secret" not in str(wrong.value)


@pytest.mark.parametrize("language", list(Language))
def test_a_wrong_setting_is_told_in_the_language_of_the_terminal(monkeypatch, language):
    monkeypatch.setenv("KAIMEN_PORT", "eighty")
    said = run_here("links", language=language)
    assert said.exit_code == 1
    assert said.output.strip() == say(Said("setting.no_number", {"name": "KAIMEN_PORT", "text": "eighty"}), language)


@pytest.mark.parametrize(
    "db", ["kaimen.db", "a#b?c%20d.db", "postgres", "file:x", "C:\\会议\\kaimen.db", "postgres://h/k"]
)
def test_any_file_may_be_the_database(monkeypatch, db):
    monkeypatch.setenv("KAIMEN_DB", db)
    assert Settings.of_environment().db == db
