#include "readers.h"

namespace portal::cost {

std::function<std::string(std::size_t)> repeated(std::string unit, std::string begin,
                                                 std::string end) {
  return [=](std::size_t bytes) {
    std::string text = begin;
    while (text.size() + unit.size() + end.size() <= bytes) text += unit;
    return text += end;
  };
}

}  // namespace portal::cost
