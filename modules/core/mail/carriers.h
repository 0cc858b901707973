// The Japanese mobile carriers whose customers filter mail by the sender's domain (受信設定): the
// domains of their mail, where the setting is, and whom to ask, in words for users.
//
// Carriers rename menus and move help lines: compare the table with their pages on 迷惑メール対策
// now and then (conf/mail.md). What a server answers to a mail that its customer's filter refuses:
// docomo and au the same as for an unknown address; SoftBank and Y!mobile accept it and drop it.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace portal::mail {

struct Carrier {
  std::string_view name;
  std::string_view setting;  // the way to the list of senders that are let through
  std::string_view help;     // who explains it, by telephone or in person
  bool filter_looks_unknown;
  // Their subdomains, such as d.vodafone.ne.jp, are meant as well.
  std::array<std::string_view, 6> domains;
};

inline constexpr auto kCarriers = std::to_array<Carrier>({
    {"ドコモ",
     "「ドコモメール」の「メール設定」から「迷惑メール対策」の「受信リスト／拒否リスト設定」",
     "ドコモの携帯電話から151（無料）、またはドコモショップ",
     true,
     {"docomo.ne.jp"}},
    {"au・UQ mobile",
     "「メール設定」の「迷惑メールフィルター」から「受信リスト設定」",
     "auの携帯電話から157（無料）、またはauショップ",
     true,
     {"ezweb.ne.jp", "au.com", "uqmobile.jp"}},
    {"ソフトバンク",
     "「My SoftBank」の「メール設定」から「迷惑メール対策」の「許可するメールの登録」",
     "ソフトバンクの携帯電話から157（無料）、またはソフトバンクショップ",
     false,
     {"softbank.ne.jp", "i.softbank.jp", "vodafone.ne.jp", "disney.ne.jp"}},
    {"ワイモバイル",
     "「My Y!mobile」の「メール設定」から「迷惑メール対策」の「受信許可リスト」",
     "ワイモバイルの携帯電話から151、またはワイモバイルショップ",
     false,
     {"ymobile.ne.jp", "ymobile1.ne.jp", "yahoo.ne.jp", "emnet.ne.jp", "pdx.ne.jp", "willcom.com"}},
});

// Nothing: the address is not of one of them.
std::optional<Carrier> carrier_of(std::string_view address);

}  // namespace portal::mail
