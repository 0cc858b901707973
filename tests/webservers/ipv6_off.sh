#!/usr/bin/env bash
# A kernel without IPv6 (ipv6.disable=1): the servers start with the site file that the generators make by
# themselves. Where there is IPv6, --dual-stack serves it.
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
: >"$headers"
mkdir -p "$scratch"/{cache,log,tmp,templates/static,templates/assets}
server=''
trap '[[ -z $server ]] || kill "$server" 2>/dev/null || true; end_scenario' EXIT

without_ipv6=("${strange_system[@]}" STRANGE_IPV6=off)
site_file() {  # SERVER GENERATE-OPTION...: on a free port instead of 80
  "$root/conf/$1/generate" --templates "$scratch/templates" --access-log "$scratch/log/access.log" \
    --sockets "$scratch" "${@:2}" | sed -E "s/(^ *listen |\[::\]:|\*:)80\b/\1$port/"
}
# answers FAMILY: the static page for a step that is down is an answer too.
answers() { curl -s "-$1" --noproxy '*' -o /dev/null "http://localhost:$port/register"; }
serves() {  # FAMILY COMMAND...
  "${@:2}" >"$scratch/log/server.log" 2>&1 &
  server=$!
  wait_for 20 answers "$1" || unexpected "no answer by IPv$1: $(<"$scratch/log/server.log")"
  kill "$server"
  wait "$server" || true
  server=''
}

main=$scratch/nginx.conf
as_root=''
((EUID != 0)) || as_root='user root;'
cat >"$main" <<END
pid $scratch/nginx.pid;
daemon off;
$as_root
events {}
http {
    client_body_temp_path $scratch/tmp/body;
    fastcgi_temp_path $scratch/tmp/fastcgi;
    proxy_temp_path $scratch/tmp/proxy;
    scgi_temp_path $scratch/tmp/scgi;
    uwsgi_temp_path $scratch/tmp/uwsgi;
    include $scratch/site.conf;
}
END
port=$(free_port)
site_file nginx --cache "$scratch/cache" >"$scratch/site.conf"
serves 4 "${without_ipv6[@]}" nginx -c "$main" -e stderr
serves 4 nginx -c "$main" -e stderr

site_file nginx --cache "$scratch/cache" --dual-stack >"$scratch/site.conf"
if "${without_ipv6[@]}" nginx -c "$main" -e stderr -t >"$page" 2>&1; then
  unexpected 'nginx starts with [::]: then --dual-stack could be the default'
fi
[[ $(<"$page") == *'Address family not supported by protocol'* ]] || unexpected 'nginx has another reason'
if [[ -s /proc/net/if_inet6 ]]; then
  serves 6 nginx -c "$main" -e stderr
else
  echo 'not tried: --dual-stack, because this kernel has no IPv6'
fi

as=()
((EUID != 0)) || { chmod 711 "$scratch"; chown -R www-data "$scratch"/*; as=(setpriv --reuid www-data --regid www-data --clear-groups); }
port=$(free_port)
site_file apache --no-limit --with-listen >"$scratch/site.conf"
mkdir -m 777 "$scratch/apache"
ln -s "$scratch/site.conf" "$scratch/apache/site.conf"
serves 4 "${as[@]}" "${without_ipv6[@]}" \
  apache2 -D FOREGROUND -f "$root/conf/apache/main.conf" -C "Define ROOT \"$scratch/apache\""
