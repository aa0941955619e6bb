"""Backups through the doors: an organiser is given the file; a moderator has one made on the server, and sees where."""

from pathlib import Path

from app.meeting import commands as c
from app.store.backup import verdicts_of
from app.web.pages.backups import FOLDER
from tests.live.served import Served, pair_of
from tests.meetings import ANN

BEARS = "application/vnd.sqlite3"


def folder_of(served: Served) -> Path:
    return Path(served.settings.db).parent / FOLDER


def test_an_organiser_takes_all_there_is_away(organiser, served, tmp_path):
    sitting = served.holds()
    sitting.performs(c.OpenMeeting(sitting.plan), c.Advance(None))
    token = organiser.form("/setup")["_csrf_token"]
    answer = organiser.http.post("/setup/backup", data={"_csrf_token": token})
    assert (answer.status_code, answer.headers["content-type"]) == (200, BEARS)
    assert answer.headers["content-disposition"].startswith('attachment; filename="kaimen-')
    file = tmp_path / "taken.db"
    file.write_bytes(answer.content)
    verdict = verdicts_of(file)[sitting.code]
    assert (verdict.entries, verdict.faults) == (2, ())


def test_nobody_else_is_given_the_file(served, organiser):
    sitting = served.holds()
    token = organiser.form("/setup")["_csrf_token"]
    for key in ("", sitting.moderator, sitting.seats[ANN]):
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        served.http.cookies.clear()
        headers |= {"cookie": "; ".join(f"{name}={value}" for name, value in organiser.http.cookies.items())}
        answer = served.http.post("/setup/backup", data={"_csrf_token": token}, headers=headers)
        assert answer.status_code == 403
        assert BEARS not in answer.headers["content-type"]


def test_a_moderator_has_one_made_beside_the_database_and_is_told_where(served):
    sitting = served.holds()
    sitting.performs(c.OpenMeeting(sitting.plan), c.FinishMeeting())
    token = {"Authorization": f"Bearer {sitting.moderator}"}
    served.http.cookies.clear()
    asked = served.http.get(f"/{sitting.code}/backup?lang=en", headers=token)
    assert (asked.status_code, "Make a backup now" in asked.text) == (200, True)
    csrf = pair_of(asked)["x-csrftoken"]
    for _ in range(2):  # the second in place of the first
        made = served.http.post(f"/{sitting.code}/backup?lang=en", data={"_csrf_token": csrf}, headers=token)
    file = folder_of(served) / f"{sitting.code}.db"
    assert (made.status_code, f"<code>{file}</code>" in made.text) == (200, True)
    assert verdicts_of(file)[sitting.code].entries == 2
    rights = [oct(each.stat().st_mode & 0o777) for each in (file.parent, file)]
    assert rights == ["0o700", "0o600"]
    assert [each.name for each in file.parent.iterdir()] == [file.name]


def test_a_backup_that_cannot_be_written_is_said_in_words(served):
    sitting = served.holds()
    folder = folder_of(served)
    if folder.exists():
        folder.rename(folder.with_name("earlier"))
    folder.write_text("in the way")
    token = {"Authorization": f"Bearer {sitting.moderator}"}
    served.http.cookies.clear()
    asked = served.http.get(f"/{sitting.code}/backup?lang=en", headers=token)
    csrf = pair_of(asked)["x-csrftoken"]
    made = served.http.post(f"/{sitting.code}/backup?lang=en", data={"_csrf_token": csrf}, headers=token)
    folder.unlink()
    assert made.status_code == 500
    assert "The backup could not be written" in made.text


async def test_the_console_offers_it_before_and_after(served):
    sitting = served.holds()
    assert f'href="/{sitting.code}/backup"' in sitting.page("/moderator", sitting.moderator).text
    sitting.performs(c.OpenMeeting(sitting.plan), c.FinishMeeting())
    assert f'href="/{sitting.code}/backup"' in sitting.page("/moderator", sitting.moderator).text
