// What people type into a field, by itself: names, numbers, telephone numbers, addresses.
#include "core/base/log.h"
#include "core/mail/address.h"
#include "core/registration/application.h"
#include "core/registration/links.h"
#include "core/registration/registration_number.h"
#include "core/text/text.h"
#include "input.h"

namespace {

using namespace portal;

void read_text(std::string_view given) {
  fuzz::expect(text::valid_utf8(text::visible(given)));
  fuzz::expect(text::valid_utf8(text::repaired(given)));
  if (!text::valid_utf8(given)) return;
  for (const auto& normal : {text::tidy(given), text::nfkc(given), text::fold_number(given),
                             text::fold_address(given)}) {
    fuzz::expect(text::valid_utf8(normal));
  }
  fuzz::expect(text::tidy(text::tidy(given)) == text::tidy(given));
  fuzz::expect(text::code_points(given) <= given.size());
  const auto position = text::position_of_unshowable(given);
  if (position > 0) text::name_of_character(given, position);
  fuzz::expect(text::valid_utf8(text::cut(given, given.size() / 2)));
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto given = fuzz::text_of(data, size);
  read_text(given);
  log::mask_addresses(std::string(given));
  if (!text::valid_utf8(given)) return 0;
  for (const auto* field : {"family_name", "phone", "email", "judo_number"}) {
    normalised(field, given);
  }
  std::string value;
  if (!check_phone(given, value)) fuzz::expect(value.size() == 10 || value.size() == 11);
  if (!check_email(given, value)) fuzz::expect(mail::valid_address(value));
  link_in(given);
  without_links(given);
  mail::parse_mailbox(given);
  for (const auto& number :
       {RegistrationNumber::parse(given), RegistrationNumber::find_in(given)}) {
    if (number) fuzz::expect(RegistrationNumber::parse(number->text()) == number);
  }
  return 0;
}
