"""Logs as lines of JSON, for programs to read. They name routes and references, never a patient, an address of a page or a form."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

_FIELDS = ("method", "route", "status", "ms", "account", "reference", "kind")
"""What a line may tell beside its message, where it is known."""


class JsonLines(logging.Formatter):
    """``{"at": …, "level": …, "message": …}`` and what is known of ``_FIELDS``; of a fault where it was, without its words."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in _FIELDS if hasattr(record, name)}
        if record.exc_info and record.exc_info[2]:
            line["where"] = self.formatException(record.exc_info).splitlines()
        return json.dumps(line, ensure_ascii=False)


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "isodose.web.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "loggers": {
        "isodose": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "python_multipart": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "uvicorn": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}
"""For uvicorn's own `log_config`; it tells of faults alone, and each page is told by the application."""
