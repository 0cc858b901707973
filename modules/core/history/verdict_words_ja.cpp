// A verdict in Japanese.
#include <utility>

#include "core/history/private/japanese_speaker.h"
#include "core/history/private/verdict_words.h"
#include "core/history/words.h"

namespace portal {
namespace {

using Kind = Verdict::Kind;
using Lines = JapaneseSpeaker::Lines;

void append(Lines& lines, Lines more) {
  for (std::string& line : more) {
    if (!line.empty()) lines.push_back(std::move(line));
  }
}

// Tells it apart from the other attempts.
std::string mark_of(const Verdict& verdict) {
  const std::string number = verdict.number.text();
  return "【" + std::to_string(verdict.attempt) + "件目 " + (number.empty() ? "？" : number) + " " +
         (verdict.address.empty() ? "？" : verdict.address) + " 】";
}

}  // namespace

Lines JapaneseSpeaker::of_account(const Verdict& verdict) const {
  Lines lines;
  if (verdict.kind == Kind::kAccountDisabled) {
    lines.emplace_back(
        "登録は完了していますが、アカウントが停止されているため、ログインできません。");
  } else {
    lines.emplace_back(
        "登録は完了しています。登録したメールアドレスとパスワードで、ログインできます。");
    lines.push_back(verdict.last_login_at == 0
                        ? "まだ一度もログインされていません。"
                        : "最後のログインは " + at(verdict.last_login_at) + " です。");
  }
  lines.push_back("アカウントは " + at(verdict.at) + " からあります。");
  if (!verdict.mail) return lines;
  Lines mail = of_mail(*verdict.mail);
  mail.front().insert(
      0, "最後のメール（" + words_of_mail_kind(verdict.mail->kind, Language::kJapanese) + "）：");
  append(lines, std::move(mail));
  return lines;
}

Lines JapaneseSpeaker::of_mails(const Verdict& verdict) const {
  if (!verdict.mail) {
    return {std::string("メールの記録は削除されています。").append(kRegisterAgain)};
  }
  Lines lines = of_mail(*verdict.mail);
  if (!verdict.earlier_mail) return lines;
  lines.push_back("その前のメールは " + at(verdict.earlier_mail->at) +
                  " にお送りしていて、リンクは " + at(verdict.earlier_mail->link_until) +
                  " まで有効です。お探しください。");
  return lines;
}

std::string JapaneseSpeaker::of_rival(const Verdict& verdict) const {
  const std::string rival =
      "（" + verdict.rival_number.text() + "、" + at(verdict.rival_since) + " から）";
  if (verdict.kind == Kind::kClinicTaken) {
    return "この施術所には別のアカウント" + rival +
           "があるため、登録を完了できません。お心当たりがなければ、確認のうえ、登録できるようにし"
           "ます。";
  }
  return "このメールアドレスには別のアカウント" + rival +
         "があるため、登録を完了できません。そのアカウントでログインしてください。別の施術所のご登"
         "録には、別のメールアドレスが必要です。";
}

Lines JapaneseSpeaker::of_not_activated(const Verdict& verdict) const {
  const std::string pressed = "（" + at(verdict.at) + " に確認画面でOK）。";
  Lines lines;
  if (verdict.kind == Kind::kExpired) {
    lines.push_back("期限までにリンクが押されず、登録は完了していません" + pressed +
                    std::string(kRegisterAgain));
    append(lines, of_mails(verdict));
    return lines;
  }
  if (verdict.kind == Kind::kNotActivated) {
    append(lines, of_mails(verdict));
    lines.push_back("メールのリンクが押されておらず、登録はまだ完了していません" + pressed);
    return lines;
  }
  lines.push_back(of_rival(verdict));
  lines.push_back("メールのリンクは使えません" + pressed);
  const bool told = verdict.mail && verdict.kind == Kind::kAddressTaken;
  if (told) append(lines, of_mail(*verdict.mail));
  return lines;
}

Lines JapaneseSpeaker::of_waiting_told(const Verdict& verdict) const {
  Lines lines = {verdict.number.text() + "は一覧に載り、" + at(verdict.at) +
                 " にお知らせのメールを用意しました。"};
  append(lines, verdict.mail ? of_mail(*verdict.mail) : Lines{"メールの記録は削除されています。"});
  return lines;
}

// The kinds of which there is neither a registration nor an account.
std::string JapaneseSpeaker::of_no_row(const Verdict& verdict) const {
  switch (verdict.kind) {
    case Kind::kErrorShown:
      return at(verdict.at) + " にエラーの画面が表示されました（ " + verdict.mistakes +
             " ）。時間をおいて、もう一度お試しください。（担当者へ：理由はログにあります。）";
    case Kind::kFormRefused:
      return at(verdict.at) +
             " の送信には誤りがあり、その後は送信されていません。まだ登録されていません。次の点を直"
             "して、もう一度送信してください：" +
             words_of_mistakes(verdict.mistakes, Language::kJapanese) + "。";
    case Kind::kFormAccepted:
      return at(verdict.at) +
             " に入力されましたが、確認画面でOKが押されていません。まだ登録されていません。入力画面"
             "からお手続きください。";
    case Kind::kRegistrationPurged:
      return at(verdict.at) +
             " にOKが押されましたが、期限までにリンクが押されず、登録の申請は削除されました。" +
             std::string(kRegisterAgain);
    case Kind::kWaiting:
      return at(verdict.at) + " から、" + verdict.number.text() +
             "が一覧に載るのをお待ちです。載ったときに、メールでお知らせします。";
    default:
      return "記録がありません。メールアドレス、登録記号番号、電話番号のどれかで、もう一度お調べく"
             "ださい。";
  }
}

Lines JapaneseSpeaker::of_verdict(const Verdict& verdict) const {
  switch (verdict.kind) {
    case Kind::kNotActivated:
    case Kind::kExpired:
    case Kind::kAddressTaken:
    case Kind::kClinicTaken:
      return of_not_activated(verdict);
    case Kind::kAccountDisabled:
    case Kind::kAccount:
      return of_account(verdict);
    case Kind::kCancelled:
      return {at(verdict.at) + " に、メールの「心当たりがない」で取り消されました。" +
              std::string(kRegisterAgain)};
    case Kind::kAccountGone:
      return {
          at(verdict.at) +
          " に登録が完了しましたが、アカウントはもうありません。ご本人が取りやめたか、施術所が登録"
          "できるようにされました。"};
    case Kind::kMail:
      return of_mail(*verdict.mail);
    case Kind::kWaitingTold:
      return of_waiting_told(verdict);
    case Kind::kNothing:
    case Kind::kErrorShown:
    case Kind::kFormRefused:
    case Kind::kFormAccepted:
    case Kind::kRegistrationPurged:
    case Kind::kWaiting:
      break;
  }
  return {of_no_row(verdict)};
}

std::vector<std::string> in_japanese(const Verdict& verdict, std::string_view sender_domain) {
  const JapaneseSpeaker speaker(verdict.judged_at, sender_domain);
  Lines lines;
  append(lines, speaker.of_verdict(verdict));
  if (verdict.mail_stopped_until != 0) {
    lines.push_back(
        "このメールアドレスには、" + japan_said(verdict.mail_stopped_until, verdict.judged_at) +
        " までメールを送りません。「心当たりがない」が押されたためで、ご本人のご希望があ"
        "れば再開できます。");
  }
  if (verdict.others.empty()) return lines;
  lines.front().insert(0, mark_of(verdict));
  for (const Verdict& other : verdict.others) {
    Lines of_other;
    append(of_other, speaker.of_verdict(other));
    of_other.front().insert(0, mark_of(other));
    append(lines, std::move(of_other));
  }
  return lines;
}

}  // namespace portal
