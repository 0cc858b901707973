# shellcheck shell=bash disable=SC2034,SC2154
# Applications that nothing is wrong with, from tests/support/applications. To be sourced; needs `root`.

declare -A entries=()  # field → value
password=$(sed -n 's/^password=//p' "$root/tests/support/applications/judo.form")  # of everybody who applies

# read_application judo|ahaki: sets `entries`.
read_application() {
  local field value
  entries=()
  while IFS='=' read -r field value; do entries[$field]=$value; done <"$root/tests/support/applications/$1.form"
}

# The path that asks for the clinic of the application judo.
clinic_path() {
  local -A entries=()
  read_application judo
  printf '/register/clinic?judo_agreement=%s&judo_number=%s&judo_suffix1=%s&judo_suffix2=%s\n' \
    "$(printf '%s' "${entries[judo_agreement]}" | od -An -tx1 | tr ' abcdef' '%ABCDEF' | tr -d '\n')" \
    "${entries[judo_number]}" "${entries[judo_suffix1]}" "${entries[judo_suffix2]}"
}
