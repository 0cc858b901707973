# shellcheck shell=bash
# What these scenarios share, besides tests/support/scenario.sh: a certificate, clients behind a load
# balancer, and whether a responder saw a request. To be sourced.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"

# Where the redirect to TLS listens, once start_tls_portal has made it.
plain=''

# start_tls_portal [GENERATE OPTION...]: with a certificate of its own, which curl then trusts.
start_tls_portal() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=127.0.0.1 \
    -addext subjectAltName=IP:127.0.0.1 -keyout "$scratch/key.pem" -out "$scratch/certificate.pem" \
    2>/dev/null
  export CURL_CA_BUNDLE=$scratch/certificate.pem
  scheme=https plain=127.0.0.1:$(free_port)
  start_portal -- --certificate "$scratch/certificate.pem" --key "$scratch/key.pem" \
    --redirect "$plain" "$@"
}

# visit_as ADDRESS [CURL OPTION...] PATH: by way of a load balancer at 127.0.0.1, which
# --trusted-proxies 127.0.0.1 makes one.
visit_as() {
  local client=$1
  shift
  visit -H "X-Forwarded-For: $client" "$@"
}

# How a responder logged the request of the last answer; nothing if none saw it. The access log does
# not count.
responders_line() {
  find "$site/log" -name '*.log' ! -name access.log -exec cat {} + |
    grep -F "request=$(header X-Request-Id)" || true
}
access_line() { grep -F "id=$(header X-Request-Id)" "$site/log/access.log" || true; }

is_logged() { [[ -n $("$1_line") ]]; }

# What was logged of the last request: responders | access.
expect_logged() {  # responders|access PATTERN
  wait_for 5 is_logged "$1" || unexpected "the $1 log has nothing of it"
  [[ $("$1_line") == *$2* ]] || unexpected "the $1 log says $("$1_line") instead of $2"
}
