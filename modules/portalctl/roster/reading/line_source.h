// Reads the lines of a file or a pipe one at a time, so that only one is in memory.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>

namespace portalctl {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

class LineSource {
 public:
  explicit LineSource(File file) : file_(std::move(file)) {}

  // The next line, without its end (LF, CR LF or CR); nothing: there is no more. A line of more
  // than 1 MiB, which no roster has, comes in pieces.
  std::optional<std::string> next();
  // Starts again at the first line. A pipe cannot.
  void rewind();
  bool failed() const { return std::ferror(file_.get()) != 0; }
  std::int64_t bytes() const { return bytes_; }  // that were read

 private:
  File file_;
  std::int64_t bytes_ = 0;
};

}  // namespace portalctl
