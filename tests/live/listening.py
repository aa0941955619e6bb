"""Who listens at a PostgreSQL, and how their lines are cut."""

from app.store.database import CHANNEL, Database


def listeners(database: Database) -> list[int]:
    query = f"SELECT pid FROM pg_stat_activity WHERE query = 'LISTEN {CHANNEL}' AND datname = current_database()"
    with database.reading() as connection:
        return list(connection.exec_driver_sql(query).scalars())


def is_up(database: Database, pid: int) -> bool:
    """Whether there is still such a line, whatever it is used for."""
    with database.reading() as connection:
        found = connection.exec_driver_sql(f"SELECT count(*) FROM pg_stat_activity WHERE pid = {pid}")
        return found.scalar_one() == 1


def cut(database: Database) -> None:
    with database.writing() as connection:
        for pid in listeners(database):
            connection.exec_driver_sql(f"SELECT pg_terminate_backend({pid})")
