#!/usr/bin/env bash
# portalctl check against a portal behind a real nginx with TLS, on a network of its own: ports 80 and
# 443, a name, an address that is not loopback. Each fault of certificate, redirect, /healthz, sockets
# and rights is made, and must be found.
#
#   check_site.sh PROGRAMS
#
# Only root can make such a network.
# shellcheck source=SCRIPTDIR/../support/own_site.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/own_site.sh"

# scenario.sh sets page and reads headers, which shellcheck does not see behind the exec of own_site.sh.
# shellcheck disable=SC2034
headers=/dev/null
# shellcheck disable=SC2154
check() {  # [OPTION...]
  status=0
  portalctl check --sockets "$sockets" --web-user root "$@" >"$page" || status=$?
  ! grep -q 'the probe died' "$page" || unexpected 'a probe died'
}
expect() {  # LEVEL PROBE WORDS
  grep -qE "^$1 +$2: .*$3" "$page" || unexpected "no '$1 $2: …$3'"
  [[ $1 != FAULT || $status == 1 ]] || unexpected "status $status in spite of a fault"
}
lacks() {  # LEVEL PROBE
  ! grep -qE "^$1 +$2: " "$page" || unexpected "'$1 $2' is there"
}

# --- all is well, with the configuration that is shipped and with the one whose faults follow
expect_all_well() {
  check
  expect ok site 'https://portal.test answers, and is this portal'
  expect ok certificate 'good for (89|90) days; HSTS is on'
  expect ok redirect 'http://portal.test/ leads to https'
  expect ok healthz 'others are refused'
  expect ok sockets "$(steps | wc -l) responders answer in $sockets"
  expect ok 'web server' 'root can connect'
  expect ok clock 'the web server'
}
serve_as_shipped
expect_all_well
serve
expect_all_well
[[ $(sqlite3 "$disk/portal.db" 'SELECT count(*) FROM draft') == 0 ]] || unexpected 'the check leaves a draft behind'

# --- the address
cp "$scratch/portal.conf" "$scratch/usual.conf"
with() {  # SETTING
  printf '%s\n' "$1" >>"$scratch/portal.conf"
  check
  cp "$scratch/usual.conf" "$scratch/portal.conf"
}
with 'site.base_url = http://portal.test'
expect FAULT site 'leads to https://portal.test/: then site.base_url is https too'
expect FAULT settings 'passwords travel in the clear'
with 'site.base_url = https://elsewhere.portal.test'
expect FAULT site 'nobody can use the portal'
sqlite3 "$disk/portal.db" ".backup '$disk/other.db'"
with "database.connection = $disk/other.db"
expect FAULT site 'is another portal than this one'
serve 'top=return 200 hello;'
check
expect FAULT site 'but it is not the portal'

# --- the certificate
certificate 10 portal.test
serve
check
expect warning certificate 'ends in (9|10) days'
certificate 3 portal.test
serve
check
expect FAULT certificate 'ends in [23] days'
certificate 90 elsewhere.test
serve
check
expect FAULT certificate 'is for elsewhere.test and not for portal.test .hostname mismatch.: .openssl s_client '
expect n/a site 'see certificate'
certificate 90 portal.test
serve hsts=
check
expect warning certificate 'no Strict-Transport-Security'

# --- port 80, /healthz
serve 'redirect=server { listen 192.0.2.10:80; return 200 hello; }'
check
expect FAULT redirect 'must lead to https://portal.test'
serve redirect=
check
expect warning redirect 'who types the name without https'
serve healthz=
check
expect FAULT healthz 'answers 200 to others than this machine'

# --- the clock
serve
strange STRANGE_CLOCK=600 check
expect FAULT clock 's ahead of the web server'

# --- sockets
stop_responder form
check
expect FAULT sockets 'form.sock: Connection refused: .systemctl restart portal-form'
expect FAULT site '/register answers 50[24]'
mv "$sockets/form.sock" "$sockets/form-2.sock"
start_responder form
check
expect FAULT sockets 'form-2.sock: Connection refused'
lacks FAULT site
rm "$sockets/form-2.sock"
stop_responder lookup
rm "$sockets/lookup.sock"
check
expect FAULT sockets 'lookup.sock: No such file or directory: is its responder running'
lacks FAULT site
start_responder lookup
chmod 666 "$sockets/pages.sock"
check
expect FAULT sockets 'pages.sock: everybody on this machine may speak'
chmod 660 "$sockets/pages.sock"
for step in confirm complete activate login; do kill -STOP "${responder[$step]}"; done
check --timeout 5
for step in confirm complete activate login; do
  expect FAULT sockets "$step.sock: no answer within 2000 ms"
  kill -CONT "${responder[$step]}"
done
mv "$disk/portal.db" "$disk/away.db"
check
expect FAULT sockets 'pages.sock cannot serve: .* is not there: run .portalctl migrate.*[^ ]$'
mv "$disk/away.db" "$disk/portal.db"
check --sockets "$scratch/none"
expect FAULT sockets 'is not there: are the responders running'
check --stopped
lacks FAULT sockets
lacks FAULT site

# --- the web server's user
check --web-user nobody
expect FAULT 'web server' 'nobody, .* cannot connect to .*/form.sock .Permission denied'
chmod 666 "$sockets"/*.sock
check --web-user nobody
expect ok 'web server' 'nobody can connect'
chmod 700 "$sockets"
check --web-user nobody
expect FAULT 'web server' 'cannot connect to .*/form.sock .Permission denied'
chmod 755 "$sockets"
chmod o-r "$scratch/templates/assets/portal.css"
check --web-user nobody
expect FAULT 'web server' 'cannot read all of'
check --web-user nobody-of-that-name
expect FAULT 'web server' 'there is no user'
