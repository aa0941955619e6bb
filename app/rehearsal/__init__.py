"""Bots that speak the real wire protocol: rehearsals, the demonstration."""
