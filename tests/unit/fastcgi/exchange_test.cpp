// What a handler sees of a request, and that its answer arrives, whatever the request was.
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <string>
#include <string_view>

#include "fastcgi_client.h"
#include "server_process.h"

namespace portal::fastcgi::testing {
namespace {

using ExchangeTest = ServerTest;
using Fault = Exchange::Fault;

std::string echoed(Fault fault, const std::string& method, const std::string& body) {
  return std::to_string(static_cast<int>(fault)) + "\n" + method + "\n" + body;
}

TEST_F(ExchangeTest, AnswersGetAndPost) {
  const ServerProcess server(listener_.get(), echo, {});
  EXPECT_EQ(ask(path_, {{"REQUEST_METHOD", "GET"}}), echoed(Fault::kNone, "GET", ""));
  EXPECT_EQ(ask(path_, {{"REQUEST_METHOD", "POST"}, {"CONTENT_LENGTH", "6"}}, "a=b&c="),
            echoed(Fault::kNone, "POST", "a=b&c="));
}

TEST_F(ExchangeTest, AnswersWithMoreThanOneRecord) {
  std::string page(300'000, 'x');
  const auto handler = [&](Exchange&) { return page; };
  const ServerProcess server(listener_.get(), handler, {});
  EXPECT_EQ(ask(path_, {}), page);
}

TEST_F(ExchangeTest, JudgesTheBody) {
  struct Case {
    const char* label;
    std::string length;  // CONTENT_LENGTH
    std::size_t size;    // what is sent
    Fault fault;
  };
  const std::size_t limit = Limits{}.body;
  const Case cases[] = {
      {"as large as may be", std::to_string(limit), limit, Fault::kNone},
      {"one byte over", std::to_string(limit + 1), limit + 1, Fault::kTooLarge},
      {"one byte over, in chunks", "", limit + 1, Fault::kTooLarge},
      {"one byte over what was announced as allowed", std::to_string(limit), limit + 1,
       Fault::kTooLarge},
      {"far over", "900000", 900'000, Fault::kTooLarge},
      {"further over than is drained", "5000000", 5'000'000, Fault::kTooLarge},
      {"in chunks: without a length", "", 1000, Fault::kNone},
      {"nothing at all", "", 0, Fault::kNone},
      {"nothing, announced", "0", 0, Fault::kNone},
      {"less than announced", "11", 10, Fault::kTruncated},
      {"nothing though something was announced", "1", 0, Fault::kTruncated},
      {"more than announced", "9", 10, Fault::kTruncated},
      {"much more than announced", "9", 50'000, Fault::kTruncated},
      {"a length that is no number", "ten", 10, Fault::kTruncated},
      {"a length with a sign", "-10", 10, Fault::kTruncated},
      {"a length beyond all numbers", "99999999999999999999999", 10, Fault::kTruncated},
  };
  const ServerProcess server(listener_.get(), echo, {});
  for (const Case& c : cases) {
    const std::string body(c.size, 'b');
    const auto answer =
        ask(path_, {{"REQUEST_METHOD", "POST"}, {"CONTENT_LENGTH", c.length}}, body);
    EXPECT_EQ(answer, echoed(c.fault, "POST", c.fault == Fault::kNone ? body : "")) << c.label;
  }
}

TEST_F(ExchangeTest, ABodyThatBreaksOffIsTruncated) {
  const ServerProcess server(listener_.get(), echo, {});
  const std::string start = begin_record() + stream(Type::kParameters, "");
  struct Case {
    const char* label;
    std::string rest;
  };
  const Case cases[] = {
      {"between two records", record(Type::kStdin, "half")},
      {"within a record", record(Type::kStdin, "half").substr(0, 10)},
      {"within a header", record(Type::kStdin, "half") + std::string("\1\5", 2)},
      {"by an abort", record(Type::kStdin, "half") + record(Type::kAbort, "")},
      {"by what is no record", record(Type::kStdin, "half") + "GET / HTTP/1.1\r\n\r\n"},
  };
  for (const Case& c : cases) {
    const Connection connection(path_);
    connection.send(start + c.rest);
    connection.finish_sending();
    EXPECT_EQ(output_of(connection.read_to_end()), echoed(Fault::kTruncated, "", "")) << c.label;
  }
}

// `bytes` is one record without padding.
std::string padded(std::string bytes, std::string_view padding) {
  bytes[6] = static_cast<char>(padding.size());
  return bytes.append(padding);
}

// Any record may have padding (FastCGI 1.0 §3.3). Here it looks like records of another request,
// with a length that nobody has memory for: whoever does not pass over all of it reads these.
TEST_F(ExchangeTest, PaddingIsPassedOver) {
  using namespace std::string_literals;
  const std::string feint = record(Type::kParameters, encoded({{"REQUEST_METHOD", "PUT"}})) +
                            record(Type::kParameters, "\xf2\xfb\xad\x45"s + std::string(20, 'x')) +
                            record(Type::kParameters, "") + stream(Type::kStdin, "feint");
  const std::string records[] = {
      begin_record(), record(Type::kParameters, encoded({{"REQUEST_METHOD", "POST"}})),
      record(Type::kParameters, ""), record(Type::kStdin, "body"), record(Type::kStdin, "")};
  ServerProcess server(listener_.get(), echo, {});
  for (std::size_t at = 0; at < std::size(records); ++at) {
    for (const std::string_view padding :
         {std::string_view(feint), std::string_view(feint).substr(0, 1)}) {
      std::string bytes;
      for (const auto& one : records) bytes += &one == &records[at] ? padded(one, padding) : one;
      const Connection connection(path_);
      connection.send(bytes);
      connection.finish_sending();
      EXPECT_EQ(output_of(connection.read_to_end()), echoed(Fault::kNone, "POST", "body"))
          << "record " << at << ", " << padding.size() << " bytes";
    }
  }
  server.signal(SIGTERM);
  EXPECT_EQ(server.wait(), 0);
}

TEST_F(ExchangeTest, BoundsTheParameters) {
  const Limits limits;
  const auto many = [](std::size_t count) {
    Parameters parameters = {{"REQUEST_METHOD", "GET"}};
    while (parameters.size() < count) parameters.emplace_back("N", "v");
    return parameters;
  };
  const std::size_t used = std::string_view("FCGI_ROLERESPONDERREQUEST_METHODGETLARGE").size();
  const auto large = [&](std::size_t size) {
    return Parameters{{"REQUEST_METHOD", "GET"}, {"LARGE", std::string(size - used, 'v')}};
  };
  // The web server decides where the method and the request's id stand, and the log needs both.
  Parameters method_last = large(limits.parameters + 1);
  std::ranges::reverse(method_last);
  struct Case {
    const char* label;
    Parameters parameters;
    Fault fault;
  };
  const Case cases[] = {
      // The library adds one: FCGI_ROLE.
      {"as many as may be", many(limits.parameter_count - 1), Fault::kNone},
      {"one too many", many(limits.parameter_count), Fault::kParameters},
      {"far too many", many(50'000), Fault::kParameters},
      {"as large as may be", large(limits.parameters), Fault::kNone},
      {"one byte too large", large(limits.parameters + 1), Fault::kParameters},
      {"far too large", large(1'000'000), Fault::kParameters},
      {"what the log needs comes last", method_last, Fault::kParameters},
  };
  const ServerProcess server(listener_.get(), echo, {});
  for (const Case& c : cases) {
    EXPECT_EQ(ask(path_, c.parameters), echoed(c.fault, "GET", "")) << c.label;
  }
}

TEST_F(ExchangeTest, ParametersAsTheHandlerSeesThem) {
  const auto handler = [](Exchange& exchange) {
    std::string text;
    for (const auto& [name, value] : exchange.parameters) text.append(name + "=" + value + "\n");
    return text;
  };
  const ServerProcess server(listener_.get(), handler, {});
  const std::string role = "FCGI_ROLE=RESPONDER\n";
  struct Case {
    const char* label;
    Parameters parameters;
    std::string seen;
  };
  const Case cases[] = {
      {"none", {}, role},
      {"an empty one is absent", {{"QUERY_STRING", ""}, {"HTTPS", "on"}}, role + "HTTPS=on\n"},
      {"a value with =", {{"X", "a=b"}}, role + "X=a=b\n"},
      {"a header in two lines is a list",
       {{"HTTP_X", "1"}, {"HTTP_X", "2"}},
       role + "HTTP_X=1, 2\n"},
      {"cookies in two lines",
       {{"HTTP_COOKIE", "a=1"}, {"HTTP_COOKIE", "b=2"}},
       role + "HTTP_COOKIE=a=1; b=2\n"},
      {"of two settings the later one counts", {{"X", "1"}, {"X", "2"}}, role + "X=2\n"},
  };
  for (const Case& c : cases) EXPECT_EQ(ask(path_, c.parameters), c.seen) << c.label;
}

TEST_F(ExchangeTest, TwoThreadsServeTwoAtATime) {
  const Pipe entered;
  const Pipe leave;
  const auto handler = [&](Exchange& exchange) {
    if (!exchange.parameter("WAIT").empty()) {
      entered.say();
      leave.hear();
    }
    return echo(exchange);
  };
  const ServerProcess server(listener_.get(), handler,
                             {.threads = 2, .limits = {}, .callbacks = {}});
  const Connection slow(path_);
  slow.send(request({{"WAIT", "1"}}));
  entered.hear();
  EXPECT_EQ(ask(path_, {}), echoed(Fault::kNone, "", ""));
  leave.say();
  EXPECT_EQ(output_of(slow.read_to_end()), echoed(Fault::kNone, "", ""));
}

}  // namespace
}  // namespace portal::fastcgi::testing
