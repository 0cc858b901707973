#include "complete/mail_screen.h"

namespace portal {
namespace {

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

MailScreen undelivered(const OutboxEntry& mail, const std::optional<mail::Carrier>& carrier) {
  MailScreen screen = {"undelivered.tpl", "メールを届けられませんでした"};
  const MailFault fault = find_mail_fault(mail.fault);
  screen.sections.push_back(reason_of(fault, carrier));
  // What the reader most likely has to do comes first: correct the address, or let the mail in.
  const bool address_is_right =
      fault == MailFault::kMailboxFull || fault == MailFault::kRecipientFilter;
  screen.sections.push_back(address_is_right ? "LET_IN_FIRST" : "CORRECT_FIRST");
  if (fault == MailFault::kMailboxFull) {
    screen.sections.push_back(is_final(mail) ? "MAKE_ROOM" : "MAKE_ROOM_IN_TIME");
  } else if (carrier) {
    screen.carrier = carrier;
  } else {
    screen.sections.push_back("ANY_PROVIDER");
  }
  return screen;
}

}  // namespace

MailScreen mail_screen(const OutboxEntry* mail, bool paused) {
  MailScreen screen = {"complete.tpl", "申請完了"};
  if (mail == nullptr) {
    screen.sections = {"ON_ITS_WAY"};
    return screen;
  }
  const auto carrier = mail::carrier_of(mail->recipient);
  if (mail->undeliverable()) return undelivered(*mail, carrier);
  screen.carrier = carrier;
  const bool waits = mail->state == name_of(MailState::kQueued);
  if (is_final(*mail)) {
    screen.sections = {"NOT_SENT"};
  } else if (waits && (paused || mail->fault == name_of(MailFault::kOurs))) {
    screen.sections = {"LATE"};
  } else {
    screen.sections = {"ON_ITS_WAY"};
  }
  return screen;
}

}  // namespace portal
