#include "core/mail/bounce/private/forms.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/mail/bounce/private/decoding.h"

namespace portal::mail::bounce {
namespace {

// Where the reason stands. What a row's `words` come before is taken first.
enum class Reason {
  kBehindRecipient,  // in the rest of the recipient's paragraph
  kReply,            // in the first line with a mail server's reply
  kOpening,          // the words that the family is recognised by are the reason
};

struct Form {
  std::string_view family;
  std::string_view field;    // the header field that has the opening; empty: the text has it
  std::string_view opening;  // lower case, single spaces
  std::string_view recipient =
      {};  // the words before the recipient; empty: the first address counts
  Reason reason = Reason::kBehindRecipient;
  std::string_view words =
      {};  // the words before the reason; | between several: the first found counts
};

// The first row that fits counts, so what is special stands before what is general.
constexpr auto kForms = std::to_array<Form>({
    // Programs that say who they are.
    {"James", "", "this is the james mail server", "failed recipient(s):", Reason::kBehindRecipient,
     "error message:"},
    {"qmail", "", "this is the qmail-send program"},
    {"Postfix", "", "this is the postfix program at host"},
    {"Postfix", "", "this is the mail system at host"},
    {"OpenSMTPD", "", "an error has occurred while attempting to deliver a message"},
    {"OpenSMTPD", "", "this is the mailer-daemon, please do not reply"},
    {"Courier", "", "your message to the following recipients cannot be delivered"},
    {"SurfControl", "x-mailer", "surfcontrol", "addressed to:", Reason::kReply,
     "failed to send to identified host,"},
    {"IMail", "x-mailer", "<smtp32 v", "", Reason::kOpening},
    {"m-FILTER", "x-mailer", "m-filter", "", Reason::kReply, "server message"},
    {"InterScan", "", "received >>>", "sent <<< rcpt to:", Reason::kReply, "received >>>"},
    {"InterScan", "from", "interscan", "", Reason::kReply},
    {"hMailServer", "", "hmailserver sent:", "could not be reached:", Reason::kBehindRecipient,
     "remote server replied:"},
    {"MDaemon", "", "the attached message had permanent fatal delivery errors",
     "failed address:", Reason::kReply},
    {"MailFoundry", "", "this is a notification from mailfoundry", "unable to deliver message to:",
     Reason::kBehindRecipient, "delivery failed for the following reason:"},
    {"SendGrid", "", "your message was not able to be delivered", "", Reason::kReply},
    {"Amazon SES", "", "an error occurred while trying to deliver the mail to the following"},
    {"Google Groups", "", "the group you tried to contact", "", Reason::kOpening},
    {"FML", "", "fml status", "", Reason::kOpening},
    {"FML", "x-mlserver", "fml", "", Reason::kOpening},
    {"Verizon", "", "message could not be delivered to mobile", "", Reason::kOpening, "error:"},
    {"Zoho", "", "error_code :", "", Reason::kOpening},
    // Sieve's reject (RFC 5429) and Dovecot's, which come as a read receipt.
    {"Sieve", "", "was automatically rejected", "", Reason::kOpening, "reason was given:"},
    // Sendmail and what imitates it.
    {"Biglobe", "", "the following addresses had delivery problems", "", Reason::kBehindRecipient,
     "non-delivered information -----"},
    {"Sendmail", "", "had permanent fatal errors", "", Reason::kBehindRecipient,
     "(reason:|transcript of session follows -----"},
    {"Sendmail", "", "transcript of session follows", "", Reason::kReply},
    // qmail's QSBMF and what imitates it: Yahoo, netqmail, qmail-ldap.
    {"qmail", "", "able to deliver your message to the following"},
    {"Yahoo", "", "unable to deliver message to the following"},
    // Exim and what imitates it: GMX, 1&1, mail.ru, MXLogic.
    {"Exim", "", "the following address(es) failed"},
    {"Exim", "", "the following address failed"},
    {"Exim", "", "could not be delivered to one or more of its recipients"},
    {"Exim", "", "this message was created automatically by"},
    // Exchange and Microsoft 365.
    {"Exchange", "", "did not reach the following recipient(s)"},
    {"Exchange", "", "the following recipient(s) could not be reached"},
    {"Exchange", "", "the following recipient(s) cannot be reached"},
    {"Exchange", "", "delivery has failed to these recipients or", "", Reason::kReply},
    {"Exchange", "", "delivery to the following recipients failed"},
    {"Exchange", "", "diagnostic information for administrators", "", Reason::kReply},
    {"Exchange", "", "これらの受信者またはグループ", "", Reason::kReply},
    {"Exchange", "", "次の受信者", "", Reason::kReply},
    // Domino and Notes.
    {"Domino", "", "was not delivered to:", "", Reason::kBehindRecipient, "because:"},
    {"Domino", "", "failure reasons --------", "", Reason::kBehindRecipient,
     "failure reasons --------"},
    // Gmail, old and new, in English and Japanese.
    {"Gmail", "", "delivery to the following recipient", "", Reason::kBehindRecipient,
     "the other server returned was:|technical details of permanent failure:"},
    {"Gmail", "", "message wasn't delivered to", "", Reason::kOpening, "the response was:"},
    {"Gmail", "", "message has been blocked", "", Reason::kOpening, "the response was:"},
    {"Gmail", "", "に配信されませんでした", "", Reason::kOpening, "the response was:"},
    // Japanese carriers and providers.
    {"au", "", "was rejected by a remote mail server", "recipient:", Reason::kReply, "reason:"},
    {"au", "", "the user(s) account is", "", Reason::kOpening},
    {"au", "", "did not receive this message"},
    {"KDDI", "", "your mail sent on", "", Reason::kReply, "could not be delivered to:"},
    {"KDDI", "", "your mail attempted to be delivered on", "", Reason::kReply,
     "could not be delivered to:"},
    // iPlanet, Sun and Oracle Messaging Server.
    {"Messaging Server", "", "this report relates to a message you sent",
     "recipient address:", Reason::kBehindRecipient, "reason:"},
    {"Messaging Server", "", "cannot be delivered to the following recipients",
     "recipient address:", Reason::kBehindRecipient, "reason:"},
    // Other gateways.
    {"MailMarshal", "", "could not be delivered because of",
     "recipients were affected:", Reason::kOpening, "because of"},
    {"AOL", "", "the mail you sent could not be delivered"},
    {"AsyncOS", "", "was undeliverable. the reason for the problem", "the following message to",
     Reason::kReply, "the reason for the problem:"},
    {"WorkMail", "", "technical report:", "", Reason::kReply, "remote server returned"},
    {"Barracuda", "", "has not been delivered", "", Reason::kOpening},
    {"Symantec", "", "we had trouble delivering your message", "rejected recipient", Reason::kReply,
     "it responded as follows:"},
    {"GroupWise", "", "was undeliverable to the following"},
    {"CommuniGate", "", "failed to deliver to"},
    {"Mercury", "", "in your message have failed with the following response", "", Reason::kReply},
    // Whatever program it is: what such texts have in common.
    {kAnyMailSystem, "", "could not be delivered to"},
    {kAnyMailSystem, "", "cannot be delivered to"},
    {kAnyMailSystem, "", "couldn't be delivered", "", Reason::kReply},
    {kAnyMailSystem, "", "could not be delivered", "", Reason::kReply},
    {kAnyMailSystem, "", "cannot be delivered", "", Reason::kReply},
    {kAnyMailSystem, "", "could not deliver", "", Reason::kReply},
    {kAnyMailSystem, "", "unable to deliver", "", Reason::kReply},
    {kAnyMailSystem, "", "not delivered to"},
    {kAnyMailSystem, "", "was not delivered", "", Reason::kReply},
    {kAnyMailSystem, "", "undeliverable", "", Reason::kReply},
    {kAnyMailSystem, "", "delivery failed", "", Reason::kReply},
    {kAnyMailSystem, "", "delivery failure", "", Reason::kReply},
    {kAnyMailSystem, "", "配信できません", "", Reason::kReply},
    {kAnyMailSystem, "", "配送できません", "", Reason::kReply},
    {kAnyMailSystem, "", "配達できません", "", Reason::kReply},
    {kAnyMailSystem, "", "送信できません", "", Reason::kReply},
    {kAnyMailSystem, "", "届けられません", "", Reason::kReply},
    {kAnyMailSystem, "", "お届けできません", "", Reason::kReply},
    {kAnyMailSystem, "", "配信に失敗", "", Reason::kReply},
    {kAnyMailSystem, "", "配送に失敗", "", Reason::kReply},
    {kAnyMailSystem, "", "送信に失敗", "", Reason::kReply},
    {kAnyMailSystem, "subject", "undelivered mail", "", Reason::kReply},
    {kAnyMailSystem, "subject", "undeliverable", "", Reason::kReply},
    {kAnyMailSystem, "subject", "undelivered", "", Reason::kReply},
    {kAnyMailSystem, "subject", "nondeliverable", "", Reason::kReply},
    {kAnyMailSystem, "subject", "returned mail", "", Reason::kReply},
    {kAnyMailSystem, "subject", "returned to sender", "", Reason::kReply},
    {kAnyMailSystem, "subject", "failure notice", "", Reason::kReply},
    {kAnyMailSystem, "subject", "delivery fail", "", Reason::kReply},
    {kAnyMailSystem, "subject", "delivery status notification", "", Reason::kReply},
    {kAnyMailSystem, "subject", "delivery error", "", Reason::kReply},
    {kAnyMailSystem, "subject", "mail system error", "", Reason::kReply},
    {kAnyMailSystem, "subject", "could not be delivered", "", Reason::kReply},
});

// What stands between the report and the copy of the mail. A copy may also begin with its header.
constexpr auto kCopyBegins =
    std::to_array<std::string_view>({"--- below this line is a copy of the message",
                                     "--- enclosed is a copy of the message",
                                     "below is a copy of the original message",
                                     "------ this is a copy of",
                                     "--- this is a copy of",
                                     "--- the header of the original message is following",
                                     "included is a copy of the message header",
                                     "--- original message",
                                     "-----original message",
                                     "----- message header follows",
                                     "--- message header",
                                     "----- original message follows",
                                     "original message follows",
                                     "----- unsent message follows",
                                     "--- unsent message below",
                                     "----- original mail",
                                     "-------original m",
                                     "original message headers:",
                                     "------- returned message",
                                     "--- returned message",
                                     "----- returned message",
                                     "message headers follow",
                                     "--- undelivered message",
                                     "--- message non-deliverable",
                                     "message details",
                                     "a copy of the original message below",
                                     "the message headers follow",
                                     "--- 以下",
                                     "----- 元のメッセージ",
                                     "元のメッセージ ヘッダー",
                                     "元のメッセージ:"});

constexpr std::array<std::string_view, 6> kNobodys = {
    "mailer-daemon@", "postmaster@", "mail-daemon@", "mailer_daemon@", "abuse@", "double-bounce@"};

bool is_recipient(std::string_view address, std::string_view bounces) {
  const std::string folded = lower(address);
  const std::string ours = lower(bounces.substr(0, bounces.rfind('@')));
  const bool returned_to =
      !ours.empty() && (folded.starts_with(ours + "+") || folded.starts_with(ours + "@"));
  return !returned_to &&
         std::ranges::none_of(kNobodys, [&](auto name) { return folded.starts_with(name); });
}

struct Recipient {
  std::string address;
  std::size_t end = 0;  // where it ends in the text
};

// The first address of a recipient from a position on.
std::optional<Recipient> recipient_from(const std::string& text, std::size_t from,
                                        std::string_view bounces) {
  constexpr int kMostTried = 20;
  for (int tried = 0; tried < kMostTried && from < text.size(); ++tried) {
    const std::string_view rest = std::string_view(text).substr(from);
    std::string address = address_in(rest);
    if (address.empty()) return std::nullopt;
    const std::string domain = address.substr(address.rfind('@'));
    const auto end = from + rest.find(domain) + domain.size();
    if (is_recipient(address, bounces)) return Recipient{std::move(address), end};
    from = end;
  }
  return std::nullopt;
}

// What separates an address from the reason behind it.
std::size_t behind_marks(std::string_view text, std::size_t at) {
  constexpr std::string_view kMarks = " \t>:;,.)]'\"*=-|";
  return std::min(text.find_first_not_of(kMarks, at), text.size());
}

// The rest of the paragraph in which `at` is. `at` may be at the end of a line.
std::string_view paragraph_behind(std::string_view text, std::size_t at) {
  at = behind_marks(text, at);
  if (at < text.size() && text[at] == '\n') at = behind_marks(text, at + 1);
  std::size_t end = at;
  while (end < text.size()) {
    const auto line_end = std::min(text.find('\n', end), text.size());
    if (trimmed(text.substr(end, line_end - end)).empty()) break;
    end = std::min(line_end + 1, text.size());
  }
  return trimmed(text.substr(at, end - at));
}

// The same, or the next paragraph if nothing is left of it.
std::string_view next_paragraph(std::string_view text, std::size_t at) {
  const auto rest = paragraph_behind(text, at);
  if (!rest.empty()) return rest;
  const auto next = text.find_first_not_of(" \t\n", behind_marks(text, at));
  return next == std::string_view::npos ? rest : paragraph_behind(text, next);
}

// The paragraph in which `at` is, from its own line on.
std::string_view paragraph_of(std::string_view text, std::size_t at) {
  const auto before = text.substr(0, at).rfind('\n');
  return paragraph_behind(text, before == std::string_view::npos ? 0 : before + 1);
}

// The first line with a mail server's reply, from there on.
std::string_view reply_line(std::string_view text, std::size_t from) {
  while (from < text.size()) {
    const auto end = std::min(text.find('\n', from), text.size());
    const std::string_view line = text.substr(from, end - from);
    if (reply_code_in(line) != 0 || !status_in(line).empty()) return paragraph_behind(text, from);
    from = end + 1;
  }
  return {};
}

const Form* find_form(const Fields& header, const Prose& text) {
  const auto* form = std::ranges::find_if(kForms, [&](const Form& row) {
    if (row.field.empty()) return text.has(row.opening);
    return lower(words_decoded(header.get(row.field))).find(row.opening) != std::string::npos;
  });
  return form == kForms.end() ? nullptr : form;
}

std::string_view reason_of(const Form& form, const Prose& prose, std::size_t opening,
                           std::size_t recipient_end) {
  const std::string_view text = prose.text();
  for (std::string_view words = form.words; !words.empty();) {
    const auto bar = std::min(words.find('|'), words.size());
    if (const auto found = prose.find(words.substr(0, bar))) {
      const auto reason = next_paragraph(text, found->end);
      if (!reason.empty()) return reason;
    }
    words.remove_prefix(std::min(bar + 1, words.size()));
  }
  if (form.reason == Reason::kBehindRecipient && recipient_end > 0) {
    const auto reason = paragraph_behind(text, recipient_end);
    if (!reason.empty()) return reason;
  }
  if (form.reason != Reason::kOpening) {
    const auto reason = reply_line(text, opening);
    if (!reason.empty()) return reason;
  }
  return form.reason == Reason::kOpening ? paragraph_of(text, opening) : std::string_view();
}

}  // namespace

int certainty(const Reading& reading) {
  if (reading.family.empty()) return 0;
  return reading.family == kAnyMailSystem ? 1 : 2;
}

Reading read_by_form(const Fields& header, const Prose& prose, std::string_view bounces) {
  constexpr Form kUnknown = {"", "", "", "", Reason::kReply, ""};
  const Form* found = find_form(header, prose);
  const Form& form = found == nullptr ? kUnknown : *found;
  const auto opening = prose.find(form.opening).value_or(Prose::Range{});
  const auto before = prose.find(form.recipient, opening.begin);
  auto recipient = recipient_from(prose.text(), before ? before->end : opening.end, bounces);
  if (!recipient) recipient = recipient_from(prose.text(), 0, bounces);
  const auto end = recipient ? recipient->end : 0;
  const std::string_view text = prose.text();
  return {form.family,
          recipient ? recipient->address : address_in(header.get("x-failed-recipients")),
          one_line(reason_of(form, prose, opening.begin, end)),
          one_line(form.family.empty() ? text : paragraph_of(text, opening.begin))};
}

std::size_t copy_begins(const Prose& prose) {
  std::size_t begin = prose.text().size();
  for (const auto& words : kCopyBegins) {
    if (const auto found = prose.find(words)) begin = std::min(begin, found->begin);
  }
  for (const auto* field : {"\nreturn-path:", "\nreceived:"}) {
    begin = std::min(begin, lower(prose.text()).find(field));
  }
  return begin;
}

}  // namespace portal::mail::bounce
