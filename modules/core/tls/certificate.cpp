#include "core/tls/certificate.h"

#include <arpa/inet.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <ctime>
#include <memory>
#include <utility>

namespace portal::tls {
namespace {

using Names = std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)>;

constexpr std::size_t kMostNames = 4;  // in a message

EpochSeconds epoch_of(const ASN1_TIME* time) {
  std::tm parts = {};
  return ASN1_TIME_to_tm(time, &parts) == 1 ? timegm(&parts) : 0;
}

std::string date_of(EpochSeconds time) {
  std::array<char, 32> text{};
  std::tm parts = {};
  gmtime_r(&time, &parts);
  return {text.data(), std::strftime(text.data(), text.size(), "%F %R UTC", &parts)};
}

std::string distance(EpochSeconds seconds) {
  const auto days = seconds / kDay;
  if (days == 1) return "1 day";
  return days > 1 ? std::to_string(days) + " days" : std::to_string(seconds / kMinute) + " min";
}

std::string name_of(const X509_NAME* name) {
  std::array<char, 256> text{};
  X509_NAME_get_text_by_NID(name, NID_commonName, text.data(), static_cast<int>(text.size()));
  if (text[0] != '\0') return text.data();
  X509_NAME_oneline(name, text.data(), static_cast<int>(text.size()));
  return text.data();
}

bool is_address(const std::string& host) {
  in6_addr address = {};
  return inet_pton(AF_INET, host.c_str(), &address) == 1 ||
         inet_pton(AF_INET6, host.c_str(), &address) == 1;
}

bool carries(X509* certificate, const std::string& host) {
  if (is_address(host)) return X509_check_ip_asc(certificate, host.c_str(), 0) == 1;
  return X509_check_host(certificate, host.c_str(), host.size(), 0, nullptr) == 1;
}

// "a.example, b.example": the names that it carries, or at least its common name.
std::string names_of(X509* certificate) {
  const Names names(static_cast<GENERAL_NAMES*>(
                        X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)),
                    GENERAL_NAMES_free);
  std::string all;
  std::size_t count = 0;
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type != GEN_DNS) continue;
    if (++count > kMostNames) return all + ", …";
    const auto* text = reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.dNSName));
    all.append(all.empty() ? "" : ", ").append(text, ASN1_STRING_length(name->d.dNSName));
  }
  return all.empty() ? name_of(X509_get_subject_name(certificate)) : all;
}

// "it" is the server's own certificate at depth 0; others are of its issuers.
std::string subject_at(X509* certificate, int depth) {
  if (depth == 0) return "";
  return "is signed by " + name_of(X509_get_subject_name(certificate)) + ", which ";
}

std::string described(int error, X509* certificate, int depth, const std::string& host) {
  const EpochSeconds now = system_now();
  switch (error) {
    case X509_V_ERR_CERT_HAS_EXPIRED: {
      const EpochSeconds ends = epoch_of(X509_get0_notAfter(certificate));
      return subject_at(certificate, depth) + "expired on " + date_of(ends) + ", " +
             distance(now - ends) + " ago";
    }
    case X509_V_ERR_CERT_NOT_YET_VALID: {
      const EpochSeconds begins = epoch_of(X509_get0_notBefore(certificate));
      return subject_at(certificate, depth) + "is not valid before " + date_of(begins) + ", in " +
             distance(begins - now) + ", unless this machine's clock is wrong";
    }
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return "is for " + names_of(certificate) + " and not for " + host;
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
      return "is signed by itself, by no authority that this machine trusts";
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
      return "is signed by " + name_of(X509_get_subject_name(certificate)) +
             ", which is no authority that this machine trusts";
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_CERT_UNTRUSTED:
      return "is signed by " + name_of(X509_get_issuer_name(certificate)) +
             ", whose certificate is missing: the server must send the intermediate certificates "
             "too, and this machine must trust the authority";
    default:
      return subject_at(certificate, depth) + "cannot be used";
  }
}

// Several errors may say the same of one certificate.
int representative(int error) {
  switch (error) {
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_CERT_UNTRUSTED:
      return X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY;
    default:
      return error;
  }
}

}  // namespace

// One verification; OpenSSL's callbacks get it.
struct CertificateWatch::Verification {
  const std::string& host;
  std::vector<std::pair<int, int>> errors = {};  // with the depth, without repetitions
  std::vector<std::string> complaints = {};

  void add(int error, X509* certificate, int depth) {
    const std::pair found(representative(error), depth);
    for (const auto& known : errors) {
      if (known == found) return;
    }
    errors.push_back(found);
    complaints.push_back(described(error, certificate, depth, host) + " (" +
                         X509_verify_cert_error_string(error) + ")");
  }

  static int index() {
    static const int index = X509_STORE_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return index;
  }
  // Notes the error and lets OpenSSL go on, so that all that is wrong is found.
  static int note(int fine, X509_STORE_CTX* store) {
    auto* self = static_cast<Verification*>(X509_STORE_CTX_get_ex_data(store, index()));
    if (fine == 0) {
      self->add(X509_STORE_CTX_get_error(store), X509_STORE_CTX_get_current_cert(store),
                X509_STORE_CTX_get_error_depth(store));
    }
    return 1;
  }
  // In place of OpenSSL's own verification, which it does.
  static int run(X509_STORE_CTX* store, void* watch) {
    auto* owner = static_cast<CertificateWatch*>(watch);
    Verification verification{owner->host_};
    X509_STORE_CTX_set_ex_data(store, index(), &verification);
    X509_STORE_CTX_set_verify_cb(store, note);
    const bool verified = X509_verify_cert(store) == 1;
    X509* certificate = X509_STORE_CTX_get0_cert(store);
    if (!carries(certificate, owner->host_)) {
      verification.add(X509_V_ERR_HOSTNAME_MISMATCH, certificate, 0);
    }
    if (!verified && verification.errors.empty()) {
      verification.add(X509_STORE_CTX_get_error(store), certificate, 0);
    }
    owner->seen_ =
        Certificate{epoch_of(X509_get0_notBefore(certificate)),
                    epoch_of(X509_get0_notAfter(certificate)), std::move(verification.complaints)};
    X509_STORE_CTX_set_error(
        store, verification.errors.empty() ? X509_V_OK : verification.errors.front().first);
    return verification.errors.empty() ? 1 : 0;
  }
};

std::string Certificate::why_not() const {
  std::string all = "its certificate ";
  for (const auto& complaint : complaints) {
    if (&complaint != &complaints.front()) all += "; and it ";
    all += complaint;
  }
  return all;
}

CertificateWatch::CertificateWatch(Poco::Net::Context::Ptr context, std::string_view host)
    : context_(std::move(context)), host_(host) {
  SSL_CTX_set_cert_verify_callback(context_->sslContext(), Verification::run, this);
}

CertificateWatch::~CertificateWatch() {
  SSL_CTX_set_cert_verify_callback(context_->sslContext(), nullptr, nullptr);
}

}  // namespace portal::tls
