#include <cstdint>
#include <string>

#include "shared/base/bytes.h"
#include "shared/codec/hex.h"
#include "shared/codec/json.h"
#include "shared/form/attachment.h"
#include "shared/form/attachment_json.h"
#include "shared/text/folding.h"
#include "tests/conformance/operations/identity_rules.h"
#include "tests/conformance/operations/row_values.h"

namespace landfall::conformance {
namespace {

// What a decoder would measure where the row gives no pixels.
constexpr std::int64_t kWidth = 700;
constexpr std::int64_t kHeight = 900;

std::int64_t count_member(const Json& row, std::string_view name, std::int64_t otherwise) {
  const Result<std::int64_t> count = member_integer(row, name);
  return count.ok() ? count.value() : otherwise;
}

// The end of a PDF as the row describes it.
std::string pdf_end(const Json& row) {
  std::string end =
      "<</Type/Pages/Count " + std::to_string(count_member(row, "pages", 1)) + ">>\ntrailer<<";
  if (member_bool_or(row, "encrypted", false)) end += "/Encrypt 5 0 R";
  return end + ">>\n%%EOF\n";
}

}  // namespace

Outcome run_attachments(const Row& row) {
  const Result<AttachmentRule> rule = attachment_rule_of_json(row.given);
  const Result<Bytes> head = parse_hex(ascii_lower(text_of_row(row.row, "magic")));
  if (!rule.ok() || !head.ok()) return {false, "no rule of this name, or a row without magic"};

  const std::string tail = pdf_end(row.row);
  AttachmentFacts facts;
  facts.file_name = text_of_row(row.row, "name");
  facts.size = static_cast<std::uint64_t>(count_member(row.row, "bytes", 0));
  facts.width = static_cast<std::uint32_t>(count_member(row.row, "w", kWidth));
  facts.height = static_cast<std::uint32_t>(count_member(row.row, "h", kHeight));
  facts.head = head.value();
  facts.tail = bytes_of(tail);

  const AttachmentVerdict verdict = check_attachment(rule.value(), facts);
  std::string observed = verdict.media_type;
  for (const Finding& finding : verdict.findings) observed += " " + finding.code;
  return {verdict.findings.empty() == (row.group == "valid"), observed};
}

}  // namespace landfall::conformance
