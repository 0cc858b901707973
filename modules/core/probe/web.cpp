#include "core/probe/web.h"

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/X509Certificate.h>
#include <Poco/String.h>
#include <Poco/URI.h>

#include <memory>

namespace portal {
namespace {

using Poco::Net::Context;
using Poco::Net::HTTPClientSession;
using Poco::Net::HTTPRequest;
using Poco::Net::HTTPSClientSession;

constexpr std::size_t kMostOfBody = 1UL << 20U;

std::unique_ptr<HTTPClientSession> session_to(const Poco::URI& url) {
  if (url.getScheme() != "https") {
    return std::make_unique<HTTPClientSession>(url.getHost(), url.getPort());
  }
  Context::Ptr context(new Context(Context::TLS_CLIENT_USE, "", Context::VERIFY_STRICT, 9, true));
  context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
  return std::make_unique<HTTPSClientSession>(url.getHost(), url.getPort(), context);
}

// True for exactly the addresses that `allow 127.0.0.1; allow ::1` of a web server lets in.
bool is_this_machine(HTTPClientSession& session) {
  const std::string host = session.socket().address().host().toString();
  return host == "127.0.0.1" || host == "::1" || host == "::ffff:127.0.0.1";
}

EpochSeconds end_of_certificate(HTTPClientSession& session) {
  auto* secure = dynamic_cast<HTTPSClientSession*>(&session);
  return secure == nullptr ? 0 : secure->serverCertificate().expiresOn().timestamp().epochTime();
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
  try {
    const Poco::URI url(text);
    const auto session = session_to(url);
    const Poco::Timespan limit(std::chrono::microseconds(patience).count());
    session->setTimeout(limit, limit, limit);
    HTTPRequest request(HTTPRequest::HTTP_GET, url.getPathEtc().empty() ? "/" : url.getPathEtc(),
                        HTTPRequest::HTTP_1_1);
    request.set("User-Agent", "portalctl-check");
    if (!cookie.empty()) request.set("Cookie", cookie);
    session->sendRequest(request);
    WebAnswer answer;
    answer.from_this_machine = is_this_machine(*session);
    answer.certificate_ends = end_of_certificate(*session);
    Poco::Net::HTTPResponse response;
    std::istream& body = session->receiveResponse(response);
    answer.body.resize(kMostOfBody);
    body.read(answer.body.data(), static_cast<std::streamsize>(answer.body.size()));
    answer.body.resize(static_cast<std::size_t>(body.gcount()));
    answer.status = response.getStatus();
    for (const auto& [name, value] : response) answer.headers.emplace_back(name, value);
    return answer;
  } catch (const Poco::Net::SSLException& error) {
    return unavailable(text + ": TLS: " + error.displayText());
  } catch (const Poco::TimeoutException&) {
    return unavailable(text + ": no answer within " + std::to_string(patience.count()) + " ms");
  } catch (const Poco::Exception& error) {
    return unavailable(text + ": " + error.displayText());
  }
}

}  // namespace portal
