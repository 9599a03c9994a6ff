"""How patient downloads are: time, tries, and what a busy server may ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

AGENT: Final = "pfpp-utils"
BUSY: Final = (429, 500, 502, 503, 504)


@dataclass(frozen=True)
class Limits:
    """How long to wait and how much to take.

    Attributes
    ----------
    seconds
        For the transfer of one file, in all.
    silence
        Seconds without a byte after which a try is given up.
    tries
        How often to try, in all.
    wait
        Longest time in seconds that a server may ask one to wait between tries.
    pause
        Seconds before the second try; each further pause is twice as long.
    """

    seconds: float = 1800
    silence: float = 30
    tries: int = 4
    wait: float = 120
    pause: float = 1


class _Patience(Retry):
    """Retries that honour Retry-After, unless the server asks for more than there is patience for."""

    longest: float = 120

    def increment(self, *args: Any, **options: Any) -> _Patience:  # noqa: ANN401 as in urllib3
        response = options.get("response")
        if response is not None and (self.get_retry_after(response) or 0) > self.longest:
            raise urllib3.exceptions.MaxRetryError(options["_pool"], options.get("url", ""))
        return super().increment(*args, **options)


def session(limits: Limits) -> requests.Session:
    """Open a session that tries again when a server is busy.

    Parameters
    ----------
    limits
        How often and how long.

    Returns
    -------
    requests.Session
        To be closed by the caller. It uses the proxies that the environment names.
    """
    patience = type("Patience", (_Patience,), {"longest": limits.wait})
    retries = patience(
        total=limits.tries - 1,
        status_forcelist=BUSY,
        backoff_factor=limits.pause / 2,
        backoff_max=limits.wait,
        raise_on_status=False,
    )
    made = requests.Session()
    made.headers.update({"User-Agent": AGENT, "Accept-Encoding": "identity"})
    made.mount("https://", HTTPAdapter(max_retries=retries))
    made.mount("http://", HTTPAdapter(max_retries=retries))
    return made
