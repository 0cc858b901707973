#!/usr/bin/env bash
# Events of the log and the audit: each is one word, and an operators' page says what it means; the page
# knows no other. Run in the tree's root.
set -euo pipefail

found=0
complain() {
  printf '%s\n' "$*" >&2
  found=1
}

# log::info("EVENT", …), log::write(LEVEL, "EVENT", …), report("EVENT", …), and the tables of
# core/database/journal (audit_event.cpp, timeline_event.cpp).
in_code=$(find modules -name '*.cpp' -not -path '*/portalctl/*' -exec perl -0777 -ne '
  while (/\b(?:log::(?:info|warning|error|write)|report)\(([^;{]*?)(?:[{;]|\)\s*;)/g) {
    my $start = $1;
    print "$1\n" while $start =~ /"([^"]*)"/g;
  }
  print "$1\n" while /\{(?:AuditEvent|TimelineEvent)::k\w+,\s*"([^"]*)"/g;' {} + | sort -u)
(($(wc -l <<<"$in_code") > 50)) || complain 'too few events were found in the code'
while read -r event; do
  [[ $event =~ ^[a-z]+(_[a-z]+)*$ ]] || complain "'$event' is no name of an event"
  grep -qF "\`$event\`" conf/monitoring.md conf/mail.md || complain "$event is not in conf/monitoring.md"
done <<<"$in_code"

# The first column of the page's tables of events.
in_page=$(sed -n '/^## The log/,/^## Metrics/p' conf/monitoring.md | sed -n 's/^| \(`[^|]*\) |.*/\1/p' | grep -oE '[a-z_]+')
while read -r event; do
  grep -qx "$event" <<<"$in_code" || complain "conf/monitoring.md: no program logs $event"
done <<<"$in_page"
exit "$found"
