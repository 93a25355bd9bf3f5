// The documents part of a package: file rules and document slots.

#include <algorithm>

#include "shared/codec/canonical_json.h"
#include "shared/form/attachment_json.h"
#include "shared/form/package_builder.h"

namespace landfall {

void PackageBuilder::read_documents(const Json& documents) {
  if (!documents.is_object()) {
    report({"documents", 0, ""}, "malformed");
    return;
  }
  if (const Json* rules = find_member(documents, "rules"); rules != nullptr) {
    for (const auto& [name, rule] : rules->items()) read_rule(rule, name);
  }
  if (const Json* slots = find_member(documents, "slots"); slots != nullptr) {
    for (const auto& [name, slot] : slots->items()) read_slot(slot, name);
  }
  if (const Json* whole = find_member(documents, "case"); whole != nullptr) {
    const Result<std::int64_t> bytes = member_integer(*whole, "max_bytes");
    const Result<std::int64_t> files = member_integer(*whole, "max_files");
    if (!bytes.ok() || !files.ok() || bytes.value() < 1 || files.value() < 1 ||
        files.value() > 10000) {
      report({"documents", 0, "case"}, "malformed");
      return;
    }
    package_.max_case_bytes = static_cast<std::uint64_t>(bytes.value());
    package_.max_case_files = static_cast<std::uint32_t>(files.value());
  }
  const Result<std::string> canonical = write_canonical_json(documents);
  if (canonical.ok()) package_.documents_json = canonical.value();
}

void PackageBuilder::read_rule(const Json& rule, std::string_view name) {
  Result<AttachmentRule> read = attachment_rule_of_json(rule);
  if (!read.ok()) {
    report({"documents", 0, "rules"}, "malformed", name);
    return;
  }
  rules_.push_back(std::move(read).value());
  rules_.back().name = std::string(name);
}

void PackageBuilder::read_slot(const Json& slot, std::string_view name) {
  const std::string_view rule_name = member_text_or(slot, "rule", "");
  const auto rule = std::find_if(rules_.begin(), rules_.end(), [rule_name](const auto& known) {
    return known.name == rule_name;
  });
  if (rule == rules_.end()) {
    report({"documents", 0, "slots"}, "unknown_rule", name);
    return;
  }
  DocumentSlot made{std::string(name), *rule, 1, rule->max_files};
  const Result<std::int64_t> least = member_integer(slot, "min_files");
  const Result<std::int64_t> most = member_integer(slot, "max_files");
  if (least.ok() && least.value() >= 0) made.min_files = static_cast<std::uint32_t>(least.value());
  if (most.ok() && most.value() > 0) made.max_files = static_cast<std::uint32_t>(most.value());
  if (made.min_files > made.max_files || made.max_files > 60) {
    report({"documents", 0, "slots"}, "malformed", name);
    return;
  }
  package_.slots.push_back(std::move(made));
  const Json* texts = find_member(slot, "texts");
  if (texts == nullptr || !texts->is_object()) return;
  for (const auto& [member, key] : texts->items()) {
    (void)key;
    (void)text_key(*texts, {"documents", 0, member});
  }
}

}  // namespace landfall
