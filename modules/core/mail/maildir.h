// Delivers into a Maildir (https://cr.yp.to/proto/maildir.html). Each mail is a file, which is
// durable before it has its name in new/, and whose name is durable before it counts as delivered.
#pragma once

#include <string>
#include <string_view>

#include "core/mail/transport.h"

namespace portal::mail {

class Maildir : public Transport {
 public:
  // Makes the directory and its tmp, new and cur (0700) if they are missing.
  static Result<Done> prepare(const std::string& directory);

  // Precondition: prepare(directory) has succeeded.
  explicit Maildir(std::string directory) : directory_(std::move(directory)) {}

  // Stores the mail as mail systems do: line ends become LF, and Return-Path and Delivered-To come
  // first.
  Outcome deliver(std::string_view from, std::string_view to, std::string_view message) override;
  // The disk is waited for once for all files and once for all names. A file that fails alone does
  // not keep the others; after one that cannot be written no further one is.
  std::size_t together() const override { return 20; }
  std::vector<Outcome> deliver_all(std::span<const Parcel> parcels) override;

 private:
  std::string directory_;
};

}  // namespace portal::mail
