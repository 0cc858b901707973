#include "core/probe/web.h"

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/Net/SSLException.h>
#include <Poco/String.h>
#include <Poco/URI.h>

#include <memory>
#include <optional>
#include <utility>

namespace portal {
namespace {

using Poco::Net::Context;
using Poco::Net::HTTPClientSession;
using Poco::Net::HTTPRequest;
using Poco::Net::HTTPSClientSession;

constexpr std::size_t kMostOfBody = 1UL << 20U;

// True for exactly the addresses that `allow 127.0.0.1; allow ::1` of a web server lets in.
bool is_this_machine(HTTPClientSession& session) {
  const std::string host = session.socket().address().host().toString();
  return host == "127.0.0.1" || host == "::1" || host == "::ffff:127.0.0.1";
}

// A connection to the server of a URL, with TLS if that says so.
class WebSession {
 public:
  WebSession(const Poco::URI& url, std::chrono::milliseconds patience) {
    if (url.getScheme() == "https") {
      Context::Ptr context(
          new Context(Context::TLS_CLIENT_USE, "", Context::VERIFY_STRICT, 9, true));
      context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
      watch_.emplace(context, url.getHost());
      session_ = std::make_unique<HTTPSClientSession>(url.getHost(), url.getPort(), context);
    } else {
      session_ = std::make_unique<HTTPClientSession>(url.getHost(), url.getPort());
    }
    const Poco::Timespan limit(std::chrono::microseconds(patience).count());
    session_->setTimeout(limit, limit, limit);
  }
  HTTPClientSession& operator*() const { return *session_; }
  HTTPClientSession* operator->() const { return session_.get(); }
  // Nothing: no certificate was shown.
  std::optional<tls::Certificate> certificate() const {
    return watch_ ? watch_->seen() : std::nullopt;
  }

 private:
  std::optional<tls::CertificateWatch> watch_;
  std::unique_ptr<HTTPClientSession> session_;
};

void send_get(HTTPClientSession& session, const Poco::URI& url, const std::string& cookie) {
  HTTPRequest request(HTTPRequest::HTTP_GET, url.getPathEtc().empty() ? "/" : url.getPathEtc(),
                      HTTPRequest::HTTP_1_1);
  request.set("User-Agent", "portalctl-check");
  if (!cookie.empty()) request.set("Cookie", cookie);
  session.sendRequest(request);
}

WebAnswer receive(HTTPClientSession& session) {
  WebAnswer answer;
  answer.from_this_machine = is_this_machine(session);
  Poco::Net::HTTPResponse response;
  std::istream& body = session.receiveResponse(response);
  answer.body.resize(kMostOfBody);
  body.read(answer.body.data(), static_cast<std::streamsize>(answer.body.size()));
  answer.body.resize(static_cast<std::size_t>(body.gcount()));
  answer.status = response.getStatus();
  for (const auto& [name, value] : response) answer.headers.emplace_back(name, value);
  return answer;
}

Error failure(const std::string& url, const WebSession* session, std::chrono::milliseconds patience,
              const Poco::Exception& error) {
  const auto certificate = session == nullptr ? std::nullopt : session->certificate();
  if (certificate && !certificate->accepted()) {
    return refused(url + ": TLS: " + certificate->why_not());
  }
  if (dynamic_cast<const Poco::TimeoutException*>(&error) != nullptr) {
    return unavailable(url + ": no answer within " + std::to_string(patience.count()) + " ms");
  }
  const bool tls = dynamic_cast<const Poco::Net::SSLException*>(&error) != nullptr;
  return unavailable(url + (tls ? ": TLS: " : ": ") + error.displayText());
}

}  // namespace

std::string WebAnswer::header(std::string_view name) const {
  for (const auto& [own, value] : headers) {
    if (Poco::icompare(own, std::string(name)) == 0) return value;
  }
  return "";
}

Result<WebAnswer> web_get(const std::string& text, const std::string& cookie,
                          std::chrono::milliseconds patience) {
  std::optional<WebSession> session;
  try {
    const Poco::URI url(text);
    session.emplace(url, patience);
    send_get(**session, url, cookie);
    return receive(**session);
  } catch (const Poco::Exception& error) {
    return failure(text, session ? &*session : nullptr, patience, error);
  }
}

Result<tls::Certificate> web_certificate(const std::string& text,
                                         std::chrono::milliseconds patience) {
  std::optional<WebSession> session;
  try {
    const Poco::URI url(text);
    session.emplace(url, patience);
    send_get(**session, url, "");
  } catch (const Poco::Exception& error) {
    if (!session || !session->certificate()) {
      return failure(text, session ? &*session : nullptr, patience, error);
    }
  }
  const auto certificate = session->certificate();
  if (!certificate) return unavailable(text + ": no certificate was shown");
  return *certificate;
}

}  // namespace portal
