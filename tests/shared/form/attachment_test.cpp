#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "shared/codec/json.h"
#include "shared/form/attachment.h"
#include "shared/form/attachment_json.h"
#include "shared/form/state_json.h"
#include "shared/form/upload_rule.h"
#include "tests/support/files.h"

namespace landfall {
namespace {

using namespace std::string_literals;

const AttachmentRule kPhoto{
    "P1", {"image/jpeg"}, {"jpg", "jpeg"}, 524288, 1, 413, 531, 4000, 7, 9, 2, 0};
const AttachmentRule kDocument{"D1",
                               {"image/jpeg", "image/png", "application/pdf"},
                               {"jpg", "jpeg", "png", "pdf"},
                               2000000,
                               10,
                               0,
                               0,
                               0,
                               0,
                               0,
                               0,
                               30};

// A JPEG's head with a frame of this size; four components are CMYK.
std::string jpeg(unsigned width, unsigned height, char components = 3) {
  const auto u16 = [](unsigned n) {
    return std::string{static_cast<char>(n >> 8), static_cast<char>(n)};
  };
  return "\xFF\xD8\xFF\xE0\x00\x04zz\xFF\xC0\x00\x11\x08"s + u16(height) + u16(width) +
         std::string(1, components) + std::string(20, '\0');
}

std::string codes_of(const AttachmentRule& rule, std::string_view name, const std::string& head,
                     std::uint64_t size, std::string_view tail = {}) {
  const AttachmentFacts facts{name, size, {}, {}, bytes_of(head), bytes_of(tail)};
  std::string codes;
  for (const Finding& finding : check_attachment(rule, facts).findings) {
    codes += (codes.empty() ? "" : " ") + finding.code;
  }
  return codes;
}

TEST_CASE("a photo that keeps the rule is accepted") {
  CHECK(codes_of(kPhoto, "me.jpg", jpeg(413, 531), 524288) == "");
  CHECK(codes_of(kPhoto, "ME.JPEG", jpeg(700, 900), 1000) == "");
}

TEST_CASE("size, pixels, shape and colours of a photo are measured") {
  CHECK(codes_of(kPhoto, "me.jpg", jpeg(413, 531), 524289) == "file_too_large");
  CHECK(codes_of(kPhoto, "me.jpg", jpeg(300, 386), 1000) == "image_too_few_pixels");
  CHECK(codes_of(kPhoto, "me.jpg", jpeg(4200, 5400), 1000) == "image_too_many_pixels");
  CHECK(codes_of(kPhoto, "me.jpg", jpeg(900, 900), 1000) == "image_wrong_shape");
  CHECK(codes_of(kPhoto, "me.jpg", jpeg(700, 900, 4), 1000) == "image_cmyk");
  CHECK(codes_of(kPhoto, "me.jpg", "", 0) == "file_empty");
}

TEST_CASE("a picture's type is what its bytes say, not its name") {
  const std::string png = "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\2\0\0\0\2\0"s;

  CHECK(codes_of(kPhoto, "me.jpg", png, 1000) == "file_type_not_accepted");
  CHECK(codes_of(kDocument, "id.jpg", png, 1000) == "file_extension_disagrees");
  CHECK(codes_of(kDocument, "id.png", png, 2000000) == "");
  CHECK(codes_of(kDocument, "a.pdf.exe", "MZ\x90", 1000) == "file_type_not_accepted");
  CHECK(codes_of(kDocument, "noname", png, 1000) == "file_extension_disagrees");
}

TEST_CASE("kinds that phones make and the page can convert have findings of their own") {
  CHECK(codes_of(kDocument, "a.heic", "\0\0\0\x18"s + "ftypheic", 1000) == "file_type_heic");
  CHECK(codes_of(kDocument, "a.webp", "RIFF\0\0\0\0WEBPVP8 "s, 1000) == "file_type_webp");
  CHECK(codes_of(kDocument, "a.avif", "\0\0\0\x18"s + "ftypavif", 1000) == "file_type_avif");
}

TEST_CASE("a damaged picture or document is found before it is sealed") {
  CHECK(codes_of(kDocument, "a.jpg", "\xFF\xD8\xFF\xE0\x00", 1000) == "file_damaged");
  CHECK(codes_of(kDocument, "a.png", "\x89PNG\r\n\x1a\n", 1000) == "file_damaged");
  CHECK(codes_of(kDocument, "a.pdf", "%PDF-1.7\n", 1000, "endobj") == "file_damaged");
}

TEST_CASE("a PDF must be open and not too long") {
  const std::string head = "%PDF-1.4\n1 0 obj <</Type/Pages /Kids[3 0 R] /Count 31>> endobj";
  const std::string tail = "trailer <</Root 1 0 R>> startxref 9 %%EOF";

  CHECK(codes_of(kDocument, "a.pdf", "%PDF-1.4\n", 1000, tail) == "");
  CHECK(codes_of(kDocument, "a.pdf", head, 1000, tail) == "pdf_too_many_pages");
  CHECK(codes_of(kDocument, "a.pdf", "%PDF-1.4\n", 1000, "trailer <</Encrypt 5 0 R>> %%EOF") ==
        "pdf_encrypted");
}

TEST_CASE("what a phone records is known by its first bytes") {
  const AttachmentRule sound = attachment_rule_of_json(upload_rule("audio")).value();
  const AttachmentRule film = attachment_rule_of_json(upload_rule("video")).value();
  const struct {
    std::string head;
    std::string_view name;
    std::string_view as_sound;
    std::string_view as_film;
  } rows[] = {
      {"\0\0\0\x18"
       "ftypM4A "s,
       "a.m4a", "", "file_type_not_accepted"},
      {"\0\0\0\x18"
       "ftypisom"s,
       "a.mp4", "", ""},
      {"\0\0\0\x18"
       "ftypqt  "s,
       "a.mov", "file_type_not_accepted", ""},
      {"\0\0\0\x18"
       "ftyp3gp5"s,
       "a.3gp", "", ""},
      {"\x1A\x45\xDF\xA3"s, "a.webm", "", ""},
      {"ID3\x04"s, "a.mp3", "", "file_type_not_accepted"},
      {"\xFF\xFB\x90"s, "a.mp3", "", "file_type_not_accepted"},
      {"OggS"s, "a.opus", "", "file_type_not_accepted"},
      {"RIFF\x01\x02\x03\x04WAVE"s, "a.wav", "", "file_type_not_accepted"},
      {"#!AMR\n"s, "a.amr", "", "file_type_not_accepted"},
      {jpeg(600, 800), "a.mp3", "file_type_not_accepted", "file_type_not_accepted"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CHECK(codes_of(sound, row.name, row.head, 1000) == row.as_sound);
    CHECK(codes_of(film, row.name, row.head, 1000) == row.as_film);
  }
  CHECK(codes_of(sound, "a.wav", rows[8].head, 11'000'000) == "file_too_large");
  CHECK(codes_of(sound, "a.mp3", rows[8].head, 1000) == "file_extension_disagrees");
}

TEST_CASE("a file is kept under the usual extension of its type") {
  CHECK(usual_extension("image/jpeg") == "jpg");
  CHECK(usual_extension("video/quicktime") == "mov");
  CHECK(usual_extension("application/x-msdownload").empty());
}

TEST_CASE("limits are said in the unit that people know") {
  CHECK(format_size(524288) == "512 KB");
  CHECK(format_size(2000000) == "2 MB");
  CHECK(format_size(1500000) == "1.5 MB");
}

TEST_CASE("the attachment vectors come out as they say") {
  const std::filesystem::path file = vectors_folder() / "identity/attachments.json";
  const std::string text = read_file(file);
  if (text.empty()) {
    MESSAGE("no vectors in ", file.string(), ": nothing was tested");
    return;
  }
  const Result<Json> vectors = parse_json(text);
  int ran = 0;

  for (const char* group : {"valid", "invalid"}) {
    for (const Json& row : *find_member(vectors.value(), group)) {
      std::string head;
      const std::string_view magic = member_text_or(row, "magic", "");
      for (std::size_t i = 0; i + 1 < magic.size(); i += 2) {
        head += static_cast<char>(std::stoi(std::string(magic.substr(i, 2)), nullptr, 16));
      }
      AttachmentRule rule = member_text_or(row, "rule", "") == "D1" ? kDocument : kPhoto;
      if (member_text_or(row, "rule", "") == "P2") {
        rule.media_types = {"image/jpeg", "image/png"};
        rule.extensions = {"jpg", "jpeg", "png"};
        rule.max_bytes = 1000000;
      }
      AttachmentFacts facts;
      facts.file_name = member_text_or(row, "name", "");
      facts.size = static_cast<std::uint64_t>(member_integer(row, "bytes").value());
      // A row of D1 tells no size of its picture.
      const Result<std::int64_t> width = member_integer(row, "w");
      facts.width = width.ok() ? static_cast<std::uint32_t>(width.value()) : 1000;
      const Result<std::int64_t> height = member_integer(row, "h");
      facts.height = height.ok() ? static_cast<std::uint32_t>(height.value()) : 1000;
      facts.head = bytes_of(head);
      INFO(facts.file_name);
      CHECK(check_attachment(rule, facts).findings.empty() == (std::string(group) == "valid"));
      ++ran;
    }
  }

  CHECK(ran == 7);
}

TEST_CASE("the check speaks JSON to the page") {
  const std::string request =
      R"j({"rule":{"types":["image/jpeg"],"ext":["jpg"],"max_bytes":10},"name":"a.jpg","size":20,)j"
      R"j("width":5,"height":5})j";
  const std::string head = jpeg(5, 5);

  const Result<std::string> verdict = check_attachment_json(request, bytes_of(head), {});

  CHECK(verdict.value() ==
        R"j({"findings":[{"code":"file_too_large","params":{"max":"1 KB","max_bytes":"10",)j"
        R"j("size":"20"},"severity":"error"}],"media_type":"image/jpeg"})j");
  CHECK(check_attachment_json("{}", {}, {}).error().code == ErrorCode::change_malformed);
}

}  // namespace
}  // namespace landfall
