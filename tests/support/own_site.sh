# shellcheck shell=bash
# A portal behind a real nginx with TLS, on a network and with mounts of its own: ports 80 and 443, a name
# (portal.test), an address that is not loopback. To be sourced; brings scenario.sh with it, and begins the
# script again in that network. Only root can make it.
#
# Afterwards the database is $disk/portal.db, the responders run, their process ids in the array `responder` by their step, and $scratch/portal.conf
# are the settings of portalctl(). serve_as_shipped or serve starts nginx, with $scratch/crt and $scratch/key. The
# EXIT trap ends all of that, and the processes of the array `started`.
set -euo pipefail
if [[ -z ${OWN_NETWORK-} ]]; then
  if ((EUID != 0)) || ! unshare --net --mount true 2>/dev/null; then
    echo 'skipped: no network of its own can be made (unshare --net --mount, as root)'
    exit 77
  fi
  OWN_NETWORK=1 exec unshare --net --mount bash "$0" "$@"
fi
# shellcheck source=SCRIPTDIR/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/scenario.sh"
sockets=$scratch/run
disk=$scratch/disk  # a file system of its own, which a test may fill
chmod 711 "$scratch"
mkdir "$sockets" "$disk" "$scratch/backups"
mount -t tmpfs -o size=20g,mode=711 data "$disk"
cd /  # where nobody may be too
declare -A responder=()
started=()
nginx=''

end_site() {
  local result=$? pid
  for pid in "${responder[@]}" "${started[@]}" $nginx; do
    kill -TERM "$pid" 2>/dev/null || true
    kill -CONT "$pid" 2>/dev/null || true
    wait "$pid" || true
  done
  ((result == 0)) || tail -n 5 "$scratch"/*.log >&2 || true
  umount "$disk" || true
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
database.connection = $disk/portal.db
backup.directory = $scratch/backups
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

