"""Whether an address is free."""

import socket

from bot.core.errors import PortTakenError


def require_free(host: str, port: int, setting: str) -> None:
    """Raises `PortTakenError` that names `setting`, where something listens on `host`:`port` already."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTakenError(
                f"{host}:{port} can't be used ({error.strerror}). Stop the program that listens there, "
                f"or set {setting} in .env to another port."
            ) from error
