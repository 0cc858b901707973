// SharedPages keeps the pages of a step that are the same for everybody. Each is rendered once for
// an edition of the templates, compressed once for those who accept gzip, and has an entity tag, so
// that a browser or a cache that has it already gets 304 (RFC 9110 §15.4.5).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "core/http/request.h"
#include "core/http/response.h"

namespace portal {

class SharedPages {
 public:
  // What a page was made of. A page of another version is made again.
  struct Version {
    std::uint64_t templates = 0;  // View::edition(), read before
    std::uint64_t content = 0;    // what else the page shows, if that changes
    bool operator==(const Version&) const = default;
  };

  // The page `name` for this request. `make` makes it if it is not there yet; only a 200 is kept,
  // and it must hold nothing of the request. Any number of threads may call this.
  Result<Response> find(const Request& request, std::string_view name, const Version& version,
                        const std::function<Result<Response>()>& make);

 private:
  // In one encoding, with all headers.
  struct Page {
    Version version;
    Response plain;
    Response gzipped;
  };
  // More names than a site has; if there are more nevertheless, the step begins anew.
  static constexpr std::size_t kMost = 200;

  std::shared_ptr<const Page> kept(std::string_view name, const Version& version) const;

  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const Page>, std::less<>> pages_;
};

}  // namespace portal
