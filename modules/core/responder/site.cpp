#include "core/responder/site.h"

#include <string>
#include <utility>

#include "core/base/log.h"
#include "core/responder/error_pages.h"
#include "core/responder/security_headers.h"

namespace portal {
namespace {

// `data` are those of the content.
Data in_layout(int status, std::string_view content, std::string_view title, Data data,
               Visitor visitor) {
  Data layout;
  layout.set("TITLE", title);
  layout.show("SERVED");
  layout.show(visitor == Visitor::kSignedIn ? "SIGNED_IN" : "ANYBODY");
  if (status == 422) layout.add("TITLE_ERROR");
  layout.include("CONTENT", content) = std::move(data);
  return layout;
}

}  // namespace

PageMould::PageMould(StyledMould mould)
    : mould_(std::move(mould.mould)), policy_(content_security_policy(mould.style_source)) {}

Response PageMould::fill(int status, std::span<const Html> values) const {
  Response response = html(status, mould_.fill(values).take());
  response.header(kContentSecurityPolicy, policy_);
  return response;
}

Response Site::page(int status, std::string_view content, std::string_view title, Data data,
                    Visitor visitor) const {
  auto page =
      view->render_page(frame.layout, in_layout(status, content, title, std::move(data), visitor));
  if (!page) return cannot_show(content, page.error());
  Response response = html(status, std::move(page->text));
  response.header(kContentSecurityPolicy, content_security_policy(page->style_source));
  return response;
}

Result<PageMould> Site::mould(int status, std::string_view content, std::string_view title,
                              Data data) const {
  auto page = view->mould_page(
      frame.layout, in_layout(status, content, title, std::move(data), Visitor::kAnybody));
  if (!page) return page.error();
  return PageMould(std::move(*page));
}

Response Site::cannot_show(std::string_view file, const Error& error) {
  log::error("template", {{"file", file}, {"error", error.message}});
  return plain(500, "画面を表示できませんでした。\n");
}

std::shared_ptr<const PasswordBlocklist> Site::common_passwords() const {
  return blocklist ? blocklist->list() : std::make_shared<const PasswordBlocklist>();
}

Response Site::error(const Request& request, int status) const {
  const ErrorPage& text = error_page(status);
  Data data = content_of(text);
  data.add("STEP").set("NUMBER", request_number(request.id));
  Response response = page(status, frame.error, text.heading, std::move(data));
  if (status == 429 || status == 503) response.header("Retry-After", kRetryAfter);
  return response;
}

}  // namespace portal
