// The probe of what other mail systems ask the sender's domain for before they trust a mail: MX,
// SPF (RFC 7208), DKIM (RFC 6376) and DMARC (RFC 7489). It reads only enough of a record to tell
// that it is there and means something.
#include <Poco/String.h>

#include <algorithm>

#include "core/base/settings.h"
#include "core/mail/address.h"
#include "core/probe/dns.h"
#include "portalctl/check/probe.h"

namespace portalctl {
namespace {

using portal::Resolver;
using Records = std::vector<std::string>;

// Empty where a setting has no mailbox, which the probe of the programs says.
using portal::mail::domain_of_mailbox;

Records that_begin(const Records& records, const std::string& words) {
  Records found;
  std::ranges::copy_if(records, std::back_inserter(found), [&](const std::string& record) {
    return Poco::toLower(record.substr(0, words.size())) == words;
  });
  return found;
}

// "v=DKIM1; k=rsa; p=MII…" has the tag p with that value.
std::string tag_of(const std::string& record, const std::string& tag) {
  std::string rest = record + ";";
  while (!rest.empty()) {
    const auto end = rest.find(';');
    const std::string part = Poco::trim(rest.substr(0, end));
    if (part.starts_with(tag + "=")) return Poco::trim(part.substr(tag.size() + 1));
    rest.erase(0, end + 1);
  }
  return "";
}

void judge_mx(const std::string& domain, const Records& hosts, const Records& addresses,
              Findings& findings) {
  const bool none = !hosts.empty() && hosts.front().empty();
  if (none || (hosts.empty() && addresses.empty())) {
    findings.push_back(fault(
        domain + " takes no mail" + (none ? " (null MX)" : " (no MX, no address)") +
        ": replies and mails that come back are lost, and many refuse such a sender: " + domain +
        ". MX 10 mail." + domain + "."));
  } else if (hosts.empty()) {
    findings.push_back(warning(domain + " has no MX, mail goes to its address: " + domain +
                               ". MX 10 mail." + domain + "."));
  }
}

void judge_spf(const std::string& domain, const Records& texts, Findings& findings) {
  const Records spf = that_begin(texts, "v=spf1");
  const std::string example = ": " + domain + ". TXT \"v=spf1 mx -all\", with ip4:… of the relay";
  if (spf.empty()) {
    findings.push_back(fault(domain +
                             " has no SPF record, which says who may send for it: mails "
                             "go to spam or are refused" +
                             example));
    return;
  }
  if (spf.size() > 1) {
    findings.push_back(fault(domain + " has " + std::to_string(spf.size()) +
                             " SPF records, so none counts (RFC 7208, 3.2): leave one"));
    return;
  }
  const std::string record = Poco::toLower(spf.front()) + " ";
  if (record.find(" +all ") != std::string::npos || record.find(" all ") != std::string::npos) {
    findings.push_back(fault(domain + ": its SPF record lets everybody send for it (" +
                             spf.front() + "): -all in place of all"));
  } else if (record.find("all ") == std::string::npos &&
             record.find("redirect=") == std::string::npos) {
    findings.push_back(warning(domain + ": its SPF record does not say what of others (" +
                               spf.front() + "): end it with -all"));
  }
}

void judge_dkim(const std::string& name, const Records& texts, Findings& findings) {
  const std::string example =
      ": " + name + ". TXT \"v=DKIM1; k=rsa; p=…\", with the public key that the relay signs with";
  if (texts.empty()) {
    findings.push_back(fault(name + " has no DKIM key: signatures prove nothing" + example));
  } else if (tag_of(texts.front(), "p").empty()) {
    findings.push_back(fault(name + " has no key in it (p=), which means: withdrawn" + example));
  }
}

// The policy of the domain, or of any domain above it: there is no list of public suffixes here.
portal::Result<Records> ask_dmarc(Resolver& resolver, std::string domain) {
  for (;;) {
    const auto texts = resolver.ask("_dmarc." + domain, Resolver::Type::kTxt);
    if (!texts) return texts.error();
    if (auto found = that_begin(*texts, "v=dmarc1"); !found.empty()) return found;
    const auto dot = domain.find('.');
    if (dot == std::string::npos || domain.find('.', dot + 1) == std::string::npos) {
      return Records();
    }
    domain.erase(0, dot + 1);
  }
}

void judge_dmarc(const std::string& domain, const Records& found, Findings& findings) {
  const std::string example = ": _dmarc." + domain +
                              ". TXT \"v=DMARC1; p=quarantine; rua=mailto:" + "postmaster@" +
                              domain + "\"";
  if (found.empty()) {
    findings.push_back(
        warning(domain + " has no DMARC record, which large mail systems ask for" + example));
  } else if (tag_of(found.front(), "p").empty()) {
    findings.push_back(
        fault(domain + ": its DMARC record has no policy p= (" + found.front() + ")" + example));
  }
}

// Ends early if a server does not answer; that is then the last finding.
void look(const Subject& subject, Resolver& resolver, Findings& findings) {
  const std::string from = domain_of_mailbox(subject.settings.text("mail.from"));
  const std::string& bounces = subject.settings.text("mail.bounces");
  // Returned mail and SPF are about the envelope's sender (RFC 7208, 2.4).
  const std::string envelope = bounces.empty() ? from : domain_of_mailbox(bounces);
  const auto unknown = [&](const auto& answer) {
    if (!answer) findings.push_back(warning(answer.error().message));
    return !answer;
  };
  const auto hosts = resolver.ask(envelope, Resolver::Type::kMx);
  if (unknown(hosts)) return;
  const auto addresses = resolver.ask(envelope, Resolver::Type::kAddress);
  if (unknown(addresses)) return;
  judge_mx(envelope, *hosts, *addresses, findings);
  const auto texts = resolver.ask(envelope, Resolver::Type::kTxt);
  if (unknown(texts)) return;
  judge_spf(envelope, *texts, findings);
  if (const std::string& selector = subject.dkim_selector; !selector.empty()) {
    const std::string name = selector + "._domainkey." + from;
    const auto keys = resolver.ask(name, Resolver::Type::kTxt);
    if (unknown(keys)) return;
    judge_dkim(name, *keys, findings);
  }
  const auto policy = ask_dmarc(resolver, from);
  if (unknown(policy)) return;
  judge_dmarc(from, *policy, findings);
}

}  // namespace

Findings probe_sender(const Subject& subject) {
  if (!subject.smtp()) return {not_applicable("mail.transport = maildir")};
  const std::string domain = domain_of_mailbox(subject.settings.text("mail.from"));
  if (domain.find('.') == std::string::npos) return {not_applicable("see settings: mail.from")};
  auto resolver = Resolver::open(subject.resolver, subject.patience);
  if (!resolver) return {fault("--resolver: " + resolver.error().message)};
  Findings findings;
  look(subject, *resolver, findings);
  if (findings.empty()) {
    findings.push_back(
        ok("MX, SPF and DMARC of " + domain +
           (subject.dkim_selector.empty() ? "; name the selector for DKIM with --dkim-selector"
                                          : ", and its DKIM key")));
  }
  return findings;
}

}  // namespace portalctl
