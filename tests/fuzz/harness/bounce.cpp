// A mail that came back (core/mail/bounce).
#include "core/mail/bounce/bounce.h"

#include "core/text/text.h"
#include "input.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace portal;
  const auto read = mail::read_bounce(fuzz::text_of(data, size), "bounces@portal.example.jp");
  if (const auto* bounce = std::get_if<mail::Bounce>(&read)) {
    fuzz::expect(!bounce->ids.empty() && bounce->ids.size() <= 40);
    fuzz::expect(bounce->diagnostic.find('\n') == std::string::npos);
    fuzz::expect(text::valid_utf8(bounce->diagnostic));
  }
  return 0;
}
