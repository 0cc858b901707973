// Messages are written by encode() and read back by Python's email package.
#include "core/mail/message.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "core/mail/base64.h"
#include "support.h"

namespace portal::mail {
namespace {

Message sample() {
  return {"no-reply@portal.example.jp",
          "taro@example.jp",
          "【施術所等向け総合ポータルサイト】メールアドレス登録確認",
          "髙﨑 太郎 様\n\nhttps://portal.example.jp/activate?token=abc\n",
          "<!DOCTYPE html>\n<p>髙﨑 太郎 様</p>\n",
          "<0123@portal.example.jp>",
          1700000000};
}

std::string encoded(const Message& message) {
  const auto result = encode(message);
  EXPECT_TRUE(result) << (result ? "" : result.error().message);
  return result ? *result : "";
}

// What Python's email package reads in each (parsed_mail.py).
std::vector<std::string> parsed(const std::vector<Message>& messages) {
  const TemporaryDirectory directory;
  std::string command = "python3 '" PORTAL_SOURCE_DIR "/tests/unit/mail/parsed_mail.py'";
  std::vector<std::string> files;
  for (const Message& message : messages) {
    files.push_back(directory.file(std::to_string(files.size())));
    std::ofstream(files.back(), std::ios::binary) << encoded(message);
    command += " " + files.back();
  }
  EXPECT_EQ(std::system(command.c_str()), 0);
  std::vector<std::string> results;
  for (const std::string& file : files) results.push_back(content_of(file + ".parsed"));
  return results;
}

std::vector<std::string> lines_of(const std::string& mail) {
  std::vector<std::string> lines;
  std::istringstream stream(mail);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

TEST(Message, ReadsAsItWasMeant) {
  const std::string mail = parsed({sample()}).front();
  for (const std::string expected :
       {"Date: Wed, 15 Nov 2023 07:13:20 +0900\n", "From: no-reply@portal.example.jp\n",
        "To: taro@example.jp\n", "Message-ID: <0123@portal.example.jp>\n",
        "Subject: 【施術所等向け総合ポータルサイト】メールアドレス登録確認\n",
        "Auto-Submitted: auto-generated\n", "Content-Language: ja\n", "MIME-Version: 1.0\n",
        "Content-Type: multipart/alternative;",
        "[text/plain utf-8 base64]\n髙﨑 太郎 "
        "様\r\n\r\nhttps://portal.example.jp/activate?token=abc\r\n",
        "[text/html utf-8 base64]\n<!DOCTYPE html>\r\n<p>髙﨑 太郎 様</p>\r\n"}) {
    EXPECT_NE(mail.find(expected), std::string::npos) << expected << "\nin\n" << mail;
  }
  EXPECT_EQ(mail.find("DEFECT"), std::string::npos) << mail;
}

TEST(Message, Base64PadsWhatIsMissingOfThreeBytes) {
  struct Case {
    std::string bytes, text;
  };
  // RFC 4648 §10, and what the alphabet ends with.
  for (const Case& c :
       {Case{"", ""}, Case{"f", "Zg=="}, Case{"fo", "Zm8="}, Case{"foo", "Zm9v"},
        Case{"foob", "Zm9vYg=="}, Case{"fooba", "Zm9vYmE="}, Case{"foobar", "Zm9vYmFy"},
        Case{"\xff\xef\xbe\xfb", "/++++w=="}, Case{std::string(3, '\0'), "AAAA"}}) {
    EXPECT_EQ(base64(c.bytes), c.text);
  }
  const std::string line(72, 'A');
  EXPECT_EQ(base64_lines(std::string(54, '\0')), line + "\r\n");
  EXPECT_EQ(base64_lines(std::string(55, '\0')), line + "\r\nAA==\r\n");
}

TEST(Message, ASubscriptionEndsByOneClick) {
  const std::string link = "https://portal.example.jp/mail/stop?token=" + std::string(43, 'x');
  Message message = sample();
  message.unsubscribe = link;
  const std::string mail = encoded(message);
  EXPECT_NE(mail.find("\r\nList-Unsubscribe: <" + link + ">\r\n"), std::string::npos) << mail;
  EXPECT_NE(mail.find("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"),
            std::string::npos);
  EXPECT_EQ(encoded(sample()).find("List-Unsubscribe"), std::string::npos);
  message.unsubscribe += "\r\nBcc: all@example.jp";
  EXPECT_FALSE(encode(message));
}

TEST(Message, WithoutHtmlHasOnePart) {
  Message message = sample();
  message.html.clear();
  const std::string mail = parsed({message}).front();
  EXPECT_NE(mail.find("MIME-Version: 1.0\n"), std::string::npos) << mail;
  EXPECT_NE(mail.find("[text/plain utf-8 base64]\n髙﨑"), std::string::npos) << mail;
  EXPECT_EQ(mail.find("multipart"), std::string::npos) << mail;
  EXPECT_EQ(mail.find("DEFECT"), std::string::npos) << mail;
}

TEST(Message, SubjectsSurvive) {
  std::string long_name;
  for (int i = 0; i < 40; ++i) long_name += "﨑";
  std::vector<Message> messages;
  for (const std::string& subject :
       {std::string("登録"), std::string("plain ASCII, = and ? and =?UTF-8?B?eA==?="),
        std::string(
            "𠮷野家の髙橋さんと濵﨑さん、それから草彅さんと辻󠄀さん"),
        long_name, "a" + long_name, "ab" + long_name, std::string(200, 'x')}) {
    messages.push_back(sample());
    messages.back().subject = subject;
  }
  const auto mails = parsed(messages);
  for (std::size_t i = 0; i < mails.size(); ++i) {
    EXPECT_NE(mails[i].find("Subject: " + messages[i].subject + "\n"), std::string::npos)
        << mails[i];
    EXPECT_EQ(mails[i].find("DEFECT"), std::string::npos) << mails[i];
  }
}

TEST(Message, IsAsciiWithCrlfAndShortLines) {
  Message message = sample();
  message.text += std::string(3000, 'x') + "\n.\n..\nFrom here\n";
  const std::string mail = encoded(message);
  for (const std::string& line : lines_of(mail)) {
    EXPECT_EQ(line.back(), '\r') << line;
    EXPECT_LE(line.size(), 76U + 1) << line;  // and its CR
    EXPECT_EQ(line.find('\r'), line.size() - 1) << line;
    EXPECT_TRUE(std::all_of(line.begin(), line.end() - 1, [](char c) { return c > 0; })) << line;
  }
  EXPECT_EQ(mail.substr(mail.size() - 2), "\r\n");
}

TEST(Message, RefusesWhatInjects) {
  struct Case {
    const char* label;
    std::string Message::*field;
    std::string value;
  };
  for (const Case& c : std::vector<Case>{
           {"header by subject", &Message::subject, "x\r\nBcc: all@example.jp"},
           {"bare line feed in subject", &Message::subject, "x\ny"},
           {"NUL in subject", &Message::subject, std::string("x\0y", 3)},
           {"DEL in subject", &Message::subject, "x\x7f"},
           {"header by Message-ID", &Message::message_id, "<a@b>\r\nBcc: all@example.jp"},
           {"command by recipient", &Message::to, "a@example.jp>\r\nRCPT TO:<b@example.jp"},
           {"second recipient", &Message::to, "a@example.jp, b@example.jp"},
           {"parameter of RCPT", &Message::to, "a@example.jp> NOTIFY=NEVER"},
           {"no domain", &Message::to, "a"},
           {"empty", &Message::to, ""},
           {"display name", &Message::from, "Portal <a@example.jp>"},
           {"header by the sender's name", &Message::from_name, "x\r\nBcc: all@example.jp"},
           {"line end in sender", &Message::from, "a@example.jp\n"}}) {
    Message message = sample();
    message.*c.field = c.value;
    EXPECT_FALSE(encode(message)) << c.label;
  }
}

TEST(Message, HasTheSendersName) {
  const struct {
    const char* name;
    const char* field;
  } cases[] = {
      {"", "\r\nFrom: <no-reply@portal.example.jp>\r\n"},
      {"Portal, \"Inc.\"",
       "\r\nFrom: \"Portal, \\\"Inc.\\\"\"\r\n <no-reply@portal.example.jp>\r\n"},
      {"総合ポータル",
       "\r\nFrom: =?UTF-8?B?57eP5ZCI44Od44O844K/44Or?=\r\n"
       " <no-reply@portal.example.jp>\r\n"},
      {"施術所等向け総合ポータルサイト",
       "\r\nFrom: \r\n =?UTF-8?B?5pa96KGT5omA562J5ZCR44GR57eP5ZCI44Od44O844K/44Or44K144Kk44OI?=\r\n"
       " <no-reply@portal.example.jp>\r\n"},
      {"施術所等向け総合ポータルサイト（本番）",
       "\r\nFrom: \r\n =?UTF-8?B?5pa96KGT5omA562J5ZCR44GR57eP5ZCI44Od44O844K/44Or44K144Kk44OI?=\r\n"
       " =?UTF-8?B?77yI5pys55Wq77yJ?=\r\n <no-reply@portal.example.jp>\r\n"},
  };
  for (const auto& c : cases) {
    Message message = sample();
    message.from_name = c.name;
    const auto encoded = encode(message);
    ASSERT_TRUE(encoded) << c.name;
    EXPECT_NE(encoded->find(c.field), std::string::npos) << *encoded;
  }
}

}  // namespace
}  // namespace portal::mail
