"""What the app needs of Streamlit and has no public name there.

Everything of that kind is here, so that a new version of Streamlit is looked at in one place;
``tests/test_streamlit_internals.py`` holds each against the version that was read, 1.67.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any, Final

from google.protobuf.message import DecodeError
from streamlit import config
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.components.v2 import manifest_scanner
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequest, ScriptRequests
from streamlit.runtime.scriptrunner_utils.script_run_context import RunLocation, ThreadState
from streamlit.user_info import generate_login_redirect_url
from streamlit.web import bootstrap
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

CORE: Final = "/_stcore"
"""What begins with this is Streamlit's own."""
STREAM: Final = "/_stcore/stream"
"""The path of the WebSocket."""
HEALTH: Final = "/_stcore/health"
"""The path that says whether the server runs, and nothing else."""
CORE_USED: Final = (HEALTH, "/_stcore/host-config", "/_stcore/bidi-components/")
"""What the pages ask for; the rest takes uploads, states figures of use, or serves programs."""
LOGOUT: Final = "/auth/logout"
SIGN_IN_PATHS: Final = frozenset({"/auth/login", LOGOUT, "/oauth2callback"})

_WANTED: Final = frozenset({"rerun_script", "stop_script", "app_heartbeat"})
_WANTED_OPERATIONS: Final = frozenset({"dataframe_chunk", "deferred_file"})
"""What is left out starts programs (git), writes files (skills) or clears the caches of all."""


def is_wanted(message: bytes) -> bool:
    """Tell whether a message of the browser is one that the pages of this app send.

    Examples
    --------
    >>> is_wanted(BackMsg(app_heartbeat=True).SerializeToString())
    True
    >>> is_wanted(BackMsg(load_git_info=True).SerializeToString())
    False
    >>> is_wanted(b"no message")
    False
    """
    try:
        found = BackMsg.FromString(message)
    except DecodeError:
        return False
    kind = found.WhichOneof("type")
    if kind == "backend_operation_request":
        return found.backend_operation_request.WhichOneof("payload") in _WANTED_OPERATIONS
    return kind in _WANTED


def signed_in(cookies: Mapping[str, str], origin: str) -> Mapping[str, Any]:
    """Return what the provider said of the account that these cookies prove; empty if none.

    Parameters
    ----------
    cookies
        The cookies of a request.
    origin
        The app's public origin, for which the cookie must have been made.

    Returns
    -------
    Claims of OpenID Connect by name, such as ``email`` and ``email_verified``.
    """
    secret = get_cookie_secret()

    def single(name: str) -> bytes | None:
        value = cookies.get(name)
        return decode_signed_value(secret, name, value) if value and secret else None

    try:
        held = get_cookie_with_chunks(single, USER_COOKIE_NAME)
        claims = json.loads(held) if held else {}
    except ValueError:
        return {}
    is_ours = isinstance(claims, dict) and claims.get("origin") == origin
    return claims if is_ours and claims.get("is_logged_in") is True else {}


def way_to_provider() -> str:
    """Return the path, with a token for two minutes, that leads to the provider's sign-in."""
    return generate_login_redirect_url("default")


def heed_environment() -> None:
    """Apply the settings in ``STREAMLIT_…`` variables, which ``streamlit run`` alone reads.

    As there, a list is written with spaces between its entries.
    """
    given: dict[str, Any] = {}
    for name, option in config.get_config_options().items():
        text = os.environ.get(option.env_var)
        if text is None or option.sensitive:
            continue
        if option.multiple:
            given[name] = text.split()
        elif option.type is bool:
            given[name] = text.strip().lower() in {"1", "true", "t", "yes", "y", "on"}
        else:
            given[name] = option.type(text)
    if given:
        bootstrap.load_config_options(given)


def register_own_components_only() -> None:
    """Let the server start without a search of all installed packages for components.

    The pages bring theirs along. The search reads the metadata of every package, four times each,
    which takes a third of the start or more; and what it found would be served too.
    """
    manifest_scanner.scan_component_manifests = _no_manifests


def keep_callbacks_whole() -> None:
    """Have a callback done to its end, whatever the browser asks for meanwhile.

    Streamlit breaks into a run wherever it uses the session, and into a callback too: with the next
    click, or the next report of a map, what the click before asked for would be left undone or half
    done, and nobody told (https://github.com/streamlit/streamlit/issues/10578).
    """
    requests: Any = ScriptRequests
    requests.on_scriptrunner_yield = _after_callbacks


_pending_request: Final = ScriptRequests.on_scriptrunner_yield


def _after_callbacks(requests: ScriptRequests) -> ScriptRequest | None:
    if ThreadState.get().run_location is RunLocation.CALLBACK:
        return None
    return _pending_request(requests)


def _no_manifests(max_workers: int | None = None) -> list[Any]:  # noqa: ARG001 - as in Streamlit
    return []
