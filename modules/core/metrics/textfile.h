// A process's file in metrics.directory, for node_exporter's textfile collector.
//
// portal-STEP-N.prom, where N is the first number, from 1, that no living process of that step has:
// after a restart the same one, so that no series ends, and with several instances one each. Whose
// number it is, a lock on .portal-STEP-N.lock says, which the kernel takes back however a process
// dies. What a dead one has left is overwritten by the next that gets its number, and removed when
// any process of the step starts; until then the time in it tells its age.
#pragma once

#include <string>
#include <string_view>

#include "core/base/descriptor.h"
#include "core/base/result.h"

namespace portal::metrics {

class Textfile {
 public:
  // The directory must be there, and writable to us. The error names metrics.directory.
  static Result<Textfile> claim(const std::string& directory, std::string_view step);

  Textfile(Textfile&&) = default;
  Textfile& operator=(Textfile&&) = delete;
  // An orderly end: the file goes, for nobody would ever update it.
  ~Textfile();

  // N.
  const std::string& process() const { return process_; }
  std::string path() const;

  // All of it or nothing: whoever reads meanwhile sees the old text. Everybody may read it.
  Result<Done> write(std::string_view text) const;

 private:
  Textfile(std::string stem, std::string process, Descriptor lock)
      : stem_(std::move(stem)), process_(std::move(process)), lock_(std::move(lock)) {}

  std::string stem_;  // DIRECTORY/portal-STEP-N
  std::string process_;
  Descriptor lock_;
};

}  // namespace portal::metrics
