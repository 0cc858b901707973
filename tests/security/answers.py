"""What every answer to a hostile request must be, whoever gives it: a status that was expected, the portal's own page
with its security headers, nothing of the inside, and nothing of what was injected."""
import pathlib
import re

_HEADERS = pathlib.Path(__file__).parents[2] / "conf/headers.list"
# Other pages allow the style sheet within them by its hash, so that one is only begun with.
SECURITY_HEADERS = [line.split()[0].lower() for line in _HEADERS.read_text().splitlines() if re.match("[A-Z]", line)]
INTERNALS = re.compile(
    rb"/tmp/|/run/|/usr/|/home/|\.sock\b|portal\.conf|nginx/\d|<center>|Apache/\d|<address>|Apache Server|mod_\w+|fcgi"
    rb"|terminate called|std::|what\(\)|Poco|SQLSTATE|sqlite|SELECT .* FROM|Traceback|Exception|Segmentation", re.I)
INJECTED = re.compile(rb"^(x-injected|injected)\s*:", re.I | re.M)
EVIL = b"evil.example"


class Wrong(Exception):
    pass


def parse(answer):
    """(status, headers, body) of the text of an answer; the headers are pairs, with names in small letters."""
    head, _, body = answer.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    status = int(re.match(rb"(?:HTTP/\d\.\d|Status:) (\d{3})", lines[0])[1])
    headers = []
    for line in lines[1:]:
        name, colon, value = line.partition(b":")
        if not colon or not re.fullmatch(rb"[A-Za-z0-9-]+", name):
            raise Wrong(f"no header line: {line!r}")
        headers.append((name.decode().lower(), value.strip().decode("latin-1")))
    return status, headers, body


def check(status, headers, body, expected, has_body=True):
    """Raises Wrong. `expected`: statuses. `headers`: pairs."""
    names = dict(headers)
    if status not in expected:
        raise Wrong(f"status {status} instead of {sorted(expected)}")
    if INTERNALS.search(body):
        raise Wrong(f"the body shows internals: {INTERNALS.search(body)[0]!r}")
    for name, value in headers:
        if INTERNALS.search(value.encode("latin-1")) or name in ("x-injected", "x-powered-by"):
            raise Wrong(f"a header shows internals, or was injected: {name}: {value}")
        if EVIL.decode() in value and name != "location":
            raise Wrong(f"a header has a name from outside: {name}: {value}")
    if names.get("server", "") not in ("", "nginx", "Apache"):
        raise Wrong(f"the version of the server is shown: {names['server']}")
    location = names.get("location", "/")
    if not re.match(r"/(?![/\\])", location):
        raise Wrong(f"leads to another site: {location}")
    if EVIL in body:
        raise Wrong("the page has a name from outside")
    if status < 300 and not body:  # OPTIONS *, of Apache
        return
    for name in SECURITY_HEADERS:
        if sum(one == name for one, _ in headers) != 1:
            raise Wrong(f"{name} is not there once")
    is_page = b'lang="ja"' in body and "text/html" in names.get("content-type", "")
    is_data = body.startswith(b'{"error":') and "application/json" in names.get("content-type", "")  # of the look-ups
    if has_body and status >= 400 and not is_page and not is_data:
        raise Wrong("no page of the portal")
