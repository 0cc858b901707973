# shellcheck shell=bash disable=SC2034
# What the tests that take a Debian machine of their own share: bare roots, and booting them. To be
# sourced; brings support/scenario.sh with it (and so the arguments of the scenarios).
#
# A root is debootstrap's minimal base from this machine's own mirror, and of its own release unless
# MACHINE_SUITE names another one. It is made once and kept packed in build/machine; every call of
# bare_root unpacks a new one, which goes with the scenario. Its path has a space on purpose. Without
# the rights, the programs or the mirror for it the scenario ends with status 77: skipped.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"

here_suite=$(sed -n "s/^VERSION_CODENAME=//p" /etc/os-release)
suite=${MACHINE_SUITE:-$here_suite}
cache=$(dirname "$programs")/machine/$suite
bare_roots=()
machine=''         # process id of the init of the booted root
machine_keeper=''  # that of systemd-nspawn

skip() {
  printf 'skipped: %s\n' "$*"
  exit 77
}

needs_root_and() {  # PROGRAM...
  local program
  ((EUID == 0)) || skip 'a Debian machine of its own can only be made by root'
  for program; do
    command -v "$program" >/dev/null || skip "$program is not installed"
  done
}

end_machine() {
  local result=$? bare
  if [[ -n $machine_keeper ]]; then
    ((result == 0)) || in_machine journalctl -q --no-pager -n 40 >&2 || true
    shut_down
  fi
  for bare in "${bare_roots[@]}"; do rm -rf --one-file-system "$bare"; done
  end_scenario "$result"
}
trap end_machine EXIT

# in_root ROOT COMMAND...: with /proc and /dev, this machine's network, and nothing that outlives it.
in_root() {
  # shellcheck disable=SC2016
  unshare --mount --pid --fork --kill-child bash -c '
    cd "$1" && shift
    mount -t proc proc proc
    mount -t tmpfs -o mode=755 tmpfs dev
    for device in null zero full random urandom tty; do
      touch "dev/$device"
      mount --bind "/dev/$device" "dev/$device"
    done
    ln -s /proc/self/fd dev/fd
    mkdir -m 1777 dev/shm
    exec chroot . "$@"' bash "$1" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "${@:2}"
}

# The apt sources of this machine that are Debian's own: the paths of the files.
debian_sources() {
  grep -ls 'debian-archive-keyring' /etc/apt/sources.list.d/*.sources || ls /etc/apt/sources.list
}

# pack ROOT FILE: whole or not at all.
pack() { tar -C "$1" -cf "$2.new" . && mv "$2.new" "$2"; }

unpacked() {  # FILE: into a new folder, whose name is in `bare`
  bare=$(mktemp -d "$cache/a root.XXXXXX")
  bare_roots+=("$bare")
  tar -C "$bare" -xf "$1"
}

# Another release has programs of its own: its package, which other_release.sh has built.
is_other_release() { [[ $suite != "$here_suite" ]]; }
# package_of SUITE: the path of the portal's package for it.
package_of() {
  if [[ $1 == "$here_suite" ]]; then
    cpack -G DEB --config "$programs/../CPackConfig.cmake" -B "$scratch/packages" >"$scratch/said" 2>&1 ||
      fail 1 "cpack: $(tail -n 25 "$scratch/said")"
    ls "$scratch"/packages/*.deb
  else
    ls "${cache%/*}/$1"/packages/portal_*.deb
  fi
}

# The minimal base, as a machine is that was installed a minute ago; its packages can be updated.
make_base() {
  local mirror sources source
  mapfile -t sources < <(debian_sources)
  mirror=$(sed -nE 's/^URIs: *([^ ]+).*/\1/p; s/^deb (\[[^]]*\] )?([^ ]+) .*/\2/p' "${sources[@]}" | head -n 1)
  [[ -n $mirror ]] || fail 1 'this machine has no Debian mirror among its apt sources'
  ! is_other_release || command curl -fsI --max-time 30 -o /dev/null "$mirror/dists/$suite/Release" ||
    skip "$mirror has no Debian $suite"
  say "making the bare root of $suite (a few minutes, once)"
  bare=$(mktemp -d "$cache/a root.XXXXXX")
  bare_roots+=("$bare")
  chmod 755 "$bare"
  # debootstrap refuses a path with a space. It sees the root below a name that every Debian has.
  # shellcheck disable=SC2016
  unshare --mount bash -c 'mount --bind "$1" /mnt && shift && exec "$@"' bash "$bare" \
    debootstrap --variant=minbase --include=ca-certificates "$suite" /mnt "$mirror" >"$cache/debootstrap.log" 2>&1 ||
    fail 1 "debootstrap failed: $(tail -n 1 "$cache/debootstrap.log")"
  rm -f "$bare/etc/apt/sources.list"
  for source in "${sources[@]}"; do sed "s/\\b$here_suite\\b/$suite/g" "$source" >"$bare$source"; done
  # No service starts on a machine that does not run.
  printf '#!/bin/sh\nexit 101\n' >"$bare/usr/sbin/policy-rc.d"
  chmod 755 "$bare/usr/sbin/policy-rc.d"
  in_root "$bare" apt-get -q update >>"$cache/debootstrap.log" 2>&1 ||
    fail 1 "apt-get update failed: $(tail -n 1 "$cache/debootstrap.log")"
  pack "$bare" "$cache/base.tar"
}

add_packages() {  # PACKED PACKAGE...
  unpacked "$cache/base.tar"
  cp -L /etc/resolv.conf "$bare/etc/"
  in_root "$bare" apt-get -q -y install --no-install-recommends "${@:2}" >"$cache/install.log" 2>&1 ||
    fail 1 "installing ${*:2} failed: $(tail -n 1 "$cache/install.log")"
  in_root "$bare" apt-get clean
  pack "$bare" "$1"
}

# bare_root [PACKAGE...]: a new root, in `bare`, with these packages besides the minimal base. Those
# with packages are kept packed as well. Services do not start while packages are installed: remove
# /usr/sbin/policy-rc.d where they shall.
bare_root() {
  local packed=$cache/base.tar
  needs_root_and debootstrap unshare
  mkdir -p "$cache"
  (($# == 0)) || packed=$cache/$(printf '%s\n' "$@" | sort | sha256sum | cut -c 1-16).tar
  exec {lock}>"$cache/lock"
  flock "$lock"
  [[ -s $cache/base.tar ]] || make_base
  [[ -s $packed ]] || add_packages "$packed" "$@"
  exec {lock}>&-
  unpacked "$packed"
  cp -L /etc/resolv.conf "$bare/etc/"
  printf '127.0.0.1 localhost\n::1 localhost\n' >"$bare/etc/hosts"
}

# --- a root that runs

# boot ROOT: until its systemd has started all that it wants. It has a loopback of its own and no other
# network. Its console goes to $scratch/console.
boot() {
  needs_root_and systemd-nspawn nsenter
  # Whatever keeps a container from starting here at all is no fault of the portal's.
  systemd-nspawn -q --directory="$1" --private-network --register=no --keep-unit --pipe true \
    >"$scratch/console" 2>&1 </dev/null ||
    skip "systemd-nspawn cannot start a container here: $(tail -n 1 "$scratch/console")"
  systemd-nspawn --directory="$1" --machine="${1##*/a }" --boot --private-network --register=no --keep-unit \
    --link-journal=no --console=pipe >"$scratch/console" 2>&1 </dev/null &
  machine_keeper=$!
  wait_for 60 has_booted || fail 1 "the machine does not boot: $(tail -n 3 "$scratch/console")
$(in_machine systemctl list-jobs 2>&1)"
}
# The keeper has other children before.
has_booted() {
  machine=$(ps -o pid=,comm= --ppid "$machine_keeper" | awk '$2 == "systemd" { print $1 }')
  # Degraded: something of Debian's own, in a container.
  [[ -n $machine && $(in_machine systemctl is-system-running 2>/dev/null) =~ ^(running|degraded)$ ]]
}

in_machine() {
  nsenter --target "$machine" --all --wdns=/ env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 "$@"
}

shut_down() {
  kill -TERM "$machine_keeper" 2>/dev/null || true
  wait "$machine_keeper" || true
  machine='' machine_keeper=''
}
