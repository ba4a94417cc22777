"""Structured logs on standard error: dotted event names, no personal data, no message text."""

import logging
import sys

import structlog


def configure_logs(level: str) -> None:
    """Log from `level` (DEBUG, INFO, WARNING, ERROR) on, as key=value lines; an unknown level is INFO."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level, logging.INFO)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
