// The probe of the site's certificate and of the header that keeps browsers on https; and what is
// said of any certificate.
#include "portalctl/check/certificate.h"

#include <Poco/NumberParser.h>
#include <Poco/RegularExpression.h>

#include <vector>

#include "core/base/clock.h"
#include "core/probe/web.h"
#include "portalctl/check/site_url.h"

namespace portalctl {
namespace {

using portal::tls::Certificate;

constexpr portal::EpochSeconds kRenewed = 21 * portal::kDay;  // certbot renews 30 days before
constexpr portal::EpochSeconds kUrgent = 7 * portal::kDay;
constexpr int kLeastHsts = 180 * 86400;  // seconds

// "max-age=63072000; includeSubDomains"
bool lasts(const std::string& hsts) {
  static const Poco::RegularExpression pattern("max-age=\"?([0-9]{1,9})",
                                               Poco::RegularExpression::RE_CASELESS);
  std::vector<std::string> parts;
  return pattern.split(hsts, parts) == 2 && Poco::NumberParser::parse(parts[1]) >= kLeastHsts;
}

// The command that comes next where the certificate is not accepted.
std::string mend(const Certificate& certificate, const CertificateOwner& owner) {
  const auto now = portal::system_now();
  if (now >= certificate.ends) return owner.renew;
  return now < certificate.begins ? "timedatectl" : owner.show;
}

}  // namespace

Finding judge_certificate(const Certificate& certificate, const CertificateOwner& owner) {
  if (!certificate.accepted()) {
    return fault(owner.whose + ": " + certificate.why_not(), mend(certificate, owner));
  }
  const portal::EpochSeconds left = certificate.ends - portal::system_now();
  const std::string days = std::to_string(left / portal::kDay) + " days";
  if (left >= kRenewed) return ok("good for " + days);
  const std::string text = "the certificate of " + owner.whose + " ends in " + days +
                           ": renew it, and see why that is not done by itself";
  return left < kUrgent ? fault(text, owner.renew) : warning(text, owner.renew);
}

Findings probe_certificate(const Subject& subject) {
  const SiteUrl url(subject.settings);
  if (!url.https()) return {not_applicable("site.base_url is not https")};
  const auto certificate = portal::web_certificate(url.text() + "/", subject.patience);
  if (!certificate) return {not_applicable("nobody answers as expected, see site")};
  const std::string at = url.host() + ":" + std::to_string(url.port());
  const Finding finding = judge_certificate(
      *certificate,
      {url.text(),
       "openssl s_client -showcerts -servername " + url.host() + " -connect " + at + " </dev/null",
       "certbot renew"});
  if (!certificate->accepted()) return {finding};
  const auto answer = portal::web_get(url.text() + "/", "", subject.patience);
  Findings findings;
  if (finding.level != Level::kOk) findings.push_back(finding);
  if (answer && !lasts(answer->header("Strict-Transport-Security"))) {
    findings.push_back(
        warning("no Strict-Transport-Security header of half a year: the first "
                "request may be in the clear: add_header Strict-Transport-Security "
                "\"max-age=63072000\" always;"));
  }
  if (findings.empty()) findings.push_back(ok(finding.text + (answer ? "; HSTS is on" : "")));
  return findings;
}

}  // namespace portalctl
