"""The doors: pages, sockets, keys. A door parses, performs and answers; it decides nothing."""
