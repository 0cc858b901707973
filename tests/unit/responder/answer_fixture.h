// What the tests of answer() share: a step that answers as it is asked, and one exchange with it.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include "core/base/activity.h"
#include "core/base/log.h"
#include "core/responder/answer.h"

namespace portal {

using fastcgi::Exchange;

// Answers as its test says; /throw throws, /away returns an error; a POST has a page of its own
// then.
class FakeStep : public Step {
 public:
  Result<Response> handle(const Request& request) override {
    seen = request;
    if (request.path == "/throw") throw std::runtime_error("what nobody expected");
    if (request.path == "/no memory") throw std::bad_alloc();
    if (request.path == "/away") return unavailable("the database is away");
    if (request.path == "/slow") {
      for (const auto kind : {Activity::Kind::kDatabase, Activity::Kind::kLock,
                              Activity::Kind::kHashWait, Activity::Kind::kHash}) {
        const Phase phase(kind);
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
    }
    if (request.path == "/tells") log::warning("told", {{"what", "something"}});
    Response response = plain(status, "");
    response.limit = "network";
    return response;
  }
  std::optional<Response> unavailable_page(const Request& request) override {
    if (request.method != Method::kPost) return std::nullopt;
    return plain(503, "what was typed");
  }
  bool takes_one_click() const override { return one_click; }
  int status = 200;
  Request seen;  // the last one
  bool one_click = false;
};

class AnswerTest : public testing::Test {
 protected:
  AnswerTest() {
    auto view = View::load(PORTAL_SOURCE_DIR "/templates", {"layout.tpl", "error.tpl"});
    EXPECT_TRUE(view) << view.error().message;
    site_.view = std::move(*view);
    log::start("portal-form", log::Level::kInfo, log::Format::kText);
  }

  // The whole answer; what was logged meanwhile is in log_.
  std::string ask(const std::string& uri, const std::string& method = "GET",
                  const std::string& origin = "",
                  const std::map<std::string, std::string>& more = {},
                  Exchange::Fault fault = Exchange::Fault::kNone) {
    Exchange exchange;
    exchange.fault = fault;
    exchange.parameters = {{"REQUEST_METHOD", method},
                           {"REQUEST_URI", uri},
                           {"REMOTE_ADDR", "192.0.2.7"},
                           {"REQUEST_ID", kId}};
    if (!origin.empty()) exchange.parameters["HTTP_ORIGIN"] = origin;
    for (const auto& [name, value] : more) exchange.parameters[name] = value;
    exchange.body = body_;
    exchange.come_again = come_again_;
    exchange.waited = waited_;
    testing::internal::CaptureStderr();
    std::string text = answer(site_, "form", step_, metrics_, exchange);
    log_ = testing::internal::GetCapturedStderr();
    return text;
  }
  bool logged(const std::string& text) const { return log_.find(text) != std::string::npos; }
  bool counted(const std::string& sample) const {
    return registry_.text("form", "1").find("\n" + sample + "\n") != std::string::npos;
  }

  static constexpr auto kId = "0123456789abcdef0123456789abcdef";
  static constexpr auto kEnd = " client=192.0.2.7 request=0123456789abcdef0123456789abcdef\n";
  Site site_;
  FakeStep step_;
  metrics::Registry registry_;
  RequestMetrics metrics_{registry_, 4};
  std::string body_;
  std::chrono::seconds come_again_{0};
  std::chrono::nanoseconds waited_{0};
  std::string log_;
};

// The value of a header; empty if it is not there exactly once.
inline std::string header_of(const std::string& text, const std::string& name) {
  const std::string begin = "\r\n" + name + ": ";
  const auto found = text.find(begin);
  if (found == std::string::npos || found != text.rfind(begin)) return "";
  const auto value = found + begin.size();
  return text.substr(value, text.find("\r\n", value) - value);
}

}  // namespace portal
