#include "shared/sealing/armor.h"

#include <algorithm>

#include "shared/codec/base64.h"

namespace landfall {
namespace {

constexpr std::string_view kBeginLine = "-----BEGIN AGE ENCRYPTED FILE-----";
constexpr std::string_view kEndLine = "-----END AGE ENCRYPTED FILE-----";
constexpr std::size_t kColumns = 64;
constexpr std::size_t kLineBytes = 48;
constexpr std::size_t kMaxWhiteSpaceBytes = 1024;

bool is_white_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

}  // namespace

void ArmorWriter::start(std::string& out) {
  if (started_) return;
  started_ = true;
  out.append(kBeginLine).push_back('\n');
}

void ArmorWriter::push(ByteView bytes, std::string& out) {
  start(out);
  append(pending_, bytes);
  const std::size_t whole = pending_.size() / kLineBytes * kLineBytes;
  const std::string text = format_base64(ByteView(pending_).first(whole), Base64Padding::required);
  for (std::size_t at = 0; at < text.size(); at += kColumns) {
    out.append(text, at, kColumns).push_back('\n');
  }
  pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(whole));
}

void ArmorWriter::finish(std::string& out) {
  start(out);
  if (!pending_.empty()) {
    out.append(format_base64(pending_, Base64Padding::required)).push_back('\n');
  }
  out.append(kEndLine).push_back('\n');
}

bool ArmorReader::push(ByteView bytes, Bytes& out) {
  std::string_view text = text_of(bytes);
  while (!text.empty()) {
    if (expects_ == Expects::nothing) {
      if (!read_after_end(text.front())) return false;
      text.remove_prefix(1);
      continue;
    }
    const std::size_t end = text.find('\n');
    line_.append(text.substr(0, end));
    if (line_.size() > kMaxWhiteSpaceBytes) return false;
    if (end == std::string_view::npos) return true;
    text.remove_prefix(end + 1);
    if (!read_line(out)) return false;
  }
  return true;
}

bool ArmorReader::finish(Bytes& out) {
  // The last line may lack its line end.
  if (!line_.empty() && !read_line(out)) return false;
  return expects_ == Expects::nothing;
}

bool ArmorReader::read_line(Bytes& out) {
  std::string_view line = line_;
  if (line.ends_with('\r')) line.remove_suffix(1);
  bool good = false;
  if (expects_ == Expects::data) {
    good = read_data_line(line, out);
  } else if (expects_ == Expects::end) {
    good = line == kEndLine;
    expects_ = Expects::nothing;
  } else if (std::all_of(line.begin(), line.end(), is_white_space)) {
    white_space_ += line.size() + 1;
    good = white_space_ <= kMaxWhiteSpaceBytes;
  } else {
    good = line == kBeginLine;
    expects_ = Expects::data;
    white_space_ = 0;
  }
  line_.clear();
  return good;
}

bool ArmorReader::read_data_line(std::string_view line, Bytes& out) {
  if (line == kEndLine) {
    expects_ = Expects::nothing;
    return true;
  }
  if (line.empty() || line.size() > kColumns) return false;
  const Result<Bytes> bytes = parse_base64(line, Base64Padding::required);
  if (!bytes.ok()) return false;
  append(out, bytes.value());
  if (bytes.value().size() < kLineBytes) expects_ = Expects::end;
  return true;
}

bool ArmorReader::read_after_end(char byte) {
  return is_white_space(byte) && ++white_space_ <= kMaxWhiteSpaceBytes;
}

bool looks_armored(ByteView start) {
  std::string_view text = text_of(start);
  while (!text.empty() && is_white_space(text.front())) text.remove_prefix(1);
  return text.starts_with(kBeginLine);
}

}  // namespace landfall
