"""How the devices of the hall reach this machine: its networks and addresses, its names, and TLS."""


class CertificateUnusable(Exception):
    """A certificate or key that cannot be used; the message is the cause."""
