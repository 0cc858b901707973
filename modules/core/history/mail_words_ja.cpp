// What became of a mail, in Japanese.
#include "core/database/mail/mail_kind.h"
#include "core/history/private/japanese_speaker.h"
#include "core/history/words.h"

namespace portal {
namespace {

using Lines = JapaneseSpeaker::Lines;

constexpr std::string_view kLogin =
    "ログインするか、「パスワードを忘れた方」から新しいパスワードを設定してください。";
constexpr std::string_view kTellAdministrators = "（担当者へ：管理者に知らせてください。）";

std::string reply_line(const MailVerdict& mail) {
  if (mail.reply.empty()) return "";
  std::string line = "相手の返答：（ " + mail.reply + " ）";
  const std::string_view meaning = meaning_of_reply(mail.reply, Language::kJapanese);
  return meaning.empty() ? line : line.append("意味：").append(meaning).append("。");
}

std::string reason_line(const MailVerdict& mail) {
  return mail.reply.empty() ? "" : "記録された理由：（ " + mail.reply + " ）";
}

// Which letter it was, if that is not what one expects of a mail with a link.
std::string of_letter(const MailVerdict& mail) {
  if (!mail.letter) {
    return "有効化用リンクのメールと「すでに登録されています」のメールのどちらを送ったかは、記録に"
           "ありません。両方をお探しください。";
  }
  switch (*mail.letter) {
    case MailKind::kRegistered:
      return std::string(
                 "お送りしたのは「すでに登録されています」というお知らせで、リンクはありません。こ"
                 "のメールアドレスのアカウントがすでにあるためです。")
          .append(kLogin);
    case MailKind::kListed:
      return "施術所が一覧に載ったお知らせです。メールから入力画面に進めます。";
    case MailKind::kActivation:
    case MailKind::kReset:
    case MailKind::kEmailChange:
      return "";
    default:
      return "お送りしたのはお知らせ（" + std::string(row_of(*mail.letter).words.japanese) +
             "）で、リンクはありません。";
  }
}

// Why the portal itself does not send it, and what to do. Empty: only the reply says it.
std::string of_obstacle(const MailVerdict& mail) {
  switch (mail.obstacle) {
    case MailObstacle::kRegistrationGone:
      return std::string("登録の申請は、期限が過ぎて削除されています。").append(kRegisterAgain);
    case MailObstacle::kActivated:
      return std::string("登録はすでに完了しています。").append(kLogin);
    case MailObstacle::kCancelled:
      return std::string("登録の申請は「心当たりがない」で取り消されています。")
          .append(kRegisterAgain);
    case MailObstacle::kAddressStopped:
      return "メールの「心当たりがない」が押され、このメールアドレスへのメールを止めています。ご本"
             "人のご希望があれば、再開できます。";
    case MailObstacle::kAddressEnough:
      return "同じメールアドレスへのメールが続いたため、これ以上はお送りしていません。先にお送りし"
             "たメールをお探しいただくか、時間をおいてもう一度お試しください。";
    case MailObstacle::kWithdrawn:
      return "お知らせのお申し込みは取り下げられています。";
    case MailObstacle::kNotInRoster:
      return "施術所がまた一覧から外れたためです。";
    case MailObstacle::kClinicTaken:
      return "施術所のアカウントがすでにあるためです。";
    case MailObstacle::kNoAccount:
      return "このメールアドレスのアカウントがないためです。登録したときのメールアドレスをご確認い"
             "ただくか、新しくご登録ください。";
    case MailObstacle::kAccountDisabled:
      return "アカウントが停止されているためです。";
    case MailObstacle::kAccountGone:
      return "アカウントがもうないためです。";
    case MailObstacle::kRestored:
      return "データベースを復元したためです。もう一度お手続きください。";
    case MailObstacle::kAddressCorrected:
      return "メールアドレスを直したためで、新しい宛先に別のメールをお送りしています。";
    case MailObstacle::kClinicBusy:
      return "同じ施術所へのメールが1時間に多かったためで、自動でお送りします。";
    case MailObstacle::kNetworkBusy:
      return "同じ回線からのメールが1時間に多かったためで、自動でお送りします。";
    case MailObstacle::kSystemBusy:
      return "メールが1時間に多かったためで、自動でお送りします。";
    case MailObstacle::kNone:
    case MailObstacle::kUnknown:
      break;
  }
  return "";
}

}  // namespace

std::string JapaneseSpeaker::let_in(const MailVerdict& mail) const {
  std::string text = "ドメイン「" + std::string(sender_domain_) +
                     "」からのメールを受信できるように設定（受信設定）してから、再送をお試しくださ"
                     "い。";
  if (!mail.carrier) return text;
  return text.append(mail.carrier->name)
      .append("の設定は、")
      .append(mail.carrier->setting)
      .append("にあります。設定のしかたは、")
      .append(mail.carrier->help)
      .append("でお尋ねいただけます。");
}

// Empty: nothing waits for the mail any more.
std::string JapaneseSpeaker::resend(const MailVerdict& mail) const {
  if (mail.resend_from == 0) return "";
  if (mail.resend_from <= now_) return "いま再送できます。";
  return at(mail.resend_from) + " 以降に再送できます。";
}

// What to do when the link of this letter works no more.
std::string JapaneseSpeaker::another(const MailVerdict& mail) const {
  if (mail.letter == MailKind::kReset) {
    return "「パスワードを忘れた方」から、もう一度お手続きください。";
  }
  if (mail.letter == MailKind::kEmailChange) {
    return "メールアドレスの変更を、もう一度お手続きください。";
  }
  if (mail.resend_from == 0) return std::string(kRegisterAgain);
  return resend(mail) + "新しいメールのリンクを、届いてから1時間以内に押してください。";
}

std::string JapaneseSpeaker::of_unknown_user(const MailVerdict& mail) const {
  const std::string text =
      "相手のメールサーバーは「このメールアドレスはない」と答えています。メールアドレスをご確認くだ"
      "さい。まちがいがあれば、正しいメールアドレスをお知らせいただくか、もう一度ご登録ください。";
  if (!mail.carrier || !mail.carrier->filter_looks_unknown) return text;
  return text + std::string(mail.carrier->name) +
         "は、迷惑メール対策の設定で受信しないときも同じように答えます。まちがいがなければ、" +
         let_in(mail);
}

std::string JapaneseSpeaker::of_fault(const MailVerdict& mail) const {
  switch (mail.fault) {
    case MailFault::kUnknownUser:
      return of_unknown_user(mail);
    case MailFault::kUnknownDomain:
      return "「アットマーク」より後ろに、メールを届けられる相手がありません。メールアドレスをご確"
             "認のうえ、正しいメールアドレスをお知らせいただくか、もう一度ご登録ください。";
    case MailFault::kMailboxFull:
      return "受信箱がいっぱいです。不要なメールを削除してから、再送をお試しください。";
    case MailFault::kRecipientFilter:
      return "受信する側の設定で止められています。" + let_in(mail);
    case MailFault::kOurs:
      return std::string(
                 "ポータルサイト側の問題で、メールアドレスのまちがいではありません。ご迷惑をおかけ"
                 "しております。")
          .append(kTellAdministrators);
    case MailFault::kContent:
    case MailFault::kTooBig:
      return std::string(
                 "メールの内容が受け取られなかったもので、メールアドレスのまちがいではありません。")
          .append(kTellAdministrators);
    case MailFault::kNone:
    case MailFault::kUnclear:
      break;
  }
  return "理由は知らされていません。メールアドレスにまちがいがないか、受信箱がいっぱいでないかをご"
         "確認ください。どちらでもなければ、" +
         let_in(mail);
}

Lines JapaneseSpeaker::of_ended_link(const MailVerdict& mail) const {
  if (mail.link == MailVerdict::Link::kOver) {
    return {"メールのリンクは " + at(mail.link_until) + " に期限が切れました。" + another(mail),
            "そのメールは " + at(mail.at) + " にメールサーバーへ届いています。", reply_line(mail)};
  }
  const std::string why = mail.letter == MailKind::kActivation
                              ? "パスワードを5回まちがえたため、リンクは無効になりました。"
                              : "リンクは、すでに使われたか、ほかの変更のために無効になりました。";
  return {why + another(mail), reply_line(mail)};
}

Lines JapaneseSpeaker::of_sent(const MailVerdict& mail) const {
  using Link = MailVerdict::Link;
  if (mail.link == Link::kOver || mail.link == Link::kEnded) return of_ended_link(mail);
  // Another notice would say nothing new.
  const std::string again = mail.letter == MailKind::kRegistered ? "" : resend(mail);
  std::string first = at(mail.at) + " にメールサーバーへ届きました。" + of_letter(mail);
  first += again.empty() ? "迷惑メールもご確認ください。"
                         : "迷惑メールをご確認いただき、見つからなければ、" + again;
  Lines lines = {first};
  if (mail.link == Link::kGood) {
    lines.push_back("リンクは " + at(mail.link_until) + " まで有効です。");
  }
  if (mail.carrier) {
    lines.push_back(
        std::string(mail.carrier->name) +
        "は、受信設定で止めたメールを知らせずに捨てることがあります。見つからなければ、" +
        let_in(mail));
  }
  lines.push_back(reply_line(mail));
  return lines;
}

// Of a fault that time alone may mend, only a full mailbox is the caller's matter.
Lines JapaneseSpeaker::of_retried(const MailVerdict& mail) const {
  const std::string text =
      "メールはまだ届いていません。" + at(mail.at) + " に自動でもう一度お送りします。";
  if (mail.obstacle != MailObstacle::kNone) return {text + of_obstacle(mail), reason_line(mail)};
  const bool told = mail.fault == MailFault::kMailboxFull || mail.fault == MailFault::kOurs;
  return {told ? text + of_fault(mail) : text, reply_line(mail)};
}

Lines JapaneseSpeaker::of_mail(const MailVerdict& mail) const {
  using State = MailVerdict::State;
  switch (mail.state) {
    case State::kJustQueued:
      return {"メールは、いま送信を待っています。もうしばらくお待ちください。"};
    case State::kNeverTried:
      return {
          "メールは " + at(mail.at) +
          " から送信を待っていて、まだ一度も送られていません。ご迷惑をおかけしております。（担当"
          "者へ：portal-mailerが動いていますか。管理者に知らせてください。）"};
    case State::kToBeRetried:
      return of_retried(mail);
    case State::kPaused:
      return {
          std::string("ただいま、メールの送信が ") + at(mail.at) +
              " から止まっています。メールアドレスのまちがいではありません。直りしだい自動でお送"
              "りしますので、もうしばらくお待ちください。" +
              std::string(kTellAdministrators),
          reply_line(mail)};
    case State::kSent:
      return of_sent(mail);
    case State::kWithheld:
      return {"メールはお送りしていません。" + of_obstacle(mail), reason_line(mail)};
    case State::kBounced:
      return {"メールは届かずに戻りました。" + of_fault(mail), reply_line(mail)};
    case State::kFailed:
      break;
  }
  return {"メールを届けられませんでした。" + of_fault(mail), reply_line(mail)};
}

}  // namespace portal
