"""How the devices of the hall reach this machine: its networks and addresses, and TLS."""
