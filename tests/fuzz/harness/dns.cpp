// A resolver's answer (core/probe/dns.h).
#include "core/probe/dns.h"

#include <arpa/nameser.h>

#include "input.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  for (const int type : {ns_t_a, ns_t_aaaa, ns_t_mx, ns_t_txt}) {
    const auto records = portal::records_of({data, size}, type);
    if (records) portal::fuzz::expect(records->size() <= 65535);
  }
  return 0;
}
