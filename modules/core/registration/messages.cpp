// What is said when a rule is broken: one table, code → text. The codes are stable: the FAQ, logs
// and tests name them. Each text names its field as the screen does, and says what to do;
// {NAME} is a fact about the operator, which the view fills in; {} is what the rule has found, such
// as a character.
#include <algorithm>
#include <array>
#include <cassert>
#include <string>
#include <utility>

#include "core/registration/application.h"

namespace portal {
namespace {

// clang-format off
constexpr auto kMessages = std::to_array<Message>({
    {"family_name_missing", "姓を入力してください。"},
    {"family_name_too_long", "姓は40文字以内で入力してください。"},
    {"family_name_unshowable", "姓の{}文字目は、外字など、ほかの機器では表示できない文字です。よく使われる字体の漢字か、カタカナで入力してください。髙や﨑は、そのままお使いいただけます。"},
    {"family_name_link", "姓に「{}」は使えません。お送りするメールの中で、リンクになるおそれがあるためです。氏名だけを入力してください。"},
    {"family_name_control", "姓に改行やタブ、目に見えない文字が含まれています。一度消して、入力し直してください。"},
    {"given_name_missing", "名を入力してください。"},
    {"given_name_too_long", "名は40文字以内で入力してください。"},
    {"given_name_unshowable", "名の{}文字目は、外字など、ほかの機器では表示できない文字です。よく使われる字体の漢字か、カタカナで入力してください。髙や﨑は、そのままお使いいただけます。"},
    {"given_name_link", "名に「{}」は使えません。お送りするメールの中で、リンクになるおそれがあるためです。氏名だけを入力してください。"},
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
    {"email_format", "メールアドレスは「name@example.jp」のように、「@」の前と後ろの両方を入力してください。"},
    {"email_no_at", "メールアドレスに「@」がありません。「name@example.jp」のように入力してください。"},
    {"email_two_ats", "メールアドレスに「@」が2つ以上あります。メールアドレスを1つだけ入力してください。"},
    {"email_space", "メールアドレスの途中に空白があります。空白を除いて入力してください。"},
    {"email_character", "メールアドレスに、使えない文字「{}」が含まれています。その文字を除くか、正しい文字に直してください。"},
    {"email_character_of_domain", "メールアドレスの「@」より後ろに、使えない文字「{}」が含まれています。その文字を除くか、正しい文字に直してください。"},
    {"email_no_dot", "メールアドレスの「@」より後ろに「.」がありません。「name@example.jp」のように、最後まで入力してください。"},
    {"email_domain", "メールアドレスの「@」より後ろの、「.」や「-」の位置をご確認ください。続けて書いたり、最初や最後に置いたりすることはできません。"},
    {"email_too_long", "メールアドレスは254文字以内で入力してください。"},

    {"password_missing", "パスワードを入力してください。"},
    {"password_too_short", "パスワードは8文字以上で入力してください。"},
    {"password_too_long", "パスワードは100文字以内で入力してください。"},
    {"password_no_upper", "パスワードには半角の英大文字（A～Z）を1文字以上入れてください。"},
    {"password_no_lower", "パスワードには半角の英小文字（a～z）を1文字以上入れてください。"},
    {"password_no_digit", "パスワードには半角の数字（0～9）を1文字以上入れてください。"},
    {"password_common", "このパスワードは、よく使われていて推測されやすいため、お使いいただけません。ほかの人が思いつかないパスワードを入力してください。関係のない言葉をいくつか並べると、覚えやすく安全です。"},
    {"password_control", "パスワードに改行やタブなどの制御文字は使えません。除いて入力してください。"},
    {"password_confirmation_missing", "パスワード（確認用）に、パスワードをもう一度入力してください。"},
    {"password_confirmation_mismatch", "パスワード（確認用）がパスワードと一致しません。同じパスワードを入力してください。"},
    {"terms_missing", "利用規約及びプライバシーポリシーを確認し、「上記の利用規約に同意します。」にチェックを入れてください。"},

    {"not_in_roster", "入力された登録記号番号は、登録できる施術所の一覧にありません。受領委任通知書をご確認の上、番号を入力し直してください。新規に開設した施術所は、ユーザー登録ができるまで最大1か月程度お時間を要する場合がございます。"},
    {"clinic_taken", "この施術所のアカウントは、すでに登録されています。お心当たりのない場合は、お問い合わせ先のコールセンター（{TELEPHONE}、{TELEPHONE_COST}）へお電話ください。"},

    {"login_refused", "メールアドレスまたはパスワードが違うか、ログインできないアカウントです。入力内容をご確認の上、もう一度お試しください。"},
    {"current_password_missing", "現在のパスワードを入力してください。"},
    {"current_password_wrong", "現在のパスワードが違います。もう一度入力してください。"},
    {"session_missing", "終了するログインを選択してください。"},
    {"email_same", "現在と同じメールアドレスです。新しいメールアドレスを入力してください。"},
});
// clang-format on

}  // namespace

std::span<const Message> messages() {
  return kMessages;
}

FieldError field_error(std::string_view field, std::string_view code, std::string_view detail) {
  constexpr std::string_view kPlace = "{}";
  const auto* const message = std::ranges::find(kMessages, code, &Message::code);
  assert(message != kMessages.end() && "a code without a message");
  std::string text(message->text);
  if (const auto place = text.find(kPlace); place != std::string::npos) {
    text.replace(place, kPlace.size(), detail);
  }
  return {std::string(field), std::string(code), std::move(text)};
}

}  // namespace portal
