#include "core/responder/shared_pages.h"

#include <Poco/DigestEngine.h>
#include <Poco/SHA2Engine.h>

#include <utility>

#include "core/http/negotiation.h"

namespace portal {
namespace {

constexpr std::string_view kTag = "ETag";
constexpr std::string_view kVary = "Vary";

// Of 128 bits, so that no two pages ever have the same. It is strong: each encoding has its own.
std::string tag_of(const std::string& body, std::string_view suffix) {
  Poco::SHA2Engine digest(Poco::SHA2Engine::SHA_256);
  digest.update(body);
  const auto hash = Poco::DigestEngine::digestToHex(digest.digest()).substr(0, 32);
  return "\"" + hash + std::string(suffix) + "\"";
}

std::string value_of(const Response& response, std::string_view name) {
  for (const auto& [header, value] : response.headers) {
    if (header == name) return value;
  }
  return "";
}

Response without_body(const Response& page) {
  Response response;
  response.status = 304;
  for (const auto& [name, value] : page.headers) {
    if (name != "Content-Type" && name != "Content-Encoding") response.header(name, value);
  }
  return response;
}

}  // namespace

Result<Response> SharedPages::find(const Request& request, std::string_view name,
                                   const Version& version,
                                   const std::function<Result<Response>()>& make) {
  auto page = kept(name, version);
  if (!page) {
    auto made = make();
    if (!made || made->status != 200) return made;
    const std::string vary = value_of(*made, kVary);
    made->header(kVary, vary.empty() ? "Accept-Encoding" : "Accept-Encoding, " + vary);
    Response gzipped = *made;
    gzipped.body = gzip(made->body);
    gzipped.header("Content-Encoding", "gzip").header(kTag, tag_of(made->body, "-gzip"));
    made->header(kTag, tag_of(made->body, ""));
    page = std::make_shared<const Page>(version, std::move(*made), std::move(gzipped));
    const std::lock_guard lock(mutex_);
    if (pages_.size() >= kMost) pages_.clear();
    pages_.insert_or_assign(std::string(name), page);
  }
  const Response& response = request.accepts_gzip ? page->gzipped : page->plain;
  const bool is_known = names_tag(request.if_none_match, value_of(response, kTag));
  return is_known ? without_body(response) : response;
}

std::shared_ptr<const SharedPages::Page> SharedPages::kept(std::string_view name,
                                                           const Version& version) const {
  const std::lock_guard lock(mutex_);
  const auto found = pages_.find(name);
  return found != pages_.end() && found->second->version == version ? found->second : nullptr;
}

}  // namespace portal
