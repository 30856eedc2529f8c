"""The server of a preview: on this machine alone, three pages and a stream of changes."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files

from watchfiles import watch

from evalkit.errors import EvalkitError
from evalkit.preview.draft import Draft, Shown

_LOOPBACK = "127.0.0.1"
_WAIT = 15.0  # seconds between signs of life on a stream
_DEBOUNCE = 120  # milliseconds: editors save in several steps
_NOTHING = (
    b'<!doctype html><html lang="en" data-waiting><title>evalkit</title>'
    b"<p>No page yet: it is being made, or the remarks beside it say what is wrong."
)


class Preview:
    """A running preview.

    Parameters
    ----------
    draft
        What to show.
    port
        Where to serve; nought takes a free port.
    told
        Is told of each page that was made.

    Examples
    --------
    >>> from evalkit.io.shipped import shipped_case_dir
    >>> with Preview(Draft(shipped_case_dir("minimumloon"))) as preview:
    ...     preview.address.startswith("http://127.0.0.1:")
    True
    """

    def __init__(
        self, draft: Draft, *, port: int = 0, told: Callable[[Shown], None] = lambda _: None
    ) -> None:
        self.draft, self.told = draft, told
        self.changed = threading.Condition()
        self.version = 0
        self.ended = threading.Event()
        self.saved = threading.Event()
        try:
            self.server = _Server((_LOOPBACK, port), self)
        except OSError as error:
            what = f"port {port} cannot be used: {error.strerror}"
            raise EvalkitError(what, hint="give another with --port, or leave it out") from None

    @property
    def address(self) -> str:
        """Where the browser finds it."""
        return f"http://{_LOOPBACK}:{self.server.server_address[1]}/"

    def __enter__(self) -> Preview:
        """Start to serve and to watch; the first page comes when it has been made."""
        self.saved.set()
        for work in (self.server.serve_forever, self._watch, self._work):
            threading.Thread(target=work, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop serving."""
        self.ended.set()
        self.saved.set()
        with self.changed:
            self.changed.notify_all()
        self.server.shutdown()
        self.server.server_close()

    def _watch(self) -> None:
        for _ in watch(
            *self.draft.watched,
            debounce=_DEBOUNCE,
            step=30,
            stop_event=self.ended,
            rust_timeout=500,
        ):
            self.saved.set()

    def _work(self) -> None:
        """Make the page when something was saved, and audit it when nothing was saved since."""
        while self.saved.wait() and not self.ended.is_set():
            self.saved.clear()
            self.told(self.draft.make())
            self._notify()
            if not self.saved.is_set():
                self.draft.audit()
                self._notify()

    def _notify(self) -> None:
        with self.changed:
            self.version += 1
            self.changed.notify_all()

    def wait(self, seen: int) -> int:
        """Wait until there is something newer than `seen`, or for a while; gives the version."""
        with self.changed:
            self.changed.wait_for(lambda: self.version != seen or self.ended.is_set(), _WAIT)
            return self.version


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], preview: Preview) -> None:
        super().__init__(address, _Handler)
        self.preview = preview


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        """Answer; another host name than our own is refused, so that no web page can ask."""
        port = self.server.server_address[1]
        if self.headers.get("Host") not in (f"{_LOOPBACK}:{port}", f"localhost:{port}"):
            self._send(b"refused", "text/plain", 403)
            return
        shown = self.server.preview.draft.shown
        match self.path.partition("?")[0]:
            case "/":
                page = (files("evalkit.preview") / "frame.html").read_bytes()
                self._send(page, "text/html; charset=utf-8")
            case "/report":
                self._send(shown.html or _NOTHING, "text/html; charset=utf-8")
            case "/remarks":
                told = {
                    "stamp": shown.stamp,
                    "seconds": round(shown.seconds, 2),
                    "stale": shown.stale,
                    "remarks": [asdict(remark) for remark in shown.remarks],
                }
                self._send(json.dumps(told).encode(), "application/json")
            case "/changes":
                self._stream()
            case _:
                self._send(b"there is nothing here", "text/plain", 404)

    def _send(self, body: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(body)

    def _stream(self) -> None:
        """Tell the browser of every new page, for as long as it listens."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        preview, seen = self.server.preview, -1
        try:
            while not preview.ended.is_set():
                now = preview.wait(seen)
                self.wfile.write(b"data: new\n\n" if now != seen else b": still here\n\n")
                self.wfile.flush()
                seen = now
        except OSError:
            pass  # the browser went away

    def log_message(self, *_: object) -> None:
        """Say nothing: the command tells of each page itself."""
