// portal.conf (core/base/settings.h).
#include "core/base/settings.h"

#include "core/text/text.h"
#include "input.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace portal;
  static const fuzz::MemoryFile file;
  file.fill(fuzz::text_of(data, size));
  const auto settings = Settings::load(file.path(), nullptr);
  if (!settings) {
    const std::string& message = settings.error().message;
    fuzz::expect(text::valid_utf8(message) && message.size() < 1000);
    fuzz::expect(message.find('\n') == std::string::npos);
    return 0;
  }
  for (const Setting& setting : settings_table()) {
    fuzz::expect(text::valid_utf8(settings->text(setting.name)));
  }
  return 0;
}
