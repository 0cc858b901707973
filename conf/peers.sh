# shellcheck shell=bash disable=SC2034,SC2154
# The web servers and databases that conf/quickstart can use: nginx or Apache, SQLite or PostgreSQL.
# conf/quickstart sources this file, which uses its variables (dir, port, sockets, name_of …) and its
# functions start and run.

postgresql_socket=''
assets=$root/templates/assets

# False where the web server itself starts the responders.
starts_responders() { [[ $server != apache-fcgid ]]; }

# Makes a folder whose path is short and plain, and prints it: not everything can use another (a unix socket
# has 107 bytes; Apache, mod_fcgid and Poco's connection strings take a blank for the end of a path).
plain_folder() {
  local parent=${TMPDIR:-/tmp}
  [[ $parent =~ ^[A-Za-z0-9/._-]{1,60}$ ]] || parent=/tmp
  mktemp -d "$parent/portal.XXXXXX"
}

# Makes a copy of the assets, with the compressed files beside them.
copy_assets() {
  assets=$dir/assets
  rm -rf "$assets"
  cp -r "$root/templates/assets" "$assets"
  "$root/conf/precompress" "$assets"
}

# Sets `as`: the words before a command that run it as USER instead of root. USER keeps the capability
# to pass quickstart's private folders.
as_user() {  # USER
  as=(setpriv --reuid "$1" --regid "$1" --clear-groups
    --inh-caps +dac_override --ambient-caps +dac_override)
}

# --- nginx

may_listen_in_nginx() { :; }

generate_nginx() { "$root/conf/nginx/generate" --sockets "$sockets" --cache "$dir/nginx/cache" "$@"; }

start_nginx() {
  # Root's nginx would serve as `nobody`, who may not enter this folder.
  local as_root=''
  ((EUID != 0)) || as_root='user root;'
  start nginx nginx -p "$dir/nginx/" -c main.conf -e stderr -g "daemon off; $as_root"
}

# --- Apache

# Apache cannot use a socket whose path has a space.
may_listen_in_apache() { [[ $1 != *[[:space:]]* ]]; }

# mod_qos is needed only where a client can be another machine: this one is never limited.
apache_site() {  # GENERATE-OPTION...
  local limit=(--no-limit)
  ! has_site_option --trusted-proxies || limit=()
  "$root/conf/apache/generate" --with-listen "${limit[@]}" "$@"
}

generate_apache() { apache_site --sockets "$sockets" "$@"; }

# Apache refuses to serve as root.
start_apache() {
  local as=()
  ((EUID != 0)) || as_user www-data
  ! has_site_option --certificate || set -- "$@" -D tls
  start "$server" "${as[@]}" apache2 -D FOREGROUND -f "$dir/$server/main.conf" \
    -C "Define ROOT \"$dir/$server\"" "$@"
}

# --- Apache with mod_fcgid

# mod_fcgid makes its sockets there, and links to what it starts lie there.
may_listen_in_apache-fcgid() { may_listen_in_apache "$1"; }

# mod_fcgid would take a blank in a program's path for its end, and cuts a variable for it after 127 bytes, so
# it is shown programs and settings by links.
generate_apache-fcgid() {
  ln -sfn "$(readlink -f "$programs")" "$sockets/programs"
  ln -sf "$dir/portal.conf" "$sockets/portal.conf"
  apache_site --fcgid --programs "$sockets/programs" --config "$sockets/portal.conf" "$@"
}

start_apache-fcgid() { start_apache -D fcgid -C "Define SOCKETS \"$sockets\""; }

# --- SQLite

prepare_sqlite() { connector=SQLite connection=$dir/portal.db; }

# --- PostgreSQL

postgresql_program() { printf '%s\n' /usr/lib/postgresql/*/bin/"$1" | sort -V | tail -n 1; }

# PostgreSQL refuses to run as root. Its socket is in a folder of its own.
prepare_postgresql() {
  connector=PostgreSQL
  [[ -z $connection ]] || return 0
  local data=$dir/postgresql as=()
  postgresql_socket=$(plain_folder)
  mkdir -p "$data"
  if ((EUID == 0)); then
    as_user postgres
    chown postgres: "$data" "$postgresql_socket"
    "${as[@]}" test -d "$data" ||
      fail 1 "the user postgres cannot enter $data: choose another --dir, such as /srv/portal"
  fi
  if [[ ! -e $data/PG_VERSION ]]; then
    run initdb "${as[@]}" "$(postgresql_program initdb)" -D "$data" -U portal -A trust -E UTF8 --no-locale
  fi
  start postgresql "${as[@]}" "$(postgresql_program postgres)" -D "$data" -c listen_addresses= \
    -c "unix_socket_directories=$postgresql_socket" -c unix_socket_permissions=0700 -c log_error_verbosity=terse
  wait_for_postgresql
  connection="host=$postgresql_socket user=portal dbname=portal"
  psql_here() { psql -X -q -h "$postgresql_socket" -U portal "$@"; }
  if [[ -z $(psql_here -d postgres -Atc "SELECT 1 FROM pg_database WHERE datname = 'portal'") ]]; then
    psql_here -d postgres -c 'CREATE DATABASE portal'
  fi
}

wait_for_postgresql() {
  local deadline=$((SECONDS + 60))
  until pg_isready -q -h "$postgresql_socket" -U portal; do
    notice_ended
    [[ -z $ended ]] || fail 1 "$ended"
    ((SECONDS < deadline)) || fail 1 "PostgreSQL does not answer: see $dir/log/postgresql.log"
    sleep 0.05
  done
}
