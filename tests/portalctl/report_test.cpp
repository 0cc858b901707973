// portalctl report: the figures as JSON and as a page, from rows that are known.
#include <algorithm>
#include <regex>

#include "core/base/japan_time.h"
#include "core/journal/audit.h"
#include "core/journal/timeline.h"
#include "migrated_portal.h"

namespace portalctl_test {
namespace {

using namespace portal;

const EpochSeconds kDayOne = *parse_japan_time("2024-03-01");  // a Friday
constexpr const char* kMarch = " --since 2024-03-01 --until 2024-04-01";

class ReportTest : public MigratedPortal {
 protected:
  void SetUp() override {
    MigratedPortal::SetUp();
    write("portal.conf", content_of(file("portal.conf")) + "retention.event_days = 3650\n" +
                             "retention.mail_days = 3650\n");
  }

  std::string who(int person) const { return "p" + std::to_string(person); }

  void form(int person, TimelineEvent event, EpochSeconds at, std::string_view detail = "") {
    on([&](Connection& c) {
      record_timeline_event(c, at,
                            {.event = event,
                             .email_key = who(person),
                             .number = "n" + who(person),
                             .detail = detail});
    });
  }
  void press_ok(int person, EpochSeconds at) {
    form(person, TimelineEvent::kFormAccepted, at - 20);
    on([&](Connection& c) {
      record_timeline_event(c, at,
                            {.event = TimelineEvent::kOkPressed,
                             .email_key = who(person),
                             .number = "n" + who(person),
                             .registration = who(person)});
      record_audit_event(c,
                         {.event = AuditEvent::kRegistered, .account_id = who(person), .at = at});
      OutboxRow mail;
      mail.id = "m" + who(person);
      mail.kind = "activation";
      mail.registration_id = who(person);
      mail.recipient = "secret.person@example.jp";
      mail.created_at = at;
      mail.next_attempt_at = at;
      Outbox(c).add(mail);
    });
  }
  void deliver(int person, EpochSeconds at) {
    on([&](Connection& c) {
      Outbox(c).lease("mailer", at, kHour, 99);
      EXPECT_TRUE(Outbox(c).mark_sent("m" + who(person), "mailer", at, "250"));
      MailAttempts(c).add("d" + who(person), {"m" + who(person), at, "delivered", "250"});
    });
  }
  void refuse(int person, EpochSeconds at, const std::string& reply) {
    on([&](Connection& c) {
      Outbox(c).lease("mailer", at, kHour, 99);
      EXPECT_TRUE(Outbox(c).mark_failed("m" + who(person), "mailer", at, reply));
      MailAttempts(c).add("d" + who(person), {"m" + who(person), at, "refused", reply});
    });
  }
  void activate(int person, EpochSeconds at, const std::string& number) {
    on([&](Connection& c) {
      record_timeline_event(c, at,
                            {.event = TimelineEvent::kLinkOpened, .registration = who(person)});
      record_audit_event(c, {.event = AuditEvent::kActivated, .account_id = who(person), .at = at});
      record_audit_event(c,
                         {.event = AuditEvent::kLogin, .account_id = who(person), .at = at + 60});
      Account account;
      account.id = who(person);
      account.number = a_number(number);
      account.email = account.email_key = who(person);
      account.created_at = at;
      EXPECT_TRUE(Accounts(c).add(account));
    });
  }

  // 100 people on the second day: mails that took 1 to 97 s, and three that were refused; and what
  // else happens.
  void make_site() {
    on([](Connection& c) {
      for (const char* number : {"契1300001-0-0", "契1300002-0-0", "01234567-8-9"}) {
        Roster(c).put(a_clinic(number, "名", "所"));
      }
      Waiting(c).put({"w", a_number("1"), "a", "a", "", kDayOne, 0});
    });
    const EpochSeconds at = kDayOne + kDay + 10 * kHour;
    for (int person = 1; person <= 100; ++person) {
      press_ok(person, at);
      if (person <= 97) {
        deliver(person, at + person);
      } else {
        refuse(person, at + 1, "RCPT TO: 550 5.1.1 <secret.person@example.jp>: unknown");
      }
    }
    activate(1, at + 300, "契1300001-0-0");
    activate(2, kDayOne + 2 * kDay - 1, "01234567-8-9");
    form(200, TimelineEvent::kFormRefused, at, "email_format phone_missing");
    form(200, TimelineEvent::kFormRefused, at, "judo_suffix1_format judo_suffix2_format");
    form(201, TimelineEvent::kFormRefused, at, "not_in_roster");
    form(1, TimelineEvent::kFormRefused, at - 60, "email_missing family_name_unshowable");
  }
};

TEST_F(ReportTest, JsonHasTheFigures) {
  make_site();
  const auto ran = run(std::string("report --json") + kMarch);
  ASSERT_EQ(ran.status, 0) << ran.error;
  EXPECT_EQ(std::ranges::count(ran.out, '\n'), 1);
  for (const char* part : {
           R"({"since":1709218800,"until":1711897200,)",
           R"({"date":"2024-03-01","completed":0,"activated":0,"logins":0,"logins_refused":0})",
           R"({"date":"2024-03-02","completed":100,"activated":2,"logins":1,"logins_refused":0})",
           R"({"date":"2024-03-03","completed":0,"activated":0,"logins":1,"logins_refused":0})",
           R"({"date":"2024-03-31","completed":0,"activated":0,"logins":0,"logins_refused":0}])",
           R"({"hour":10,"completed":100,"activated":1},)",
           R"({"hour":23,"completed":0,"activated":1}])",
           R"("funnel":[{"stage":"form_sent","clinics":102},{"stage":"confirm","clinics":100},)",
           R"({"stage":"complete","clinics":100},{"stage":"mail_delivered","clinics":97},)",
           R"({"stage":"link_opened","clinics":2},{"stage":"activated","clinics":2}])",
           R"("form":{"refused":4,"by_field":[{"field":"email","count":2},)",
           R"({"field":"judo_suffix1","count":1},)",
           R"({"field":"registration_number","count":1})",
           R"({"code":"phone_missing","count":1})",
           R"({"kind":"activation","state":"failed","count":3},)",
           R"("delay_seconds":{"mails":97,"median":49,"p95":93,"p99":97,"longest":97,)",
           R"("histogram":[{"up_to":1,"count":1},{"up_to":2,"count":1},{"up_to":5,"count":3},)",
           R"({"up_to":null,"count":0}])",
           R"("queued":0,"oldest_queued_at":null,)",
           R"("troubles":[{"outcome":"refused","code":"550 5.1.1","count":3}])",
           R"({"institution":"judo","prefecture":"13","in_roster":2,"registered":1,)",
           R"("waiting":{"waiting":1,"oldest_at":1709218800,"asked":1,"told":0})",
           R"("accounts":{"all":2,"never_logged_in":2,"logged_in":2,"logins_refused":[]}})",
       }) {
    expect_has(ran.out, part);
  }
}

TEST_F(ReportTest, PageHasTheFiguresAndNobodysData) {
  make_site();
  write("report.html", "an older one");
  const auto ran = run("report --html " + file("report.html") + kMarch);
  ASSERT_EQ(ran.status, 0) << ran.error;
  EXPECT_EQ(ran.out, "");
  const std::string page = content_of(file("report.html"));
  for (const char* part : {
           "<html lang=\"ja\">",
           "2024年3月1日 00時00分から2024年4月1日 00時00分まで",
           "<dt>申請（OKが押された）</dt><dd>100件</dd>",
           "<dt>登録の完了（有効化）</dt><dd>2件</dd>",
           "<dd>66.7%</dd><dd>3のうち2</dd>",
           "入力画面を送信した102の施術所のうち、2（2.0%）の登録が完了しました。",
           "「有効化用リンクのメールを送れた」から「リンクが開かれた」までの間で、95（97.9%"
           "）です。",
           "<th scope=\"row\">3月2日（土）</th><td>100</td><td>2</td>",
           "<title>10時台 申請 100、登録の完了 1</title>",
           "<th scope=\"row\">メールアドレス</th><td>2</td><td>50.0%</td>",
           "<th scope=\"row\">柔道整復の ③ 入力項目</th><td>1</td>",
           "半数が49秒以内、95%が1分33秒以内、99%が1分37秒以内",
           "<td>550 5.1.1</td><td>宛先のアドレスがない</td><td>3</td>",
           "<th scope=\"row\">東京都</th><td>1／2</td><td>–</td><td>50.0%</td><td>+1</td>",
           "待っている人は1人で",
           "姓の…文字目は、外字など",
       }) {
    expect_has(page, part);
  }
  EXPECT_EQ(page.find("secret"), std::string::npos);
  EXPECT_EQ(page.find("an older one"), std::string::npos);
  EXPECT_EQ(page.find("{{"), std::string::npos);
}

TEST_F(ReportTest, PageFetchesNothingAndRunsNothing) {
  make_site();
  ASSERT_EQ(run("report --html " + file("report.html") + kMarch).status, 0);
  const std::string page = content_of(file("report.html"));
  const std::regex outside(
      R"(https?:|//[a-z]|<script|<link|<img|<iframe|url\(|@import|\ssrc=|\sstyle=)");
  std::smatch found;
  EXPECT_FALSE(std::regex_search(page, found, outside)) << found.str();
}

TEST_F(ReportTest, EmptySiteIsAPageToo) {
  const std::string today = japan_iso_date(system_now());
  const auto ran = run("report --json --html " + file("report.html"));
  ASSERT_EQ(ran.status, 0) << ran.error;
  expect_has(ran.out, "\"median\":0,");
  const std::string page = content_of(file("report.html"));
  expect_has(page, "この期間に、入力画面の送信はありませんでした。");
  expect_has(page, "この期間の記録はありません。");
  EXPECT_EQ(page.find("nan"), std::string::npos);
  EXPECT_EQ(page.find("inf"), std::string::npos);
  // Without --since: 30 days, the last of which is today.
  std::smatch days;
  ASSERT_TRUE(std::regex_search(ran.out, days, std::regex("\"days\":\\[(.*?)\\]")));
  const std::string list = days[1];
  EXPECT_EQ(std::ranges::count(list, '{'), 30);
  const std::string last = list.substr(list.rfind('{'));
  if (last.find(today) == std::string::npos) {  // midnight has come
    expect_has(last, japan_iso_date(system_now()));
  }
}

TEST_F(ReportTest, SaysWhatWasPurged) {
  const std::string kept = japan_date(system_now() - 10 * kDay);
  write("portal.conf", content_of(file("portal.conf")) + "retention.event_days = 10\n");
  ASSERT_EQ(run("report --html " + file("report.html")).status, 0);
  const std::string page = content_of(file("report.html"));
  if (page.find(kept + "より前を保存していません") == std::string::npos) {  // midnight has come
    expect_has(page, japan_date(system_now() - 10 * kDay) + "より前を保存していません");
  }
  EXPECT_EQ(page.find("メールの記録は"), std::string::npos);
}

TEST_F(ReportTest, RefusesWhatMakesNoSense) {
  const std::string to = "report --html " + file("report.html");
  for (const std::string& arguments :
       {std::string("report"), to + " --since yesterday", to + " --until 2024-13-01",
        to + " --since 2024-03-02 --until 2024-03-02", to + " --since 2999-01-01",
        to + " --state queued", to + " argument"}) {
    const auto ran = run(arguments);
    EXPECT_EQ(ran.status, 2) << arguments << ran.error;
    EXPECT_NE(ran.error, "") << arguments;
  }
  EXPECT_FALSE(fs::exists(file("report.html")));
  const auto ran = run("report --html " + file("no/such/folder.html"));
  EXPECT_EQ(ran.status, 1);
  expect_has(ran.error, "folder.html: cannot be written");
}

}  // namespace
}  // namespace portalctl_test
