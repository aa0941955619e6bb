"""Names that the hall calls a server by, for which certificates are made in tests."""

HALL = ["192.168.1.5", "localhost", "kaimen.local"]
