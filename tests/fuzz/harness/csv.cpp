// A bureau's file of any kind, by its bytes: CSV in each encoding, and what is none.
#include "roster.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  portal::fuzz::read_roster(portal::fuzz::text_of(data, size));
  return 0;
}
