#!/usr/bin/env bash
# Requests that are too large end as a page of the portal, whoever notices; none reaches a step.
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
start_portal

letters() { head -c "$1" /dev/zero | tr '\0' a; }

# A field, all fields together, the request line.
visit -H "X-Long: $(letters 7000)" /register
expect_status 200
expect_refusal 400 -H "X-Long: $(letters 9000)" /register
fields=()
if served_by apache || served_by apache-fcgid; then
  for number in {1..80}; do fields+=(-H "X-Field-$number: a"); done
else  # nginx counts their bytes
  for number in {1..6}; do fields+=(-H "X-Long-$number: $(letters 7000)"); done
fi
expect_refusal 400 "${fields[@]}" /register
expect_refusal 414 "/$(letters 9000)"

# A body with its length, and one that comes in chunks: over the responders' limit, and over the
# server's own.
for size in 70000 140000 2000000; do
  letters "$size" >"$scratch/large"
  expect_refusal 413 -d "@$scratch/large" /register
  expect_refusal 413 -H 'Transfer-Encoding: chunked' -d "@$scratch/large" /register
done
visit -H 'Transfer-Encoding: chunked' -d family_name=a /register
expect_status 422
expect_count 0 'SELECT count(*) FROM draft'
