#!/usr/bin/env bash
# The fields that fill themselves: 200, 404 and 422 as JSON.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

ask() {
  local field fields=()
  for field in "$@"; do fields+=(--data-urlencode "$field"); done
  visit --get "${fields[@]}" /register/clinic
}

ask institution=judo judo_agreement=契 judo_number=0123456 judo_suffix1=7 judo_suffix2=8
expect_status 200
expect_header Content-Type 'application/json.*'
expect_body '{"registration_number":"契0123456-7-8","clinic_name":"みなと整骨院"}'

ask institution=judo judo_agreement=協 judo_number=0123456 judo_suffix1=7 judo_suffix2=8
expect_body '{"registration_number":"協0123456-7-8","clinic_name":"さくら接骨院"}'

ask institution=ahaki ahaki_number=１３００００01 ahaki_suffix1=0 ahaki_suffix2=1
expect_body '{"registration_number":"13000001-0-1","clinic_name":"〇〇鍼灸院"}'

ask institution=ahaki ahaki_number=99999999 ahaki_suffix1=9 ahaki_suffix2=9
expect_status 404
expect_text '{"error":"not_in_roster","message":"'

ask institution=judo judo_agreement=契 judo_number=123 judo_suffix1=7 judo_suffix2=8
expect_status 422
expect_text '{"error":"malformed","field":"judo_number","message":"'
