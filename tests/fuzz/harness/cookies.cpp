// The header Cookie (core/http/request.h).
#include "core/http/request.h"
#include "input.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace portal;
  Request request;
  request.cookies = fuzz::text_of(data, size);
  for (const auto* name : {"__Host-draft", "draft", "a", ""}) {
    for (const auto value : cookies(request, name)) {
      fuzz::expect(value.find(';') == std::string_view::npos);
    }
  }
  // What others have set hides nothing.
  const auto before = cookies(request, "draft").size();
  request.cookies += "; draft=ours";
  const auto all = cookies(request, "draft");
  fuzz::expect(all.size() == before + 1 && all.back() == "ours");
  return 0;
}
