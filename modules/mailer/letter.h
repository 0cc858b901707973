// A Letter is what a row of the outbox becomes when it is sent: the kind, the recipient, the link.
// choose_letter() (letter_choice.h) decides which; write_letter() makes the message from its
// templates.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/mail/message.h"
#include "core/registration/applicant.h"
#include "core/view/view.h"

namespace portal {

struct Letter {
  std::string kind;  // names the templates: mail/KIND.subject.tpl, KIND.txt.tpl, KIND.html.tpl
  std::string to;
  Applicant person;             // whom it calls by name; blank: nobody
  std::string token;            // of the link; empty: there is none
  EpochSeconds asked_at = 0;    // when the event happened that the letter tells of
  std::string stop_token = {};  // of the link 「心当たりがない」; empty: there is none
  std::optional<RegistrationNumber> number = {};  // `listed`: what can be registered now
  std::string clinic = {};  // the name of the clinic whose number the letter has, from the roster
  // Whom it is about; empty: nobody.
  std::string registration_id = {};
  std::string account_id = {};
};

// The template files that write_letter() reads.
std::vector<std::string> letter_templates();

struct LetterHead {
  std::string base_url;  // site.base_url: links are built from nothing else
  std::string from;      // the address of mail.from
  std::string row_id;    // of the outbox: Message-ID
  EpochSeconds date = 0;
  std::string from_name = {};  // the name of mail.from
};

Result<mail::Message> write_letter(const View& view, const Letter& letter, const LetterHead& head);

}  // namespace portal
