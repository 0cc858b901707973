#include "desk/offers.h"

#include <algorithm>

#include "core/database/mail/mail_state.h"

namespace portal {
namespace {

// The account that stands in the way of the registration.
const Account* clinics_account(const CaseFile& file, const Registration& registration) {
  const auto found = file.history.rivals.find(registration.id);
  if (found == file.history.rivals.end() || !found->second.of_clinic) return nullptr;
  return &*found->second.of_clinic;
}

void offer_for(const Account& account, bool has_sessions, std::vector<Offer>& offers) {
  if (account.active()) {
    offers.push_back({DeskAction::kUnlock, account.id});
    if (has_sessions) offers.push_back({DeskAction::kEndSessions, account.id});
    offers.push_back({DeskAction::kDisable, account.id});
  } else {
    offers.push_back({DeskAction::kEnable, account.id});
  }
  offers.push_back({DeskAction::kRelease, account.id});
}

}  // namespace

std::vector<Offer> offers_of(const CaseFile& file) {
  std::vector<Offer> offers;
  if (file.registration && !file.account) {
    const Registration& registration = *file.registration;
    const Account* const rival = clinics_account(file, registration);
    if (rival != nullptr) {
      offers.push_back({DeskAction::kRelease, rival->id});
    } else if (registration.waits(file.read_at)) {
      offers.push_back({DeskAction::kResend, registration.id});
      offers.push_back({DeskAction::kCorrect, registration.id});
    }
  }
  if (file.history.mail_stopped_until > file.read_at) {
    offers.push_back({DeskAction::kAllow, file.account        ? file.account->id
                                          : file.registration ? file.registration->id
                                                              : ""});
  }
  if (file.account) offer_for(*file.account, !file.sessions.empty(), offers);
  return offers;
}

bool may_be_retried(const OutboxEntry& mail) {
  return mail.state == name_of(MailState::kQueued) || mail.state == name_of(MailState::kFailed);
}

}  // namespace portal
