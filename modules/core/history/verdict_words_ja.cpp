// A verdict in Japanese words, which the call centre can read out.
#include "core/base/japan_time.h"
#include "core/database/mail/mail_kind.h"
#include "core/history/private/verdict_words.h"

namespace portal {
namespace {

// The reply between spaces, so that an address in it can be told from the words around it when it
// is masked.
std::string quoted(const std::string& reply) {
  return "（ " + reply + " ）";
}

// Without seconds, which nobody reads out.
std::string at(EpochSeconds time) {
  return japan_timestamp(time).substr(0, std::string_view("2026-11-26 14:05").size());
}

std::string let_in(const MailVerdict& mail, std::string_view sender_domain) {
  std::string text = "ドメイン「" + std::string(sender_domain) +
                     "」からのメールを受信できるように設定（受信設定）していただき、「再送」を押し"
                     "ていただいてください。";
  if (!mail.carrier) return text;
  return text.append(mail.carrier->name)
      .append("の設定の場所は、")
      .append(mail.carrier->setting)
      .append("です。ご案内先：")
      .append(mail.carrier->help)
      .append("。");
}

std::string of_unknown_user(const MailVerdict& mail, std::string_view sender_domain) {
  const std::string text =
      "相手のメールサーバーは「このメールアドレスはない」と答えています。メールアドレスを確かめてい"
      "ただき、誤りがあれば、正しいメールアドレスでもう一度ご登録いただいてください。";
  if (!mail.carrier || !mail.carrier->filter_looks_unknown) return text;
  return text + std::string(mail.carrier->name) +
         "は、迷惑メール対策の設定で受信しないときも同じように答えます。メールアドレスに誤りがなけ"
         "れば、" +
         let_in(mail, sender_domain);
}

std::string of_fault(const MailVerdict& mail, std::string_view sender_domain) {
  switch (mail.fault) {
    case MailFault::kUnknownUser:
      return of_unknown_user(mail, sender_domain);
    case MailFault::kUnknownDomain:
      return "「アットマーク」より後ろに、メールを届けられる相手がありません。メールアドレスを確か"
             "めていただき、正しいメールアドレスでもう一度ご登録いただいてください。";
    case MailFault::kMailboxFull:
      return "受信箱がいっぱいです。不要なメールを削除していただき、「再送」を押していただいてくだ"
             "さい。";
    case MailFault::kRecipientFilter:
      return "受信する側の設定で止められています。" + let_in(mail, sender_domain);
    case MailFault::kOurs:
      return "ポータルサイト側の問題で、メールアドレスに誤りがあるのではありません。管理者に知らせ"
             "てください（portalctl mail status）。";
    case MailFault::kContent:
    case MailFault::kTooBig:
      return "メールの内容が拒まれたもので、メールアドレスに誤りがあるのではありません。管理者に知"
             "らせてください。";
    case MailFault::kNone:
    case MailFault::kUnclear:
      break;
  }
  return "理由は知らされていません。メールアドレスに誤りがないか、受信箱がいっぱいでないかを確かめ"
         "ていただいてください。どちらでもなければ、" +
         let_in(mail, sender_domain);
}

std::string another(const MailVerdict& mail, bool resendable) {
  if (mail.letter == MailKind::kReset) {
    return "「パスワードを忘れた方」から、もう一度お手続きいただいてください。";
  }
  if (mail.letter == MailKind::kEmailChange) {
    return "メールアドレスの変更を、もう一度お手続きいただいてください。";
  }
  return resendable ? "もう一度ご登録いただくか、同じブラウザで「再送」を押していただいてください。"
                    : "もう一度ご登録いただいてください。";
}

std::string of_link(const MailVerdict& mail, bool resendable) {
  switch (mail.link) {
    case MailVerdict::Link::kGood:
      return "リンクは" + at(mail.link_until) + "まで有効です。";
    case MailVerdict::Link::kOver:
      return "リンクは" + at(mail.link_until) + "に無効になりました。" + another(mail, resendable);
    case MailVerdict::Link::kEnded:
      return std::string(mail.letter == MailKind::kActivation
                             ? "パスワードを5回まちがえたため、リンクは無効になりました。"
                             : "リンクは、すでに使われたか、ほかの変更のために無効になりました。") +
             another(mail, resendable);
    case MailVerdict::Link::kNone:
      break;
  }
  return "";
}

std::string of_letter(const MailVerdict& mail) {
  if (!mail.letter) {
    return "有効化用リンクのメールと「すでに登録されています」のメールのどちらを送ったかは、記録に"
           "あり"
           "ません。両方を探していただいてください。";
  }
  switch (*mail.letter) {
    case MailKind::kRegistered:
      return "送られたのは「すでに登録されています」というお知らせで、リンクはありません。このメー"
             "ルア"
             "ドレスのアカウントがすでにあるためです。ログインしていただくか、「パスワードを忘れた"
             "方」か"
             "ら新しいパスワードを設定していただいてください。";
    case MailKind::kListed:
      return "施術所が一覧に載ったお知らせで、メールから入力画面に進めます。";
    case MailKind::kActivation:
    case MailKind::kReset:
    case MailKind::kEmailChange:
      return "";
    default:
      return "送られたのはお知らせ（" + std::string(row_of(*mail.letter).words.japanese) +
             "）で、リンクはありません。";
  }
}

std::string of_sent(const MailVerdict& mail, std::string_view sender_domain, bool resendable) {
  std::string text = "メールは" + at(mail.at) + "に送信され、相手のメールサーバーが受け取りました" +
                     quoted(mail.reply) +
                     "。「迷惑メール」などのフォルダを見ていただいてください。" + of_letter(mail) +
                     of_link(mail, resendable);
  if (!mail.carrier) return text;
  return text + std::string(mail.carrier->name) +
         "は、受信設定で止めたメールを知らせずに捨てることがあります。見つからなければ、" +
         let_in(mail, sender_domain);
}

// Why the portal itself does not send it, and what to do. Empty: only the reply says it.
std::string of_obstacle(const MailVerdict& mail) {
  switch (mail.obstacle) {
    case MailObstacle::kRegistrationGone:
      return "登録は期限が過ぎて削除されています。もう一度ご登録いただいてください。";
    case MailObstacle::kActivated:
      return "登録はすでに有効化されています。ログインしていただくか、「パスワードを忘れた方」から"
             "新し"
             "いパスワードを設定していただいてください。";
    case MailObstacle::kCancelled:
      return "登録は「心当たりがない」で取り消されています。もう一度ご登録いただいてください。";
    case MailObstacle::kAddressStopped:
      return "メールの「心当たりがない」が押され、このメールアドレスへのメールが止められています。"
             "持ち"
             "主のご希望があれば、解除できます（portalctl mail allow）。";
    case MailObstacle::kAddressEnough:
      return "同じメールアドレスへのメールが続いたため、これ以上は送っていません。先に送られたメー"
             "ルを探"
             "していただくか、時間をおいてもう一度お試しいただいてください。";
    case MailObstacle::kWithdrawn:
      return "お知らせの申し込みは取り下げられています。";
    case MailObstacle::kNotInRoster:
      return "施術所がまた一覧から外れたためです。";
    case MailObstacle::kClinicTaken:
      return "施術所のアカウントがすでにあるためです。";
    case MailObstacle::kNoAccount:
      return "このメールアドレスのアカウントがないためです。登録したときのメールアドレスを確かめて"
             "いた"
             "だくか、新しくご登録いただいてください。";
    case MailObstacle::kAccountDisabled:
      return "アカウントが停止されているためです（portalctl account enable）。";
    case MailObstacle::kAccountGone:
      return "アカウントがもうないためです。";
    case MailObstacle::kRestored:
      return "データベースを復元したためです。もう一度お手続きいただいてください。";
    case MailObstacle::kAddressCorrected:
      return "メールアドレスが直されたためで、新しい宛先に別のメールを送っています。";
    case MailObstacle::kClinicBusy:
      return "同じ施術所へのメールが1時間に多かったためで、自動で送られます。";
    case MailObstacle::kNetworkBusy:
      return "同じ回線からのメールが1時間に多かったためで、自動で送られます。";
    case MailObstacle::kSystemBusy:
      return "メールが1時間に多かったためで、自動で送られます。";
    case MailObstacle::kNone:
    case MailObstacle::kUnknown:
      break;
  }
  return "";
}

// The reason of the portal's own: in words, else as it was written down.
std::string why(const MailVerdict& mail) {
  const std::string words = of_obstacle(mail);
  return words.empty() ? quoted(mail.reply) + "。" : "。" + words;
}

std::string of_retried(const MailVerdict& mail, std::string_view sender_domain) {
  const std::string text = "メールはまだ届いていません。次は" + at(mail.at) + "に送ります";
  if (mail.obstacle != MailObstacle::kNone) return text + why(mail);
  const bool told = mail.fault == MailFault::kMailboxFull || mail.fault == MailFault::kOurs;
  return text + quoted(mail.reply) + "。" + (told ? of_fault(mail, sender_domain) : "");
}

std::string of_mail(const MailVerdict& mail, std::string_view sender_domain,
                    bool resendable = false) {
  using State = MailVerdict::State;
  switch (mail.state) {
    case State::kJustQueued:
      return "メールは、いま送信を待っています。";
    case State::kNeverTried:
      return "メールは" + at(mail.at) +
             "から送信を待っていて、まだ一度も送られていません。管理者に知らせてください（portal-"
             "mailerが動いていますか）。";
    case State::kToBeRetried:
      return of_retried(mail, sender_domain);
    case State::kPaused:
      return "メールの送信が" + at(mail.at) + "から止まっています" + quoted(mail.reply) +
             "。メールアドレスに誤りがあるのではありません。直りしだい、自動で送られます。管理者に"
             "知らせてください（portalctl mail status）。";
    case State::kSent:
      return of_sent(mail, sender_domain, resendable);
    case State::kWithheld:
      return "メールは、わざと送られていません" + why(mail);
    case State::kBounced:
      return "メールは届かずに戻りました" + quoted(mail.reply) + "。" +
             of_fault(mail, sender_domain);
    case State::kFailed:
      break;
  }
  return "メールを届けられませんでした" + quoted(mail.reply) + "。" + of_fault(mail, sender_domain);
}

std::string of_account(const Verdict& verdict, std::string_view sender_domain) {
  std::string text = "登録済みです（" + at(verdict.at) + "から）。";
  if (verdict.kind == Verdict::Kind::kAccountDisabled) {
    text += "ただし、アカウントは停止されています（portalctl account enable）。";
  } else if (verdict.last_login_at == 0) {
    text += "まだ一度もログインされていません。";
  } else {
    text += "最後のログインは" + at(verdict.last_login_at) + "です。";
  }
  if (!verdict.mail) return text;
  const auto kind = find_mail_kind(verdict.mail->kind);
  return text + "最後のメール（" +
         (kind ? std::string(row_of(*kind).words.japanese) : verdict.mail->kind) + "）：" +
         of_mail(*verdict.mail, sender_domain);
}

std::string of_mails(const Verdict& verdict, std::string_view sender_domain) {
  if (!verdict.mail) return "メールの記録は削除されています。もう一度ご登録いただいてください。";
  const bool resendable = verdict.kind == Verdict::Kind::kNotActivated;
  std::string text = of_mail(*verdict.mail, sender_domain, resendable);
  if (!verdict.earlier_mail) return text;
  return text + "その前のメールは" + at(verdict.earlier_mail->at) +
         "に送られています。探していただいてください。" +
         of_link(*verdict.earlier_mail, resendable);
}

// Of a registration that was not activated.
std::string of_not_activated(const Verdict& verdict, std::string_view sender_domain) {
  const std::string pressed = "（" + at(verdict.at) + "に確認画面でOK）。";
  const std::string rival =
      "（" + verdict.rival_number.text() + "、" + at(verdict.rival_since) + "から）";
  switch (verdict.kind) {
    case Verdict::Kind::kExpired:
      return "期限までに有効化されませんでした" + pressed + of_mails(verdict, sender_domain);
    case Verdict::Kind::kAddressTaken:
      return "有効化されておらず、これからもできません" + pressed +
             "このメールアドレスには別のアカウント" + rival +
             "があります。そのアカウントでログインしていただいてください。別の施術所のご登録には、"
             "別の"
             "メールアドレスが必要です。" +
             (verdict.mail ? of_mail(*verdict.mail, sender_domain) : "");
    case Verdict::Kind::kClinicTaken:
      return "有効化されておらず、これからもできません" + pressed + "この施術所には別のアカウント" +
             rival +
             "があります。お心当たりがないときは、管理者に知らせてください（portalctl account "
             "release）。";
    default:
      return "有効化がまだです" + pressed + of_mails(verdict, sender_domain);
  }
}

// The kinds of which there is a registration or an account.
std::string of_registration(const Verdict& verdict, std::string_view sender_domain) {
  using Kind = Verdict::Kind;
  if (verdict.kind == Kind::kCancelled) {
    return at(verdict.at) +
           "に、メールの「心当たりがない」で取り消されました。もう一度ご登録いただいてください。";
  }
  if (verdict.kind == Kind::kAccountGone) {
    return at(verdict.at) +
           "に有効化されましたが、アカウントはもうありません。ご本人が取りやめたか、解放されました"
           "。";
  }
  const bool account = verdict.kind == Kind::kAccount || verdict.kind == Kind::kAccountDisabled;
  return account ? of_account(verdict, sender_domain) : of_not_activated(verdict, sender_domain);
}

std::string of_kind(const Verdict& verdict, std::string_view sender_domain) {
  using Kind = Verdict::Kind;
  switch (verdict.kind) {
    case Kind::kNothing:
      return "記録がありません。メールアドレス、登録記号番号、電話番号のどれでも探してみてください"
             "。";
    case Kind::kErrorShown:
      return at(verdict.at) + "にエラーの画面が表示されました（" + verdict.mistakes +
             "）。理由はログにあります。";
    case Kind::kFormRefused:
      return "最後の送信には誤りがあり（" + verdict.mistakes +
             "）、その後は送信されていません。登録されていません。";
    case Kind::kFormAccepted:
      return at(verdict.at) +
             "に入力されましたが、確認画面でOKが押されていません。登録されていません。";
    case Kind::kRegistrationPurged:
      return at(verdict.at) +
             "にOKが押されましたが、期限までにリンクが押されず、登録は削除されました。もう一度ご登"
             "録いただいてください。";
    case Kind::kMail:
      return of_mail(*verdict.mail, sender_domain);
    case Kind::kWaiting:
      return at(verdict.at) + "から、" + verdict.number.text() +
             "が一覧に載るのを待っています。載ったときにメールが届きます。";
    case Kind::kWaitingTold:
      return verdict.number.text() + "は一覧に載り、" + at(verdict.at) + "に知らせました。" +
             (verdict.mail ? of_mail(*verdict.mail, sender_domain)
                           : "メールの記録は削除されています。");
    case Kind::kNotActivated:
    case Kind::kExpired:
    case Kind::kAddressTaken:
    case Kind::kClinicTaken:
    case Kind::kCancelled:
    case Kind::kAccountGone:
    case Kind::kAccountDisabled:
    case Kind::kAccount:
      break;
  }
  return of_registration(verdict, sender_domain);
}

// Tells it apart from the other attempts. The address stands between spaces, as in quoted().
std::string of_attempt(const Verdict& verdict, std::string_view sender_domain) {
  const std::string number = verdict.number.text();
  return "【" + std::to_string(verdict.attempt) + "件目 " + (number.empty() ? "？" : number) + " " +
         (verdict.address.empty() ? "？" : verdict.address) + " 】" +
         of_kind(verdict, sender_domain);
}

}  // namespace

std::string in_japanese(const Verdict& verdict, std::string_view sender_domain) {
  std::string text =
      verdict.others.empty() ? of_kind(verdict, sender_domain) : of_attempt(verdict, sender_domain);
  for (const Verdict& other : verdict.others) text += of_attempt(other, sender_domain);
  if (verdict.mail_stopped_until == 0) return text;
  return text + "このメールアドレスには、" + at(verdict.mail_stopped_until) +
         "までメールを送りません。「心当たりがない」が押されました（portalctl mail allow）。";
}

}  // namespace portal
