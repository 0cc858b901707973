// REQUEST_URI: the path, and where another spelling of it leads (core/http/canonical_target.h).
#include "core/http/canonical_target.h"

#include "core/form/form.h"
#include "input.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace portal;
  const auto uri = fuzz::text_of(data, size);
  const auto path = decoded_path(uri);
  const auto target = canonical_target(uri);
  fuzz::expect(path || !target);
  if (target) {
    fuzz::expect(target->starts_with('/') && !target->starts_with("//"));
    fuzz::expect(target->find_first_of("\r\n") == std::string::npos ||
                 uri.find_first_of("\r\n") != std::string_view::npos);
  }
  const auto mark = uri.find('?');
  if (mark != std::string_view::npos) [[maybe_unused]]
    const auto query = Form::decode(uri.substr(mark + 1));
  return 0;
}
