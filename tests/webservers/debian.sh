#!/usr/bin/env bash
# An administrator's nginx and Apache, in Debian's own layout: the site file beside Debian's; the servers'
# own checks say nothing, whatever the options; the site answers.
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
start_tls_portal
form=$(process_of portal-form)
sockets=$(tr '\0' '\n' <"/proc/$form/cmdline" | sed -n 's|^unix:\(.*\)/form.sock$|\1|p')
address=127.0.0.1:$(free_port) redirected=127.0.0.1:$(free_port)
mkdir "$scratch"/{log,run,state}
cp -r "$root/templates" "$scratch/templates"
"$root/conf/precompress" "$scratch/templates/assets"
"$programs/portal-error-pages" --templates "$scratch/templates"

site_file() {  # SERVER GENERATE-OPTION...
  "$root/conf/$1/generate" --templates "$scratch/templates" --access-log "$scratch/log/portal.log" "${@:2}"
}
here=(--listen "$address")
tls=("${here[@]}" --server-name portal.example --redirect "$redirected"
  --certificate "$scratch/certificate.pem" --key "$scratch/key.pem")
more=(--trusted-proxies '192.0.2.0/24, 2001:db8::/32' --scale login=3 --rate 50)
# The desk beside it.
printf 'sato:%s\n' "$(openssl passwd -6 secret)" >"$scratch/users"
desk=(--desk --listen "127.0.0.1:$(free_port)")
desk_tls=("${desk[@]}" --server-name desk.portal.example --certificate "$scratch/certificate.pem" --key "$scratch/key.pem"
  --client-ca "$scratch/certificate.pem" --trusted-proxies 192.0.2.0/24)

says() {  # TEXT COMMAND...: it succeeds and says that, no warning.
  "${@:2}" >"$page" 2>&1 || unexpected "$2 refuses it: $(<"$page")"
  expect_body "$1"
}

server=''
trap '[[ -z $server ]] || kill "$server" 2>/dev/null || true; end_scenario' EXIT
site_answers() { visit --http1.1 -k "https://$address/register" 2>/dev/null && [[ $status == 200 ]]; }
# serves COMMAND...: what it serves is the site.
serves() {
  "$@" 2>"$scratch/log/server.log" &
  server=$!
  wait_for 20 site_answers || unexpected "no site: $(<"$scratch/log/server.log")"
  expect_header Strict-Transport-Security 'max-age=63072000'
  visit -k -H 'Accept-Encoding: gzip' "https://$address/assets/portal.css"
  expect_header Content-Type 'text/css.*'
  expect_header Content-Encoding gzip
  cmp -s "$scratch/templates/assets/portal.css.gz" "$page" || unexpected 'not the file compressed beforehand'
  visit -k -H 'Host: evil.example' "https://$address/assets/icons"
  expect_status '403|404'
  expect_header Location ''
  visit "http://$redirected/terms"
  expect_header Location "https://portal.example:${address#*:}/terms"
  kill "$server"
  wait "$server" || true
  server=''
}

# --- nginx: the file in conf.d, Debian's default site beside it

cp -r /etc/nginx "$scratch/nginx"
main=$scratch/nginx/nginx.conf
sed -i -e "s|/etc/nginx/|$scratch/nginx/|; s|/var/log/nginx/|$scratch/log/|" \
  -e "s|^pid .*|pid $scratch/nginx.pid;|" -e '/^user /d' "$main"
# Root's workers would be a user who cannot enter our folder.
((EUID != 0)) || sed -i '1i user root;' "$main"
sed -i -e "s/listen 80 /listen 127.0.0.1:$(free_port) /" -e '/listen \[::\]:80/d' \
  "$scratch/nginx/sites-available/default"
ln -sf ../sites-available/default "$scratch/nginx/sites-enabled/default"
nginx_site() {
  site_file nginx --sockets "$sockets" --cache "$scratch/cache" "$@" >"$scratch/nginx/conf.d/portal.conf"
  says '' nginx -c "$main" -e stderr -t -q
}
nginx_desk() {
  site_file nginx --sockets "$sockets" "$@" >"$scratch/nginx/conf.d/portal-desk.conf"
  says '' nginx -c "$main" -e stderr -t -q
}
nginx_site "${here[@]}"
nginx_site "${here[@]}" "${more[@]}"
nginx_site "${tls[@]}" "${more[@]}"
nginx_site "${tls[@]}"
nginx_desk "${desk[@]}" --users "$scratch/users"
nginx_desk "${desk_tls[@]}"
serves nginx -c "$main" -e stderr -g 'daemon off;'

# --- Apache: a2enmod with the list in the file's head, on top of Debian's, and a2ensite

as=() owner=$(id -un) group=$(id -gn)
if ((EUID == 0)); then
  owner=www-data group=www-data
  as=(setpriv --reuid www-data --regid www-data --clear-groups
    --inh-caps +dac_override --ambient-caps +dac_override)
fi
export APACHE_CONFDIR=$scratch/apache2 APACHE_STATE_DIRECTORY=$scratch/state
cp -r /etc/apache2 "$APACHE_CONFDIR"
cat >>"$APACHE_CONFDIR/envvars" <<END
export APACHE_RUN_DIR=$scratch/run APACHE_LOCK_DIR=$scratch/run APACHE_LOG_DIR=$scratch/log
export APACHE_PID_FILE=$scratch/run/apache2.pid APACHE_RUN_USER=$owner APACHE_RUN_GROUP=$group
END
printf 'Listen %s\nListen %s\n' "$address" "$redirected" >"$APACHE_CONFDIR/ports.conf"
printf 'FcgidIPCDir %s\nFcgidProcessTableFile %s/fcgid_shm\n' "$scratch/run" "$scratch/run" \
  >>"$APACHE_CONFDIR/mods-available/fcgid.conf"
echo 'ServerName localhost' >>"$APACHE_CONFDIR/apache2.conf"
debians=(access_compat alias auth_basic authn_core authn_file authz_core authz_host authz_user autoindex
  deflate dir env filter mime mpm_event negotiation reqtimeout setenvif status)
apache_site() {
  rm -f "$APACHE_CONFDIR"/{mods,sites}-enabled/*
  a2enmod -q "${debians[@]}" >"$page" 2>&1
  with_apache_site portal "$@"
}
with_apache_site() {  # NAME GENERATE-OPTION...
  local modules
  site_file apache "${@:2}" >"$APACHE_CONFDIR/sites-available/$1.conf"
  read -ra modules < <(sed -n 's/^# Needs .* a2enmod //p' "$APACHE_CONFDIR/sites-available/$1.conf")
  a2enmod -q "${modules[@]}" >"$page" 2>&1 || unexpected 'a2enmod fails'
  a2ensite -q "$1" >"$page"
  says 'Syntax OK' apache2ctl configtest
}
ln -s "$programs" "$scratch/programs"  # mod_fcgid cannot use a space, and the tree may lie in a folder with one
for kind in proxy fcgid; do
  responders=(--sockets "$sockets")
  [[ $kind == proxy ]] || responders=(--fcgid --programs "$scratch/programs" --config "$site/portal.conf")
  apache_site "${responders[@]}" "${here[@]}"
  apache_site "${responders[@]}" "${here[@]}" "${more[@]}"
  apache_site "${responders[@]}" "${tls[@]}" "${more[@]}"
  apache_site "${responders[@]}" "${tls[@]}"
  with_apache_site portal-desk "${responders[@]}" "${desk[@]}" --users "$scratch/users"
  with_apache_site portal-desk "${responders[@]}" "${desk_tls[@]}"
  # shellcheck disable=SC2016
  serves "${as[@]}" bash -c '. "$1/envvars" && exec apache2 -d "$1" -D FOREGROUND' - "$APACHE_CONFDIR"
done
