// What mail servers mean by their codes: RFC 5321 §4.2.3, RFC 3463 §3 and IANA's registry "SMTP
// Enhanced Status Codes". Whose fault a reply is decides core/mail/refusal.h, which reads its
// words.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/base/language.h"

namespace portal {

struct ReplyCode {
  std::string_view code;
  Words words;
};

inline constexpr auto kReplyCodes = std::to_array<ReplyCode>({
    {"2.0.0", {"accepted", "受け取られた"}},
    {"2.1.5", {"accepted", "受け取られた"}},
    {"4.2.0",
     {"refused for now, for example by greylisting", "グレーリスティングなど、一時的な拒否"}},
    {"4.2.1", {"the mailbox takes no mail for now", "宛先のメールボックスが一時的に停止している"}},
    {"4.2.2", {"the mailbox is full", "宛先のメールボックスがいっぱい"}},
    {"4.4.1", {"the mail server does not answer", "相手のメールサーバーに接続できない"}},
    {"4.7.0", {"refused for now by a policy", "受信側の方針による一時的な拒否"}},
    {"4.7.1", {"refused for now by the recipient's limits", "受信側の制限による一時的な拒否"}},
    {"5.1.1", {"there is no such address", "宛先のアドレスがない"}},
    {"5.1.2", {"there is no such domain", "宛先のドメインがない"}},
    {"5.1.10", {"the domain takes no mail", "宛先のドメインはメールを受け取らない"}},
    {"5.2.1", {"the mailbox is disabled", "宛先のメールボックスが停止している"}},
    {"5.2.2", {"the mailbox is full", "宛先のメールボックスがいっぱい"}},
    {"5.3.4", {"the mail is too big", "メールが大きすぎる"}},
    {"5.4.4", {"the domain cannot be found", "宛先のドメインが見つからない"}},
    {"5.7.0", {"refused by a policy", "受信側の方針による拒否"}},
    {"5.7.1", {"refused by a policy of the recipient's", "受信側の方針による拒否"}},
    {"5.7.26",
     {"the sender could not be authenticated (SPF, DKIM)",
      "送信元の認証（SPF・DKIM）の失敗による拒否"}},
    {"250", {"accepted", "受け取られた"}},
    {"421", {"the mail server is busy or closing", "メールサーバーが混雑、または停止している"}},
    {"450", {"refused for now", "一時的な拒否"}},
    {"451", {"a fault of the mail server for now", "メールサーバーの一時的な障害"}},
    {"452", {"the mail server is short of storage", "メールサーバーの容量の不足"}},
    {"550", {"there is no such address, or the mail was refused", "宛先がない、または拒否"}},
    {"552", {"the storage is exceeded", "容量の超過"}},
    {"554", {"refused", "拒否"}},
});

// "550 5.1.1" of "RCPT TO: 550 5.1.1 <taro@…", "5.1.1" of "5.1.1 550 no such user"; empty: the mail
// server said nothing.
std::string code_of_reply(const std::string& reply);

// What "550 5.1.1" means: by its enhanced code, else by its reply code. Empty: the table does not
// know it.
std::string_view meaning_of_code(std::string_view code, Language language);

}  // namespace portal
