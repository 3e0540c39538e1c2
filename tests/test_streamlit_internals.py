"""What the app uses of Streamlit without a public name: looked at anew with each version."""

from __future__ import annotations

import http.client
import inspect
import os
import subprocess
import sys
import tomllib
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import streamlit
from browsing import Server
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests
from streamlit.testing.v1 import AppTest
from streamlit.web.server.starlette import starlette_websocket

from geo.app import streamlit_internals as internals

LOOKED_AT = "1.67"


def test_the_version_is_the_one_that_was_looked_at() -> None:
    """On failure: read the modules that `streamlit_internals` imports from, then raise the number.

    Look for new paths of the server, new messages of the browser, and how the cookie is read.
    """
    assert streamlit.__version__.startswith(f"{LOOKED_AT}.")


def test_the_protocol_has_the_messages_that_were_looked_at() -> None:
    assert {field.name for field in BackMsg.DESCRIPTOR.fields} == {
        "clear_cache", "set_run_on_save", "stop_script", "rerun_script", "load_git_info",
        "debug_disconnect_websocket", "debug_shutdown_runtime", "file_urls_request",
        "app_heartbeat", "backend_operation_request",
    }  # fmt: skip
    operations = BackMsg.DESCRIPTOR.fields_by_name["backend_operation_request"].message_type
    assert {field.name for field in operations.oneofs_by_name["payload"].fields} == {
        "deferred_file", "install_skills", "dismiss_skills_nudge", "dataframe_chunk",
    }  # fmt: skip


def test_streamlit_reads_the_cookie_of_a_sign_in_as_this_app_does() -> None:
    read = inspect.getsource(starlette_websocket.create_websocket_handler)
    for name in (
        "_get_signed_cookie_with_chunks",
        "USER_COOKIE_NAME",
        "_parse_decoded_user_cookie",
    ):
        assert name in read
    assert starlette_websocket.USER_COOKIE_NAME == "_streamlit_user"
    assert internals.signed_in({}, "https://map.example.org") == {}


OVERTAKEN = """
import streamlit as st
from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx

def act():
    # As another click in the browser does while this one is answered.
    get_script_run_ctx().script_requests.request_rerun(RerunData())
    st.session_state["begun"] = True
    st.session_state["done"] = True

st.button("Act", on_click=act)
"""


def test_what_somebody_asked_for_is_done_to_its_end_while_the_browser_asks_for_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = "on_scriptrunner_yield"
    monkeypatch.setattr(ScriptRequests, name, getattr(ScriptRequests, name))
    internals.keep_callbacks_whole()
    app = AppTest.from_string(OVERTAKEN).run()
    app.button[0].click().run()
    assert app.session_state["begun"]
    assert app.session_state["done"]


def test_two_runs_of_a_session_do_not_save_at_the_same_time(root: Path) -> None:
    """Otherwise Streamlit begins another run at once, while a callback of the first works on."""
    settings = tomllib.loads((root / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert settings["runner"]["fastReruns"] is False
    assert "runner.fastReruns" in inspect.getsource(AppSession.request_rerun)


@pytest.mark.slow
def test_the_environment_goes_before_the_settings_beside_the_pages() -> None:
    code = (
        "import streamlit as st; from geo.app.server import make_app; make_app(lambda: None); "
        "print(st.get_option('server.maxWidgetStateSize'), st.get_option('server.allowedHosts'), "
        "st.get_option('server.maxUploadSize'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120,
        env=os.environ | {"STREAMLIT_SERVER_MAX_WIDGET_STATE_SIZE": "1",
                          "STREAMLIT_SERVER_ALLOWED_HOSTS": "map.example.org a.example"},
    )  # fmt: skip
    assert done.stdout.strip() == "1 ['map.example.org', 'a.example'] 10"


def test_components_of_other_packages_are_neither_looked_for_nor_served(tmp_path: Path) -> None:
    """A package that is installed beside the app, and whose component Streamlit would serve."""
    package, told = tmp_path / "streamlit_other", tmp_path / "streamlit_other-1.0.dist-info"
    (package / "files").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "files/index.js").write_text("export default () => 0")
    (package / "pyproject.toml").write_text(
        '[project]\nname = "streamlit-other"\nversion = "1.0"\n'
        '[[tool.streamlit.component.components]]\nname = "part"\nasset_dir = "files"\n'
    )
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: streamlit-other\nVersion: 1.0\n")
    (told / "RECORD").write_text(
        "streamlit_other/__init__.py,,\nstreamlit_other/pyproject.toml,,\n"
    )
    paths = os.pathsep.join([str(tmp_path), str(Path(__file__).parents[1])])
    server = Server(tmp_path / "log", {"PYTHONPATH": paths}, by_command=False)
    try:
        host = urlsplit(server.start()).netloc
        with closing(http.client.HTTPConnection(host, timeout=20)) as connection:
            connection.request("GET", "/_stcore/bidi-components/streamlit-other.part/index.js")
            assert connection.getresponse().status == 404
    finally:
        server.stop()
