// Answer: what was given to one question, as typed.

#ifndef LANDFALL_SHARED_FORM_ANSWER_H_
#define LANDFALL_SHARED_FORM_ANSWER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace landfall {

// A file given to an image or file question; the bytes are elsewhere.
struct AttachedFile {
  std::string file_name;
  std::string media_type;
  std::uint64_t size = 0;
  std::string sha256;  // 64 lower-case hex digits
  std::optional<std::uint32_t> width;
  std::optional<std::uint32_t> height;

  bool operator==(const AttachedFile&) const = default;
};

enum class AnswerKind : std::uint8_t { empty, text, number, boolean, choices, files };

// Only the member that `kind` names is meaningful. `text` also holds what could not be read as the
// question's type.
struct Answer {
  AnswerKind kind = AnswerKind::empty;
  bool boolean = false;
  double number = 0;
  std::string text;
  std::vector<std::string> choices;
  std::vector<AttachedFile> files;

  bool operator==(const Answer&) const = default;

  [[nodiscard]] static Answer of_text(std::string value);
  [[nodiscard]] static Answer of_number(double value);
  [[nodiscard]] static Answer of_boolean(bool value);
  [[nodiscard]] static Answer of_choices(std::vector<std::string> names);
  [[nodiscard]] static Answer of_files(std::vector<AttachedFile> files);
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_ANSWER_H_
