// A form's body or a query (core/form), and the rules of its fields.
#include "core/form/form.h"

#include "core/registration/application.h"
#include "input.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace portal;
  const auto form = Form::decode(fuzz::text_of(data, size));
  if (!form) return 0;
  const std::string encoded = form->encode();
  const auto again = Form::decode(encoded);
  fuzz::expect(again && again->encode() == encoded);
  const Checked checked = check_application(*form);
  fuzz::expect(checked.application.has_value() == checked.errors.empty());
  check_number(*form);
  check_new_password(*form);
  fuzz::expect(Form::decode(entries_of(*form).encode()).operator bool());
  return 0;
}
