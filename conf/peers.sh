# shellcheck shell=bash disable=SC2034,SC2154
# What conf/quickstart serves with: nginx or Apache, SQLite or PostgreSQL. To be sourced; uses its
# variables (dir, port, sockets, name_of …) and its functions start and run.

as_web_group=()  # puts a responder into the web server's group, where that is another user
postgresql_socket=''

# --- nginx

may_listen_in_nginx() { :; }

# A copy of the assets, with a compressed one beside each that is text.
prepare_nginx() {
  rm -rf "$dir/assets"
  cp -r "$root/templates/assets" "$dir/assets"
  find "$dir/assets" \( -name '*.css' -o -name '*.js' -o -name '*.svg' \) -exec gzip -9nk {} +
  site_options=(--assets "$dir/assets")
}

start_nginx() {
  # Root's nginx would serve as `nobody`, who may not enter this folder.
  local as_root=''
  ((EUID != 0)) || as_root='user root;'
  start nginx nginx -p "$dir/nginx/" -c main.conf -e stderr -g "daemon off; $as_root"
}

# --- Apache

prepare_apache() { site_options=(); }

# Root's Apache serves as www-data, who may not enter our folder, and it knows no path with a space.
may_listen_in_apache() { ((EUID != 0)) && [[ $1 != *[[:space:]]* ]]; }

start_apache() {
  local user group
  user=$(id -un) group=$(id -gn)
  ((EUID != 0)) || user=www-data group=www-data
  start apache apache2 -D FOREGROUND -f "$dir/apache/main.conf" -C "Define ROOT \"$dir/apache\"" \
    -C "Define LISTEN 127.0.0.1:$port" -C "Define USER $user" -C "Define GROUP $group"
}

# --- SQLite

prepare_sqlite() { connector=SQLite connection=$dir/portal.db; }

# --- PostgreSQL

postgresql_program() { printf '%s\n' /usr/lib/postgresql/*/bin/"$1" | sort -V | tail -n 1; }

# It refuses to run as root. Its socket lies in a folder of its own, because Poco's connection string
# knows no path with a space.
prepare_postgresql() {
  connector=PostgreSQL
  [[ -z $connection ]] || return 0
  local data=$dir/postgresql as=()
  postgresql_socket=$(mktemp -d "${TMPDIR:-/tmp}/portal.XXXXXX")
  mkdir -p "$data"
  if ((EUID == 0)); then
    # The capability lets it pass our private folders on the way to its own.
    as=(setpriv --reuid postgres --regid postgres --clear-groups
      --inh-caps +dac_override --ambient-caps +dac_override)
    chown postgres: "$data" "$postgresql_socket"
    "${as[@]}" test -d "$data" ||
      fail 1 "the user postgres cannot enter $data: choose another --dir, such as /srv/portal"
  fi
  if [[ ! -e $data/PG_VERSION ]]; then
    run initdb "${as[@]}" "$(postgresql_program initdb)" -D "$data" -U portal -A trust -E UTF8 --no-locale
  fi
  start postgresql "${as[@]}" "$(postgresql_program postgres)" -D "$data" -c listen_addresses= \
    -c "unix_socket_directories=$postgresql_socket" -c unix_socket_permissions=0700
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
