#!/usr/bin/env bash
# All threads of two responders are held by peers that begin to ask and then say nothing; and a responder that cannot start
# its threads says so. People wait, nobody is lost.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

# --- at the start
make_roster
start_portal --roster "$scratch/roster.csv"
result=0
preloaded shortage SHORTAGE_OF_THREADS=3 -- "$programs/portal-complete" --config "$site/portal.conf" \
  --listen "unix:$scratch/complete.sock" 2>"$page" || result=$?
((result != 0 && result < 128)) || unexpected "without threads the program ends with $result"
expect_text 'cannot start a thread'

# --- while people register
mails_are_in "$site/mail"
offer 4 --roster "$scratch/roster.csv" "$url"
follow_links 10
wait_for_accepted 20
socket_of() { tr '\0' '\n' <"/proc/$(process_of "portal-$1")/cmdline" | sed -n 's/^unix://p'; }
it_happens
# The header of FCGI_BEGIN_REQUEST, and nothing after it; as many as each has threads, several times over.
python3 - "$(short_or_long 2 20)" "$(socket_of form)" "$(socket_of complete)" <<'END_OF_PEERS'
import select, socket, sys
held = []
for path in sys.argv[2:] * (4 * int(sys.argv[1])):
    peer = socket.socket(socket.AF_UNIX)
    peer.connect(path)
    peer.sendall(b"\1\1\0\1\0\10\0\0")
    held.append(peer)
for peer in held:  # each is dropped by the responder, after 10 seconds without a word
    if not select.select([peer], [], [], 120)[0]:
        sys.exit("a peer that says nothing is kept for ever")
END_OF_PEERS
wait_for_accepted 20
it_cost
