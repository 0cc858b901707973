#include "core/security/password.h"

#include <Poco/NumberParser.h>
#include <Poco/RegularExpression.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>
#include <new>
#include <optional>
#include <thread>
#include <vector>

#include "core/base/activity.h"
#include "core/security/bytes.h"
#include "core/security/private/hashing_slots.h"

namespace portal {
namespace {

struct Cost {
  std::int64_t memory_kib = 0;
  std::int64_t iterations = 0;
  std::int64_t lanes = 1;  // libsodium makes only one; it computes more in sequence
  bool operator==(const Cost&) const = default;
};

std::string base64(std::string_view bytes) {
  constexpr int kVariant = sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
  std::string text(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), kVariant);
  text.pop_back();  // the terminating NUL
  return text;
}

// Makes a hash that belongs to no password: salt and hash are both random.
std::string draw_decoy(const Cost& cost) {
  return "$argon2id$v=19$m=" + std::to_string(cost.memory_kib) +
         ",t=" + std::to_string(cost.iterations) + ",p=1$" + base64(random_bytes(16)) + "$" +
         base64(random_bytes(32));
}

// The cost that the hash names. Nothing if libsodium cannot verify it.
std::optional<Cost> cost_of(std::string_view encoded) {
  static const Poco::RegularExpression form(
      R"(^\$argon2id\$v=19\$m=(\d{1,10}),t=(\d{1,10}),p=(\d{1,10})\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+$)",
      Poco::RegularExpression::RE_DOLLAR_ENDONLY);
  if (encoded.size() >= crypto_pwhash_STRBYTES) return std::nullopt;
  const std::string text(encoded);
  std::vector<std::string> parts;
  if (form.split(text, parts) != 4) return std::nullopt;
  // This function decodes the string as the verification does, and returns -1 if it cannot.
  if (crypto_pwhash_str_needs_rehash(text.c_str(), crypto_pwhash_argon2id_OPSLIMIT_MIN,
                                     crypto_pwhash_argon2id_MEMLIMIT_MIN) < 0) {
    return std::nullopt;
  }
  return Cost{Poco::NumberParser::parse64(parts[1]), Poco::NumberParser::parse64(parts[2]),
              Poco::NumberParser::parse64(parts[3])};
}

// How long a hash of this cost may take on a very slow and busy machine: one that passes over 20
// MiB in a second. (A core of 2020 passes over 1000.)
Activity::Bound bound_of(const Cost& cost) {
  constexpr std::int64_t kKibInSecond = std::int64_t{20} * 1024;
  return Activity::kComputing + Activity::Bound(cost.memory_kib * cost.iterations / kKibInSecond);
}

}  // namespace

PasswordHasher::PasswordHasher(std::int64_t memory_kib, std::int64_t iterations, unsigned at_once)
    : memory_kib_(memory_kib),
      iterations_(iterations),
      slots_(std::make_unique<HashingSlots>(at_once, static_cast<std::size_t>(memory_kib) * 1024)),
      decoy_(draw_decoy({memory_kib, iterations})) {
  assert(cost_of(decoy_).has_value());
}

PasswordHasher::PasswordHasher(const Settings& settings)
    : PasswordHasher(settings.number("password.memory_kib"), settings.number("password.iterations"),
                     std::max(1U, std::thread::hardware_concurrency())) {}

PasswordHasher::~PasswordHasher() = default;

std::string PasswordHasher::hash(std::string_view password) {
  std::array<char, crypto_pwhash_STRBYTES> encoded{};
  auto turn = slots_->enter();
  const Phase phase(Activity::Kind::kHash, bound_of({memory_kib_, iterations_}));
  int failed = 0;
  turn.run([&] {
    const Argon2Memory::Armed armed(turn.memory());
    failed = crypto_pwhash_str_alg(encoded.data(), password.data(), password.size(),
                                   static_cast<unsigned long long>(iterations_),
                                   static_cast<std::size_t>(memory_kib_) * 1024,
                                   crypto_pwhash_ALG_ARGON2ID13);
  });
  // The constructor has checked the cost, so only the allocation of memory can still fail.
  if (failed != 0) throw std::bad_alloc();
  return encoded.data();
}

bool PasswordHasher::verify(std::string_view encoded, std::string_view password) {
  const bool real = acceptable(encoded);
  const std::string stored(real ? encoded : std::string_view(decoy_));
  auto turn = slots_->enter();
  const Phase phase(Activity::Kind::kHash, bound_of(cost_of(stored).value()));
  bool same = false;
  bool no_memory = false;
  turn.run([&] {
    const Argon2Memory::Armed armed(turn.memory());
    errno = 0;
    same = crypto_pwhash_str_verify(stored.c_str(), password.data(), password.size()) == 0;
    // libsodium returns the same for lack of memory as for a wrong password; later versions set
    // errno.
    no_memory = !same && (turn.memory().failed() || errno == ENOMEM);
  });
  if (no_memory) throw std::bad_alloc();
  return real && same;
}

bool PasswordHasher::needs_rehash(std::string_view encoded) const {
  return cost_of(encoded) != Cost{memory_kib_, iterations_};
}

unsigned PasswordHasher::at_once() const {
  return slots_->count();
}

HashingLoad PasswordHasher::load() const {
  return slots_->load();
}

void PasswordHasher::release_idle(std::chrono::seconds unused_for) {
  slots_->release_idle(unused_for);
}

// False for a hash that would take too much memory or time: somebody may have put it into the
// database.
bool PasswordHasher::acceptable(std::string_view encoded) const {
  const auto cost = cost_of(encoded);
  return cost && cost->memory_kib <= std::max(memory_kib_, kMostMemoryKib) &&
         cost->iterations <= std::max(iterations_, kMostIterations);
}

}  // namespace portal
