#include "core/responder/site.h"

#include <string>

#include "core/base/log.h"
#include "core/responder/error_pages.h"
#include "core/responder/security_headers.h"

namespace portal {

Response Site::page(int status, std::string_view content, std::string_view title, Data data,
                    Visitor visitor) const {
  Data layout;
  layout.set("TITLE", title);
  layout.show("SERVED");
  layout.show(visitor == Visitor::kSignedIn ? "SIGNED_IN" : "ANYBODY");
  if (status == 422) layout.add("TITLE_ERROR");
  layout.include("CONTENT", content) = std::move(data);
  auto page = view->render_page(frame.layout, layout);
  if (!page) {
    log::error("template", {{"file", content}, {"error", page.error().message}});
    return plain(500, "画面を表示できませんでした。\n");
  }
  Response response = html(status, std::move(page->text));
  response.header(kContentSecurityPolicy, content_security_policy(page->style_source));
  return response;
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
