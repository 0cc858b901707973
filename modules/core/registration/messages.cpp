// What is said when a rule is broken: one table, code → text. The codes are stable: the FAQ, logs
// and tests name them. Each text names its field as the screen does, and says what to do;
// {NAME} is a fact about the operator, which the view fills in.
#include <algorithm>
#include <array>
#include <cassert>

#include "core/registration/application.h"

namespace portal {
namespace {

// clang-format off
constexpr auto kMessages = std::to_array<Message>({
    {"family_name_missing", "姓を入力してください。"},
    {"family_name_too_long", "姓は40文字以内で入力してください。"},
    {"family_name_control", "姓に改行やタブ、目に見えない文字が含まれています。一度消して、入力し直してください。"},
    {"given_name_missing", "名を入力してください。"},
    {"given_name_too_long", "名は40文字以内で入力してください。"},
    {"given_name_control", "名に改行やタブ、目に見えない文字が含まれています。一度消して、入力し直してください。"},
    {"institution_missing", "所属機関を選択してください。"},
    {"institution_unknown", "所属機関は、施術所（柔道整復）または施術所（あん摩マッサージ指圧・はり・きゅう）から選択してください。"},

    {"judo_agreement_missing", "「① 入力項目」は、協または契をお選びください。登録記号番号（例：契0123456-7-8）の最初の文字です。"},
    {"judo_agreement_unknown", "「① 入力項目」は、協か契のどちらかをお選びください。"},
    {"judo_number_missing", "「② 入力項目 (※柔整師番号)」を入力してください。登録記号番号（例：契0123456-7-8）の「0123456」にあたる数字7桁です。"},
    {"judo_number_format", "「② 入力項目 (※柔整師番号)」は、半角数字7桁で入力してください（例：0123456）。"},
    {"judo_suffix1_missing", "「③ 入力項目」を入力してください。登録記号番号（例：契0123456-7-8）の「7」にあたる数字1桁です。"},
    {"judo_suffix1_format", "「③ 入力項目」は、半角数字1桁で入力してください（例：7）。"},
    {"judo_suffix2_missing", "「④ 入力項目」を入力してください。登録記号番号（例：契0123456-7-8）の「8」にあたる数字1桁です。"},
    {"judo_suffix2_format", "「④ 入力項目」は、半角数字1桁で入力してください（例：8）。"},

    {"ahaki_number_missing", "「① 入力項目(※施術管理者番号)」を入力してください。登録記号番号（例：01234567-8-9）の「01234567」にあたる数字8桁です。"},
    {"ahaki_number_format", "「① 入力項目(※施術管理者番号)」は、半角数字8桁で入力してください（例：01234567）。"},
    {"ahaki_suffix1_missing", "「② 入力項目」を入力してください。登録記号番号（例：01234567-8-9）の「8」にあたる数字1桁です。"},
    {"ahaki_suffix1_format", "「② 入力項目」は、半角数字1桁で入力してください（例：8）。"},
    {"ahaki_suffix2_missing", "「③ 入力項目」を入力してください。登録記号番号（例：01234567-8-9）の「9」にあたる数字1桁です。"},
    {"ahaki_suffix2_format", "「③ 入力項目」は、半角数字1桁で入力してください（例：9）。"},

    {"phone_missing", "電話番号を入力してください。"},
    {"phone_format", "電話番号は0から始まる10桁または11桁の半角数字で入力してください。"},
    {"email_missing", "メールアドレスを入力してください。"},
    {"email_format", "メールアドレスは「name@example.jp」のような形で、すべて半角で入力してください。"},
    {"email_too_long", "メールアドレスは254文字以内で入力してください。"},

    {"password_missing", "パスワードを入力してください。"},
    {"password_too_short", "パスワードは8文字以上で入力してください。"},
    {"password_too_long", "パスワードは100文字以内で入力してください。"},
    {"password_no_upper", "パスワードには半角の英大文字（A～Z）を1文字以上入れてください。"},
    {"password_no_lower", "パスワードには半角の英小文字（a～z）を1文字以上入れてください。"},
    {"password_no_digit", "パスワードには半角の数字（0～9）を1文字以上入れてください。"},
    {"password_control", "パスワードに改行やタブなどの制御文字は使えません。除いて入力してください。"},
    {"password_confirmation_missing", "パスワード（確認用）に、パスワードをもう一度入力してください。"},
    {"password_confirmation_mismatch", "パスワード（確認用）がパスワードと一致しません。同じパスワードを入力してください。"},
    {"terms_missing", "利用規約及びプライバシーポリシーを確認し、「上記の利用規約に同意します。」にチェックを入れてください。"},

    {"not_in_roster", "入力された登録記号番号は、登録できる施術所の一覧にありません。受領委任通知書をご確認の上、番号を入力し直してください。新規に開設した施術所は、ユーザー登録ができるまで最大1か月程度お時間を要する場合がございます。"},
    {"clinic_taken", "この施術所のアカウントは、すでに登録されています。お心当たりのない場合は、お問い合わせ先のコールセンター（{TELEPHONE}、{TELEPHONE_COST}）へお電話ください。"},

    {"login_refused", "メールアドレスまたはパスワードが違うか、ログインできないアカウントです。入力内容をご確認の上、もう一度お試しください。"},
    {"current_password_missing", "現在のパスワードを入力してください。"},
    {"current_password_wrong", "現在のパスワードが違います。もう一度入力してください。"},
    {"email_same", "現在と同じメールアドレスです。新しいメールアドレスを入力してください。"},
});
// clang-format on

}  // namespace

std::span<const Message> messages() {
  return kMessages;
}

FieldError field_error(std::string_view field, std::string_view code) {
  const auto* const message = std::ranges::find(kMessages, code, &Message::code);
  assert(message != kMessages.end() && "a code without a message");
  return {std::string(field), std::string(code), std::string(message->text)};
}

}  // namespace portal
