# shellcheck shell=bash
# What conf/quickstart and tests/run share: messages, Debian packages, the build. Both source it.
#
# root is the tree's folder. An ordinary user's PATH lacks the sbin folders, where nginx is.
root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
export LC_ALL=C.UTF-8
# Settings of a portal that the caller runs must not have an effect here.
for variable in "${!PORTAL_@}"; do unset "$variable"; done

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

# fail STATUS MESSAGE: STATUS is 2 for a mistake of the caller, 1 for anything else.
fail() {
  local status=$1
  shift
  say "$*"
  exit "$status"
}

# A blank, an apostrophe or 施術所 in a path are right. These are not: web servers expand $, % and wildcards, CMake
# ends a name at ; or #, and a list of folders at :.
odd_in_path='"#$%*:;<>?[\]^`{|}'

# can_use_path PATH: fails with one line that names the first character that something could not use.
can_use_path() {
  local odd=${1//[^"$odd_in_path"[:cntrl:]]/}
  [[ -z $odd ]] || fail 2 "cannot use a path with ${odd@Q}: ${1@Q}; choose a folder without $odd_in_path"
}

packages_of() {  # GROUP...
  local group package
  while read -r group package _; do
    [[ " $* " != *" $group "* ]] || printf '%s\n' "$package"
  done <"$root/conf/packages"
}

missing_packages() {  # GROUP...
  local wanted present
  wanted=$(packages_of "$@" | sort -u)
  # A package that another one provides counts too: Node.js from another source brings its own npm.
  present=$(dpkg-query -W -f '${db:Status-Status} ${Package}, ${Provides}\n' |
    sed -n 's/^installed //p' | tr ',' '\n' | sed 's/ (.*//; s/^ *//' | sort -u)
  comm -23 <(printf '%s\n' "$wanted") <(printf '%s\n' "$present")
}

# Debian's nginx starts itself on port 80 when it is installed. Quickstart runs an nginx of its own and
# must not touch the system's, so for this call programs that do nothing replace those that start it.
without_starting_services() {  # COMMAND... (gets apt's options appended)
  local idle status=0
  idle=$(mktemp -d)
  chmod 755 "$idle"
  printf '#!/bin/sh\nexit 0\n' | tee "$idle/invoke-rc.d" >"$idle/deb-systemd-invoke"
  chmod 755 "$idle"/*
  "$@" -o "DPkg::Path=$idle:/usr/sbin:/usr/bin:/sbin:/bin" || status=$?
  rm -rf "$idle"
  return "$status"
}

# install_packages GROUP...: runs as root, or through a sudo that asks for no password.
install_packages() {
  local missing become=() log
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0
  if ((EUID != 0)); then
    sudo -n true 2>/dev/null ||
      fail 1 "packages are missing; as root: apt-get install --no-install-recommends ${missing[*]}"
    become=(sudo -n)
  fi
  say "installing ${missing[*]}"
  log=$(mktemp)
  local apt=("${become[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y
    -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0)
  local install=(without_starting_services "${apt[@]}"
    install --no-install-recommends "${missing[@]}")
  # The first try fails where package lists are absent or old; then they are fetched.
  "${install[@]}" >"$log" 2>&1 ||
    { { "${apt[@]}" update || "${apt[@]}" update; } && "${install[@]}"; } >"$log" 2>&1 ||
    { tail -n 20 "$log" >&2; fail 1 "apt-get could not install ${missing[*]} (see $log)"; }
  # mod_qos enables itself in the system's Apache, which then does not start (conf/web-servers.md).
  [[ " ${missing[*]} " != *' libapache2-mod-qos '* ]] || "${become[@]}" a2dismod -q qos
  rm -f "$log"
}

# The steps of a site (modules/steps.list), by default of the public one: a name in each line.
steps() {  # [SITE]
  awk -v site="${1-public}" '/^[a-z]/ && $3 == site { print $1 }' "$root/modules/steps.list"
}
all_steps() { awk '/^[a-z]/ { print $1 }' "$root/modules/steps.list"; }

# build_targets DIR TARGET...: configures, with the caller's cmake_options, and builds. Two builds of one folder wait
# for each other.
cmake_options=()
build_targets() {
  local folder=$1 generator=()
  shift
  mkdir -p "$folder"
  [[ -e $folder/CMakeCache.txt ]] || generator=(-G Ninja)
  if [[ ! -e $folder/CMakeCache.txt ]] && command -v ccache >/dev/null; then
    generator+=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
  fi
  (
    flock 9
    cmake -S "$root" -B "$folder" "${generator[@]}" "${cmake_options[@]}" && cmake --build "$folder" --target "$@"
  ) 9>"$folder/.lock"
}
