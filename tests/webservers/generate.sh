#!/usr/bin/env bash
# The generators, as they are and as they are installed: --help names the options that there are, a
# mistake is one clear line, steps.list and relative folders are found.
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
: >"$headers"
share=$scratch/share  # what a package has in /usr/share/portal
mkdir "$share"
cp -r "$root"/{conf,templates,modules/steps.list} "$share"

refused() {  # REASON GENERATE OPTION...
  local reason=$1 result=0
  shift
  "$@" >"$page" 2>&1 || result=$?
  [[ $result == 2 && $(wc -l <"$page") == 1 && $(<"$page") == *$reason* ]] ||
    unexpected "exit status $result instead of 2 ($reason)"
}
for generate in "$share"/conf/{nginx,apache}/generate; do
  "$generate" --help >"$page"
  options=$(grep -ohE '\[[a-z-]+\]=' "$share/conf/generator.sh" "$generate" | sed -E 's/\[(.*)\]=/--\1/')
  diff <(grep -oE -- '--[a-z-]+' "$page" | sort -u) <(sort -u <<<"$options") >&2 ||
    unexpected '--help names other options than there are'
  refused 'unknown option --port' "$generate" --port 80
  refused 'needs a value' "$generate" --listen
  refused 'cannot use' "$generate" --templates "/srv/\$portal"
  refused '--certificate and --key go together' "$generate" --certificate a
  refused '--server-name' "$generate" --certificate a --key b
  refused '--redirect leads to TLS' "$generate" --redirect '*:80'
  refused 'expected STEP=PROCESSES' "$generate" --scale nothing=2
  refused 'cannot read' "$generate" --steps "$scratch/none"
  refused 'requests a second' "$generate" --rate fast
  refused 'one way to find out who it is' "$generate" --desk --listen 127.0.0.1:8081
  refused 'one way to find out who it is' "$generate" --desk --listen 127.0.0.1:8081 --users a --client-ca b
  refused 'an address of its own' "$generate" --desk --users a
  refused 'without TLS, only on this machine' "$generate" --desk --listen 8081 --users a
  refused 'without TLS, only on this machine' "$generate" --desk --listen 192.0.2.1:8081 --users a
  "$generate" --desk --listen 8081 --users a --trusted-proxies 192.0.2.1 >"$page"
  refused 'on the desk only' "$generate" --users a
  refused '--client-ca is of TLS' "$generate" --desk --listen 127.0.0.1:8081 --client-ca a
  refused 'CN or emailAddress' "$generate" --desk --listen 127.0.0.1:8081 --users a --name-in OU
done
refused '--nginx new' "$share/conf/nginx/generate" --nginx new
refused 'a space' "$share/conf/apache/generate" --sockets '/run/a portal'
refused 'give a link to that folder' "$share/conf/apache/generate" --fcgid --programs '/opt/a portal/bin'
refused '127 bytes' "$share/conf/apache/generate" --fcgid --config "/srv/$(printf 'long%.0s' {1..30})/portal.conf"

# From anywhere, the same file; relative folders are the current one's.
cd "$share"
for server in nginx apache; do
  "$root/conf/$server/generate" --templates "$share/templates" --sockets "$share/run" >"$scratch/absolute"
  "conf/$server/generate" --templates templates --sockets run >"$scratch/relative"
  diff "$scratch/absolute" "$scratch/relative" >&2 || unexpected 'another file'
  ! grep -nE '@[A-Z_]+@' "$scratch/absolute" || unexpected 'a place was not filled in'
done

# Strict-Transport-Security: this name alone unless more is asked for, the same wherever it stands, and only with TLS.
tls=(--certificate "$scratch/a" --key "$scratch/b" --server-name portal.example.jp)
for server in nginx apache; do
  while read -r options value; do
    # shellcheck disable=SC2086
    "$root/conf/$server/generate" "${tls[@]}" ${options/none/} >"$scratch/site"
    said=$(grep -o 'Strict-Transport-Security "[^"]*"' "$scratch/site" | sort -u)
    [[ $said == "Strict-Transport-Security \"$value\"" ]] || unexpected "$server $options: $said"
  done <<'TABLE'
none               max-age=63072000
--hsts-subdomains  max-age=63072000; includeSubDomains
--hsts-preload     max-age=63072000; includeSubDomains; preload
TABLE
  refused '--hsts-subdomains and --hsts-preload are of TLS' "$root/conf/$server/generate" --hsts-subdomains
done

# HTTP/2, as each version of nginx has it; without TLS there is none.
while read -r version listen directives; do
  "$root/conf/nginx/generate" --nginx "$version" --certificate a --key b --server-name portal.example.jp >"$scratch/site"
  if ! grep -qx "    listen 443 ${listen//_/ } backlog=511;" "$scratch/site" ||
    [[ $(grep -cx '    http2 on;' "$scratch/site") != "$directives" ]]; then
    unexpected "HTTP/2 for nginx $version: $(grep -E 'listen|http2' "$scratch/site")"
  fi
  "$root/conf/nginx/generate" --nginx "$version" >"$scratch/site"
  ! grep -n http2 "$scratch/site" || unexpected "HTTP/2 without TLS for nginx $version"
done <<'END'
1.22.1 ssl_http2 0
1.25.0 ssl_http2 0
1.25.1 ssl       1
1.26.3 ssl       1
1.100  ssl       1
END
