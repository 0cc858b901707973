#!/usr/bin/env bash
# Headers as long as the web server lets through cost a responder about as much as short ones: a cookie of
# 31 KB in pairs once cost 0.35 s at each look-up of a name. The processor's time is counted, which other
# programs on the machine do not change, and a quadratic reader needs ten times what is allowed here.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal
requests=40
most=2  # seconds for all of them

spent() {  # STEP: the processor's time that its processes have used, in clock ticks
  local pid
  for pid in $(process_of "portal-$1"); do sed 's/^.*) //' "/proc/$pid/stat"; done | awk '{ sum += $12 + $13 } END { print sum + 0 }'
}
repeated() { python3 -c 'import sys; print((sys.argv[1] * 8192)[:int(sys.argv[2])])' "$1" "$2"; }

# costs_little STEP PATH HEADER-NAME UNIT: the unit again and again, in four lines of 7,900 bytes.
costs_little() {
  local step=$1 path=$2 lines=() value before after n
  value=$(repeated "$4" 7900)
  for n in 1 2 3; do lines+=(-H "$3: $value"); done
  status=$(curl -sS --noproxy '*' --max-time 40 -o "$page" -D "$headers" -w '%{http_code}' "${lines[@]}" "$url$path")
  expect_status '2..|3..|400'  # 400: Apache takes fewer bytes
  before=$(spent "$step")
  for ((n = 0; n < requests; ++n)); do printf 'url = "%s"\noutput = /dev/null\n' "$url$path"; done >"$scratch/again"
  curl -sS --noproxy '*' --max-time 300 "${lines[@]}" -K "$scratch/again"
  after=$(spent "$step")
  (((after - before) < most * $(getconf CLK_TCK))) ||
    unexpected "$step: $3 of '$4' took $((after - before)) ticks for $requests requests"
}
for unit in 'a;' ';' 'draft=a; ' '=' ' "' 'a=\\;'; do
  costs_little confirm /register/confirm Cookie "$unit"
done
for unit in ',' '"' '1.2.3.4, ' '\"'; do
  costs_little form /register X-Forwarded-For "$unit"
  costs_little form /register Forwarded "$unit"
done
costs_little form /register User-Agent 'Mozilla ('
costs_little form /register Accept-Language 'ja;q=0.1,'
costs_little form /register Sec-Purpose 'prefetc'

# A path of nothing but ends.
costs_little pages "/$(repeated '.' 7000)" Accept 'a/b,'
costs_little form "/register$(repeated '/' 7000)" Accept 'a/b,'
