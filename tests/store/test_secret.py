"""The secret of a database: made once, whoever asks first, and the same for all who open it."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from app.store import secret
from app.store.database import Database


def asked(where: str) -> secret.Secret:
    with closing(Database(where)) as database, database.preparing() as connection:
        return secret.make(connection)


def test_a_database_without_one_is_given_one(database):
    with database.reading() as connection:
        assert secret.find(connection) is None
    with database.writing() as connection:
        made = secret.make(connection)
        assert secret.make(connection) == made
    assert re.fullmatch("[0-9a-f]{64}", made.value)
    assert re.fullmatch("[0-9a-f]{8}", made.mark)
    with database.reading() as connection:
        assert secret.find(connection) == made


def test_processes_that_start_at_once_have_one_secret(where):
    with closing(Database(where)) as database:
        database.create()
    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(asked, [where] * 4))) == 1


def test_two_databases_are_told_apart(tmp_path):
    made = []
    for name in "ab":
        with closing(Database(str(tmp_path / f"{name}.db"))) as database:
            database.create()
        made.append(asked(str(tmp_path / f"{name}.db")))
    assert made[0].value != made[1].value
    assert made[0].mark != made[1].mark
