#!/usr/bin/env bash
# portalctl check against a portal behind a real nginx with TLS, on a network of its own: ports 80 and
# 443, a name, an address that is not loopback. Each fault of certificate, redirect, /healthz, sockets
# and rights is made, and must be found.
#
#   check_site.sh PROGRAMS STRANGE_SYSTEM
#
# STRANGE_SYSTEM: of strange_system.cpp. Only root can make such a network.
set -euo pipefail
if [[ -z ${OWN_NETWORK-} ]]; then
  if ((EUID != 0)) || ! unshare --net --mount true 2>/dev/null; then
    echo 'no network of its own can be made'
    exit 77
  fi
  OWN_NETWORK=1 exec unshare --net --mount bash "$0" "$@"
fi
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
# LD_PRELOAD is a list with blanks between its names, so the folder is named apart.
strange=${2##*/} LD_LIBRARY_PATH=${2%/*}
export LD_LIBRARY_PATH
sockets=$scratch/run
chmod 711 "$scratch"
mkdir "$sockets"
cd /  # where nobody may be too
declare -A responder=()
nginx=''

end_site() {
  local result=$? pid
  for pid in "${responder[@]}" $nginx; do
    kill -TERM "$pid" 2>/dev/null || true
    kill -CONT "$pid" 2>/dev/null || true
    wait "$pid" || true
  done
  ((result == 0)) || tail -n 5 "$scratch"/*.log >&2 || true
  end_scenario "$result"
}
trap end_site EXIT

ip link set lo up
ip address add 192.0.2.10/32 dev lo
printf '127.0.0.1 localhost\n192.0.2.10 portal.test\n' >"$scratch/hosts"
mount --bind "$scratch/hosts" /etc/hosts

# --- the portal
cp -r "$root/templates" "$scratch/templates"
"$programs/portal-error-pages" --templates "$scratch/templates"
chmod -R a+rX "$scratch/templates"
cat >"$scratch/portal.conf" <<END
site.base_url = https://portal.test
database.connection = $scratch/portal.db
mail.transport = maildir
mail.maildir = $scratch/mail
templates.directory = $scratch/templates
password.blocklist = $root/conf/password-blocklist.txt
END
portalctl() { "$programs/portalctl" --config "$scratch/portal.conf" "$@"; }
portalctl migrate --directory "$root/sql" >/dev/null
portalctl roster import "$root/sql/sample_roster.csv" >/dev/null

listens() { [[ -S $sockets/$1.sock ]]; }
start_responder() {
  "$programs/portal-$1" --config "$scratch/portal.conf" --listen "unix:$sockets/$1.sock" 2>"$scratch/$1.log" &
  responder[$1]=$!
  wait_for 20 listens "$1"
}
stop_responder() {  # like a crash: the socket stays
  kill -KILL "${responder[$1]}"
  wait "${responder[$1]}" || true
  unset "responder[$1]"
}
while read -r step; do start_responder "$step"; done < <(steps)

# --- the web server
certificate() {  # DAYS NAME
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days "$1" -subj "/CN=$2" \
    -addext "subjectAltName=DNS:$2" -keyout "$scratch/key" -out "$scratch/crt" 2>/dev/null
}
certificate 90 portal.test
export SSL_CERT_FILE=$scratch/crt

usual_web() {
  hsts='add_header Strict-Transport-Security "max-age=63072000" always;'
  redirect="server { listen 192.0.2.10:80; return 301 https://\$host\$request_uri; }"
  healthz='deny all;'
  top="fastcgi_pass unix:$sockets/pages.sock;"
}
web_is_gone() { ! (: <>/dev/tcp/192.0.2.10/443) 2>/dev/null; }
web_answers() { ! web_is_gone; }
start_nginx() {  # CONFIGURATION
  if [[ -n $nginx ]]; then
    kill -TERM "$nginx"
    wait "$nginx" || true
  fi
  nginx -p "$scratch/nginx/" -c "$1" -e stderr -g 'daemon off; user root;' 2>"$scratch/nginx.log" &
  nginx=$!
  wait_for 20 web_answers || { cat "$scratch/nginx.log" >&2; exit 1; }
}
mkdir -p "$scratch/nginx/tmp"
serve_as_shipped() {
  cp "$root/conf/nginx/main.conf" "$scratch/nginx"
  "$root/conf/nginx/generate" --sockets "$sockets" --templates "$scratch/templates" --server-name portal.test \
    --listen 192.0.2.10:443 --redirect 192.0.2.10:80 --certificate "$scratch/crt" --key "$scratch/key" \
    --cache "$scratch/cache" --access-log "$scratch/access" >"$scratch/nginx/site.conf"
  start_nginx main.conf
}
serve() {  # [VARIABLE=VALUE]: what differs from usual_web
  usual_web
  [[ -z ${1-} ]] || printf -v "${1%%=*}" '%s' "${1#*=}"
  cat >"$scratch/nginx/nginx.conf" <<END
pid nginx.pid;
events {}
http {
  access_log off;
  ssl_certificate $scratch/crt;
  ssl_certificate_key $scratch/key;
  fastcgi_param REQUEST_METHOD \$request_method;
  fastcgi_param REQUEST_URI \$request_uri;
  fastcgi_param REMOTE_ADDR \$remote_addr;
  $redirect
  server {
    listen 192.0.2.10:443 ssl;
    server_name portal.test;
    $hsts
    location = / { $top }
    location = /register { fastcgi_pass unix:$sockets/form.sock; }
    location /healthz/ { $healthz fastcgi_pass unix:$sockets/pages.sock; }
    location / { fastcgi_pass unix:$sockets/pages.sock; }
  }
}
END
  start_nginx nginx.conf
}

headers=/dev/null
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
[[ $(sqlite3 "$scratch/portal.db" 'SELECT count(*) FROM draft') == 0 ]] || unexpected 'the check leaves a draft behind'

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
sqlite3 "$scratch/portal.db" ".backup '$scratch/other.db'"
with "database.connection = $scratch/other.db"
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
LD_PRELOAD=$strange STRANGE_CLOCK=600 check
expect FAULT clock 's ahead of the web server'

# --- sockets
stop_responder form
check
expect FAULT sockets 'form.sock: Connection refused: systemctl restart portal-form'
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
mv "$scratch/portal.db" "$scratch/away.db"
check
expect FAULT sockets 'pages.sock cannot serve: .* is not there: run .portalctl migrate'
mv "$scratch/away.db" "$scratch/portal.db"
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
