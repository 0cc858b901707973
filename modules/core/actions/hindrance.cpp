#include "core/actions/hindrance.h"

#include <array>

#include "core/base/enum_table.h"

namespace portal {
namespace {

struct HindranceRow {
  Hindrance hindrance;
  std::string_view english;
  std::string_view japanese;
};

// clang-format off
constexpr auto kRows = std::to_array<HindranceRow>({
    {Hindrance::kNone, "", ""},
    {Hindrance::kAccountGone, "the account is gone",
     "アカウントは、もうありません。もう一度検索して、今の状況をご確認ください。"},
    {Hindrance::kAlreadyDisabled, "the account is disabled already",
     "アカウントは、すでに停止されています。"},
    {Hindrance::kNotDisabled, "the account is not disabled",
     "アカウントは、停止されていません。"},
    {Hindrance::kNoSession, "the account has no session",
     "ログイン中の端末は、もうありません。"},
    {Hindrance::kNotWaitedFor, "no registration waits for its link",
     "この登録は、リンクを待っている状態ではなくなりました（有効化、取り消し、または期限切れ）。もう一度検索して、今の状況をご確認ください。"},
    {Hindrance::kClinicTaken, "nothing was queued, because no link would work: the clinic has an account",
     "この施術所には、すでに別のアカウントがあります。メールを送っても、リンクは使えません。"},
    {Hindrance::kWouldNotLeave, "nothing was queued, because it would not be sent",
     "いまは、このメールアドレスへメールを送れません。"},
    {Hindrance::kTooSoon, "the last mail was queued just now",
     "少し前にメールを送ったばかりです。"},
    {Hindrance::kSameAddress, "that is the address already",
     "いま登録されているメールアドレスと同じです。大文字と小文字だけの違いは、同じメールアドレスとして扱います。もう一度メールを送るときは、「登録用リンクのメールを再送する」をお使いください。"},
    {Hindrance::kNotStopped, "mail to it is not stopped",
     "このメールアドレスへのメールは、止められていません。"},
    {Hindrance::kSentAlready, "was sent already",
     "このメールは、すでに送信されています。"},
    {Hindrance::kNoSuchMail, "there is no such mail",
     "このメールの記録は、もうありません。"},
    {Hindrance::kNoSuchRow, "no such row is in quarantine",
     "この行は、もう保留されていません。すでに一覧に載ったか、削除されています。"},
    {Hindrance::kImportUnderWay, "an import is under way",
     "いま一覧を取り込んでいます。終わってから、もう一度お試しください。"},
    {Hindrance::kRowUnfit, "the row cannot be a clinic of the roster",
     "この内容では、一覧に載せられません。"},
});
// clang-format on
static_assert(has_row_for_each(kRows, &HindranceRow::hindrance));

const HindranceRow& row_of(Hindrance hindrance) {
  return kRows.at(static_cast<std::size_t>(hindrance));
}

}  // namespace

std::string_view in_english(Hindrance hindrance) {
  return row_of(hindrance).english;
}

std::string_view in_japanese(Hindrance hindrance) {
  return row_of(hindrance).japanese;
}

}  // namespace portal
