// What is said of a verdict, and of the mails in it, in Japanese. Only the files *_ja.cpp use it.
//
// The first line says what is the matter and what the caller can do, as who answers the telephone
// reads it out; the lines below it, what helps to go on. What is meant for who answers, and not for
// the caller, stands in （担当者へ：…）. A reply or an address stands between spaces, so that it
// can be told from the words around it when it is masked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/japan_time.h"
#include "core/history/verdict.h"

namespace portal {

inline constexpr std::string_view kRegisterAgain = "もう一度ご登録ください。";

class JapaneseSpeaker {
 public:
  using Lines = std::vector<std::string>;

  JapaneseSpeaker(EpochSeconds now, std::string_view sender_domain)
      : now_(now), sender_domain_(sender_domain) {}

  // Lines may be empty.
  Lines of_verdict(const Verdict& verdict) const;
  Lines of_mail(const MailVerdict& mail) const;

 private:
  // 14:02, as it is said at the telephone.
  std::string at(EpochSeconds time) const { return japan_said(time, now_); }

  // Of mails: mail_words_ja.cpp.
  std::string let_in(const MailVerdict& mail) const;
  std::string resend(const MailVerdict& mail) const;
  std::string another(const MailVerdict& mail) const;
  std::string of_unknown_user(const MailVerdict& mail) const;
  std::string of_fault(const MailVerdict& mail) const;
  Lines of_ended_link(const MailVerdict& mail) const;
  Lines of_sent(const MailVerdict& mail) const;
  Lines of_retried(const MailVerdict& mail) const;

  // Of verdicts: verdict_words_ja.cpp.
  Lines of_mails(const Verdict& verdict) const;
  Lines of_account(const Verdict& verdict) const;
  std::string of_rival(const Verdict& verdict) const;
  Lines of_not_activated(const Verdict& verdict) const;
  Lines of_waiting_told(const Verdict& verdict) const;
  std::string of_no_row(const Verdict& verdict) const;

  EpochSeconds now_;
  std::string_view sender_domain_;
};

}  // namespace portal
