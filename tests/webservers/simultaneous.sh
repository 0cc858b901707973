#!/usr/bin/env bash
# Whoever keeps many requests open at once gets 429 for one more; others go on, and so does he when he has ended
# them. Only nginx counts this (conf/web-servers.md).
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
start_portal -- --trusted-proxies 127.0.0.1 --rate 1
most=$(sed -nE 's/^ *limit_conn [a-z_]+ ([0-9]+);/\1/p' "$site/nginx/site.conf")
: >"$page"
: >"$headers"

python3 - "${url##*:}" "$most" <<'END' >"$page" || unexpected 'the limit is another'
import http.client
import sys
import time

port, most = map(int, sys.argv[1:])
SLOW, OTHER = "203.0.113.5", "203.0.113.6"


def begin(client, method, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.putrequest(method, "/register")
    for name, value in {"X-Forwarded-For": client, **headers}.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    return connection


def status(client):
    connection = begin(client, "GET", Cookie="a=b")
    answer = connection.getresponse()
    connection.close()
    return answer.status, answer.getheader("Retry-After")


# Forms whose bodies never come.
form = {"Content_Type": "application/x-www-form-urlencoded", "Content_Length": "9"}
held = [begin(SLOW, "POST", **form) for _ in range(most)]
deadline = time.monotonic() + 10
while (seen := status(SLOW)) == (200, None) and time.monotonic() < deadline:
    pass  # the last of them may not have been read yet
assert seen == (429, "10"), f"with {most} open, one more is answered {seen}"
assert status(OTHER) == (200, None), "another client is held up"
for connection in held:
    connection.close()
deadline = time.monotonic() + 10
while (seen := status(SLOW))[0] == 429 and time.monotonic() < deadline:
    time.sleep(0.05)
assert seen[0] == 200, "afterwards the client is still held up"
END
