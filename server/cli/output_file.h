// Writes a file so that its path holds either what was there before or all of the new content.

#ifndef LANDFALL_SERVER_CLI_OUTPUT_FILE_H_
#define LANDFALL_SERVER_CLI_OUTPUT_FILE_H_

#include <string>

#include "server/cli/outcome.h"
#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace landfall {

enum class Readers { everybody, owner_only };  // before the umask
enum class Existing { replaced, kept };        // kept: an existing file makes the commit fail

// Content gathers in a file without a name (or a hidden one where the file system has no such
// thing) and appears at the path only with commit(); without a commit nothing appears and nothing
// is left. "-" and "" mean standard output, where every write is seen at once. A path that is there
// and no plain file (a pipe, a device) is written to directly.
class OutputFile {
 public:
  // Fails with kExitCouldNot: the folder is missing or not writable; the path is a folder.
  [[nodiscard]] static Outcome<OutputFile> open(const std::string& path, Readers readers,
                                                Existing existing);
  OutputFile(OutputFile&& other) noexcept;
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile();

  [[nodiscard]] Outcome<Done> write(ByteView bytes);
  // Makes the content durable and gives it its name. Nothing may be written afterwards.
  [[nodiscard]] Outcome<Done> commit();
  [[nodiscard]] bool is_standard_output() const { return target_.empty(); }

 private:
  OutputFile() = default;
  [[nodiscard]] Outcome<Done> open_beside(Readers readers);
  [[nodiscard]] bool give_name();

  int descriptor_ = -1;
  std::string target_;   // empty: standard output
  std::string hidden_;   // the temporary name, where one is needed
  bool direct_ = false;  // written at the path itself
  Existing existing_ = Existing::replaced;
};

// Writes `bytes` at `path` as OutputFile does.
[[nodiscard]] Outcome<Done> save_file(const std::string& path, ByteView bytes, Readers readers,
                                      Existing existing);

// Makes the folder `path` and those above it, when they are missing.
[[nodiscard]] Outcome<Done> make_folder(const std::string& path);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_OUTPUT_FILE_H_
