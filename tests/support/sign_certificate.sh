#!/usr/bin/env bash
# sign_certificate.sh AUTHORITY NAMES FILE [FROM TO]: makes FILE.key, and FILE.crt for the names ("DNS:localhost,IP:127.0.0.1"),
# signed with AUTHORITY.crt and AUTHORITY.key.
#
# It is good from yesterday on for 90 days, or between two times as date(1) reads them ('-90 days' '-3 days'). With
# `openssl x509 -days` no certificate can be made that has expired: OpenSSL 3.5 takes no negative number there.
set -euo pipefail

authority=$1 names=$2 file=$3 from=${4:--1 day} to=${5:-+90 days}
when() { date -u -d "$1" +%Y%m%d%H%M%SZ; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

host=${names%%,*}
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=${host#*:}" -keyout "$file.key" -out "$scratch/csr" \
  2>"$scratch/why" || { cat "$scratch/why" >&2; exit 1; }
: >"$scratch/index"
printf '%s\n' '[ca]' 'default_ca = own' '[own]' "database = $scratch/index" "new_certs_dir = $scratch" 'rand_serial = yes' \
  'default_md = sha256' 'policy = any' 'x509_extensions = names' '[any]' 'commonName = supplied' '[names]' \
  "subjectAltName = $names" 'authorityKeyIdentifier = keyid' 'basicConstraints = CA:FALSE' >"$scratch/ca.conf"
openssl ca -batch -notext -config "$scratch/ca.conf" -cert "$authority.crt" -keyfile "$authority.key" \
  -startdate "$(when "$from")" -enddate "$(when "$to")" -in "$scratch/csr" -out "$file.crt" \
  2>"$scratch/why" || { cat "$scratch/why" >&2; exit 1; }
