#include "complete/mail_screen.h"

#include "core/mail/address.h"
#include "core/mail/carriers.h"

namespace portal {
namespace {

constexpr MailScreen kOnItsWay = {"complete.tpl", "申請完了"};
constexpr MailScreen kUndelivered = {"undelivered.tpl", "メールを届けられませんでした"};

bool is_final(const OutboxEntry& mail) {
  return mail.state == name_of(MailState::kFailed) || mail.state == name_of(MailState::kBounced);
}

// The section of the template that says the reason. docomo and au give the same answer to a wrong
// address and to one whose owner's filter refuses the mail.
std::string_view reason_of(MailFault fault, const std::optional<mail::Carrier>& carrier) {
  switch (fault) {
    case MailFault::kUnknownUser:
      return carrier && carrier->filter_looks_unknown ? "UNKNOWN_OR_FILTERED" : "UNKNOWN_USER";
    case MailFault::kUnknownDomain:
      return "UNKNOWN_DOMAIN";
    case MailFault::kMailboxFull:
      return "MAILBOX_FULL";
    case MailFault::kRecipientFilter:
      return "FILTERED";
    default:
      return "UNCLEAR";
  }
}

void add_carrier(const mail::Carrier& carrier, Data& data) {
  data.add("CARRIER")
      .set("CARRIER_NAME", carrier.name)
      .set("CARRIER_SETTING", carrier.setting)
      .set("CARRIER_HELP", carrier.help);
}

void add_reason(const OutboxEntry& mail, const std::optional<mail::Carrier>& carrier, Data& data) {
  const MailFault fault = find_mail_fault(mail.fault);
  data.show(reason_of(fault, carrier));
  data.set("DOMAIN", mail::domain_of(mail.recipient));
  // What the reader most likely has to do comes first: correct the address, or let the mail in.
  const bool address_is_right =
      fault == MailFault::kMailboxFull || fault == MailFault::kRecipientFilter;
  data.show(address_is_right ? "LET_IN_FIRST" : "CORRECT_FIRST");
  if (fault == MailFault::kMailboxFull) {
    data.show(is_final(mail) ? "MAKE_ROOM" : "MAKE_ROOM_IN_TIME");
  } else if (carrier) {
    add_carrier(*carrier, data);
  } else {
    data.show("ANY_PROVIDER");
  }
}

}  // namespace

MailScreen mail_screen(const OutboxEntry* mail, bool paused, std::string_view sender_domain,
                       Data& data) {
  data.set("SENDER_DOMAIN", sender_domain);
  if (mail == nullptr) {
    data.show("ON_ITS_WAY");
    return kOnItsWay;
  }
  const auto carrier = mail::carrier_of(mail->recipient);
  if (mail->undeliverable()) {
    add_reason(*mail, carrier, data);
    return kUndelivered;
  }
  if (carrier) add_carrier(*carrier, data);
  const bool waits = mail->state == name_of(MailState::kQueued);
  if (is_final(*mail)) {
    data.show("NOT_SENT");
  } else if (waits && (paused || mail->fault == name_of(MailFault::kOurs))) {
    data.show("LATE");
  } else {
    data.show("ON_ITS_WAY");
  }
  return kOnItsWay;
}

}  // namespace portal
