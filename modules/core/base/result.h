// Result<T>: a value, or the reason why there is none.
//
// Functions that can fail at run time return a Result. No exception leaves a room: those of a
// library are translated in the room that uses it. C++20 has no std::expected.
#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace portal {

struct Error {
  enum class Kind {
    kRefused,      // the input or the state does not allow it; trying again does not help
    kNotFound,     // the named thing does not exist
    kUnavailable,  // something that the program needs is away; trying again later may help
    kWrongUsage,   // the command line or the settings are wrong; the program exits with status 2
  };
  Kind kind = Kind::kRefused;
  std::string message;  // for operators, in English: what is wrong and what to do
};

inline Error refused(std::string message) {
  return {Error::Kind::kRefused, std::move(message)};
}
inline Error not_found(std::string message) {
  return {Error::Kind::kNotFound, std::move(message)};
}
inline Error unavailable(std::string message) {
  return {Error::Kind::kUnavailable, std::move(message)};
}
inline Error wrong_usage(std::string message) {
  return {Error::Kind::kWrongUsage, std::move(message)};
}

// The value of a Result that only says that the function succeeded.
struct Done {};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit
  Result(Error error) : content_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit

  explicit operator bool() const { return content_.index() == 0; }

  // Precondition: it holds a value.
  T& operator*() { return *value(); }
  const T& operator*() const { return *value(); }
  T* operator->() { return value(); }
  const T* operator->() const { return value(); }

  // Precondition: it holds an error.
  const Error& error() const {
    assert(content_.index() == 1);
    return *std::get_if<1>(&content_);
  }

 private:
  T* value() {
    assert(content_.index() == 0);
    return std::get_if<0>(&content_);
  }
  const T* value() const {
    assert(content_.index() == 0);
    return std::get_if<0>(&content_);
  }

  std::variant<T, Error> content_;
};

}  // namespace portal
