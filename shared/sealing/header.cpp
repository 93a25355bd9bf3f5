#include "shared/sealing/header.h"

#include <algorithm>
#include <utility>

#include "shared/codec/base64.h"

namespace landfall {
namespace {

constexpr std::string_view kVersionLine = "age-encryption.org/v1";
constexpr std::string_view kStanzaMark = "->";
constexpr std::string_view kEndMark = "---";
constexpr std::size_t kColumns = 64;

bool is_argument(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 33 && c <= 126; });
}

}  // namespace

HeaderReader::State HeaderReader::take(ByteView& input) {
  while (state_ == State::reading && !input.empty()) {
    const auto end = std::find(input.begin(), input.end(), std::uint8_t{'\n'});
    const bool whole = end != input.end();
    const auto size = static_cast<std::size_t>(end - input.begin());
    if (header_.text.size() + line_.size() + size >= kMaxHeaderBytes) {
      state_ = State::malformed;
      break;
    }
    line_.append(text_of(input.first(size)));
    input = input.subspan(size + (whole ? 1 : 0));
    if (whole) {
      read_line(line_);
      line_.clear();
    } else if (expects_ == Expects::version && !kVersionLine.starts_with(line_)) {
      // Says so at once, not after a quarter of a megabyte of another kind of file.
      state_ = State::malformed;
    }
  }
  return state_;
}

void HeaderReader::read_line(std::string_view line) {
  if (expects_ == Expects::version) {
    if (line != kVersionLine) {
      state_ = State::malformed;
      return;
    }
    expects_ = Expects::stanza;
  } else if (expects_ == Expects::body) {
    read_body_line(line);
  } else if (line.starts_with(kEndMark)) {
    read_end(line);
    return;
  } else {
    read_stanza_start(line);
  }
  header_.text.append(line).push_back('\n');
}

void HeaderReader::read_stanza_start(std::string_view line) {
  expects_ = Expects::body;
  Stanza& stanza = header_.stanzas.emplace_back();
  if (!line.starts_with(kStanzaMark) || line.size() <= kStanzaMark.size()) {
    state_ = State::malformed;
    return;
  }
  line.remove_prefix(kStanzaMark.size());
  while (!line.empty()) {
    const std::size_t end = std::min(line.find(' ', 1), line.size());
    const std::string_view argument = line.substr(1, end - 1);
    if (line.front() != ' ' || !is_argument(argument)) {
      state_ = State::malformed;
      return;
    }
    stanza.arguments.emplace_back(argument);
    line.remove_prefix(end);
  }
}

void HeaderReader::read_body_line(std::string_view line) {
  if (line.size() > kColumns) {
    state_ = State::malformed;
    return;
  }
  const Result<Bytes> bytes = parse_base64(line, Base64Padding::forbidden);
  if (!bytes.ok()) {
    state_ = State::malformed;
    return;
  }
  append(header_.stanzas.back().body, bytes.value());
  if (line.size() < kColumns) expects_ = Expects::stanza;
}

void HeaderReader::read_end(std::string_view line) {
  state_ = State::malformed;
  if (header_.stanzas.empty()) return;
  header_.text.append(kEndMark);
  line.remove_prefix(kEndMark.size());
  if (line.empty() || line.front() != ' ') return;
  const Result<Bytes> mac = parse_base64(line.substr(1), Base64Padding::forbidden);
  if (!mac.ok() || mac.value().size() != header_.mac.size()) return;
  std::copy(mac.value().begin(), mac.value().end(), header_.mac.begin());
  state_ = State::complete;
}

std::string write_header(const std::vector<Stanza>& stanzas, const FileKey& file_key) {
  std::string text(kVersionLine);
  text += '\n';
  for (const Stanza& stanza : stanzas) {
    text += kStanzaMark;
    for (const std::string& argument : stanza.arguments) text.append(" ").append(argument);
    text += '\n';
    const std::string body = format_base64(stanza.body, Base64Padding::forbidden);
    for (std::size_t at = 0; at <= body.size(); at += kColumns) {
      text.append(body, at, kColumns);
      text += '\n';
    }
  }
  text += kEndMark;
  const Sha256Digest mac = header_mac(text, file_key);
  text.append(" ").append(format_base64(mac, Base64Padding::forbidden)).append("\n");
  return text;
}

Sha256Digest header_mac(std::string_view text, const FileKey& file_key) {
  const Secret<32> key = hkdf_key(file_key.view(), {}, bytes_of("header"));
  return hmac_sha256(key.view(), bytes_of(text));
}

}  // namespace landfall
