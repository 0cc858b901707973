// Mails that came back, in the forms of the usual mail systems, and what looks like one: the files
// of returned/, and what is to be read of each in returned/expected.tsv. They are written after the
// sources and documents of those systems; names and addresses are invented.
#include <Poco/Base64Encoder.h>
#include <Poco/String.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "core/mail/bounce/bounce.h"
#include "support.h"

namespace portal::mail {
namespace {

constexpr auto kBounces = "bounces@portal.example.jp";
constexpr auto kId = "Ab-9_xYzAb-9_xYzAb-9_x";
const std::string kFolder = PORTAL_SOURCE_DIR "/tests/unit/mail/returned/";

struct Sample {
  std::string name, outcome, fault, status, recipient;  // fault: of what is ignored, the reason
};

std::vector<Sample> samples() {
  std::ifstream file(kFolder + "expected.tsv");
  std::vector<Sample> all;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream columns(line);
    std::vector<std::string> values;
    for (std::string value; std::getline(columns, value, '\t');) values.push_back(value);
    EXPECT_EQ(values.size(), 5U) << line;
    values.resize(5);
    for (auto& value : values) value = value == "-" ? "" : value;
    all.push_back({values[0], values[1], values[2], values[3], values[4]});
  }
  return all;
}

std::string message_of(const Sample& sample) {
  const std::string text = content_of(kFolder + sample.name + ".eml");
  EXPECT_FALSE(text.empty()) << sample.name;
  return text;
}

// What was read, as a line of expected.tsv has it.
Sample read(const std::string& name, const std::string& message) {
  const auto read = read_bounce(message, kBounces);
  if (const auto* none = std::get_if<NoBounce>(&read))
    return {name, "ignored", none->reason, "", ""};
  const auto& bounce = std::get<Bounce>(read);
  EXPECT_FALSE(bounce.ids.empty()) << name;
  if (!bounce.ids.empty()) {
    EXPECT_EQ(Poco::icompare(bounce.ids.front(), std::string(kId)), 0) << name;
  }
  return {name, bounce.delayed ? "delayed" : "bounced", std::string(name_of(bounce.fault)),
          bounce.status, bounce.recipient};
}

void expect_same(const Sample& got, const Sample& expected, const std::string& variant) {
  EXPECT_EQ(got.outcome, expected.outcome) << expected.name << ", " << variant;
  EXPECT_EQ(got.fault, expected.fault) << expected.name << ", " << variant;
  EXPECT_EQ(got.status, expected.status) << expected.name << ", " << variant;
  EXPECT_EQ(got.recipient, expected.recipient) << expected.name << ", " << variant;
}

std::string in_base64(const std::string& text) {
  std::ostringstream encoded;
  Poco::Base64Encoder encoder(encoded);
  encoder << text;
  encoder.close();
  return encoded.str();
}

TEST(Returned, EachFormIsRead) {
  const auto all = samples();
  EXPECT_GT(all.size(), 180U);
  std::size_t files = 0;
  for (const auto& file : std::filesystem::directory_iterator(kFolder))
    files += file.path().extension() == ".eml" ? 1 : 0;
  EXPECT_EQ(files, all.size()) << "expected.tsv does not have every file";
  for (const auto& sample : all)
    expect_same(read(sample.name, message_of(sample)), sample, "as it is");
}

// Whatever a mail system or a pipe makes of the line ends, the same is read.
TEST(Returned, LineEndsMakeNoDifference) {
  for (const auto& sample : samples()) {
    const std::string lf = message_of(sample);
    for (const std::string end : {"\r\n", "\r", "\r\r\n"}) {
      const std::string other = Poco::replace(lf, std::string("\n"), end);
      expect_same(read(sample.name, other), sample, end == "\r" ? "CR" : "CRLF");
    }
    std::string mixed;
    for (std::size_t i = 0; i < lf.size(); ++i) {
      if (lf[i] == '\n' && i % 2 == 0) mixed += '\r';
      mixed += lf[i];
    }
    expect_same(read(sample.name, mixed), sample, "mixed");
  }
}

// A text of one part that comes in base64 says the same.
TEST(Returned, ATextInBase64SaysTheSame) {
  int encoded = 0;
  for (const auto& sample : samples()) {
    const std::string message = message_of(sample);
    const auto end = message.find("\n\n");
    std::string header = message.substr(0, end + 1);
    if (header.find("multipart") != std::string::npos ||
        header.find("rfc822") != std::string::npos ||
        message.find("\nContent-Type: message/") != std::string::npos)
      continue;
    if (header.find("Content-Type") == std::string::npos) header += "Content-Type: text/plain\n";
    header += "Content-Transfer-Encoding: base64\n";
    expect_same(read(sample.name, header + "\n" + in_base64(message.substr(end + 2))), sample,
                "base64");
    ++encoded;
  }
  EXPECT_GT(encoded, 80);
}

// A gateway wraps what it got into a mail of its own, under the same address.
TEST(Returned, AMailWithinAMailSaysTheSame) {
  for (const auto& sample : samples()) {
    // What has no words that returned mails have could be anything.
    if (sample.outcome != "bounced" || sample.name.starts_with("gateway")) continue;
    const std::string wrapped =
        "Return-Path: <>\nTo: bounces+" + std::string(kId) +
        "@portal.example.jp\nFrom: gateway@gw.example\nSubject: Report\nContent-Type: "
        "multipart/mixed; boundary=wrapped\n\n--wrapped\nContent-Type: text/plain\n\n\n--wrapped\n"
        "Content-Type: message/rfc822\n\n" +
        message_of(sample) + "\n--wrapped--\n";
    expect_same(read(sample.name, wrapped), sample, "wrapped");
  }
}

// With the headers of a delivery before them, as a local delivery agent writes them.
TEST(Returned, HeadersPutBeforeSayTheSame) {
  for (const auto& sample : samples()) {
    if (sample.outcome == "ignored") continue;
    const std::string before =
        "Return-Path: <>\nDelivered-To: bounces+" + std::string(kId) + "@portal.example.jp\n";
    expect_same(read(sample.name, before + message_of(sample)), sample, "delivered");
    expect_same(read(sample.name,
                     before + "From MAILER-DAEMON Thu Nov 26 12:00:00 2026\n" + message_of(sample)),
                sample, "mbox");
  }
}

// Whatever is cut off or changed: an answer, never a crash.
// A mail that was forwarded may have lost the null sender; what a known program says in it is still
// true. An answer may quote it.
TEST(Returned, AForwarderAsSenderChangesNothing) {
  const std::string text = content_of(kFolder + "qmail-no-mailbox.eml");
  const auto forwarded = [&](const std::string& subject) {
    return Poco::replace(
        Poco::replace(text, std::string("Return-Path: <>"),
                      "Return-Path: <SRS0=a1b2@forwarder.example>\nSubject: " + subject),
        std::string("From: MAILER-DAEMON@"), std::string("From: gateway@"));
  };
  EXPECT_EQ(read("forwarded", forwarded("failure notice")).fault, "unknown_user");
  EXPECT_EQ(read("answered", forwarded("Re: failure notice")).fault, "a person sent it");
}

TEST(Returned, EveryMangledMailIsAnswered) {
  for (const auto& sample : samples()) {
    const std::string text = message_of(sample);
    for (std::size_t at = 0; at < text.size(); at += 41) {
      const auto cut = read_bounce(std::string_view(text).substr(0, at), kBounces);
      EXPECT_FALSE(cut.valueless_by_exception());
      std::string changed = text;
      changed[at] = static_cast<char>(at * 37);
      changed.insert(text.size() - at, 1, static_cast<char>(at * 101));
      const auto read = read_bounce(changed, kBounces);
      EXPECT_FALSE(read.valueless_by_exception());
    }
  }
}

}  // namespace
}  // namespace portal::mail
