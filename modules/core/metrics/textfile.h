// A process's file in metrics.directory, for node_exporter's textfile collector.
//
// The file is portal-STEP-N.prom. N is the lowest number, from 1, that no living process of the
// step has. So a restarted process gets the same number, its series go on, and several processes
// have different numbers. A process holds its number by a lock on .portal-STEP-N.lock, which the
// kernel releases however the process ends. The file of a process that was killed is overwritten by
// the next one with its number, or removed when any process of the step starts. Until then, the
// time in the file tells its age.
#pragma once

#include <string>
#include <string_view>

#include "core/base/descriptor.h"
#include "core/base/result.h"

namespace portal::metrics {

class Textfile {
 public:
  // The directory must exist and be writable. The error names metrics.directory.
  static Result<Textfile> claim(const std::string& directory, std::string_view step);

  Textfile(Textfile&&) = default;
  Textfile& operator=(Textfile&&) = delete;
  // Removes the file, because nobody would update it any more.
  ~Textfile();
  // Leaves the file, for a program that runs from time to time: the next one has its number again.
  void leave() { lock_ = Descriptor(); }

  // The number N.
  const std::string& process() const { return process_; }
  std::string path() const;

  // Replaces the whole file at once: a reader sees the old text or the new one. Everybody may read
  // it.
  Result<Done> write(std::string_view text) const;

 private:
  Textfile(std::string stem, std::string process, Descriptor lock)
      : stem_(std::move(stem)), process_(std::move(process)), lock_(std::move(lock)) {}

  std::string stem_;  // DIRECTORY/portal-STEP-N
  std::string process_;
  Descriptor lock_;
};

}  // namespace portal::metrics
