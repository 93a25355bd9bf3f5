#include "server/cli/verify_build.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>

#include "server/cli/files.h"
#include "server/cli/http_client.h"
#include "server/cli/package_folder.h"
#include "server/cli/root_judge.h"
#include "server/cli/site_source.h"
#include "shared/submission/build_list.h"

namespace landfall {
namespace {

constexpr std::string_view kKind = "build";

// One file that is not as the agency signed it.
struct Difference {
  std::string path;
  std::string_view what;  // differs, missing, extra
  std::string sentence;
};

std::optional<std::string_view> audience_of(const VerificationTrust& trust) {
  if (!trust.audience) return std::nullopt;
  return std::string_view(*trust.audience);
}

Difference differs(const BuildFile& file, const Bytes& bytes, std::string_view how) {
  return {file.path, "differs",
          fmt::format("differs{}: {} bytes with SHA-256 {}, signed are {} bytes with {}", how,
                      bytes.size(), sha256_hex(bytes), file.size, file.sha256)};
}

// Compares one file in every coding that it may be sent in.
Outcome<std::optional<Difference>> compare(SiteSource& site, const BuildFile& file) {
  constexpr std::array<std::pair<ContentCoding, std::string_view>, 3> kCodings = {
      {{ContentCoding::identity, ""},
       {ContentCoding::brotli, " where it is sent compressed by brotli"},
       {ContentCoding::gzip, " where it is sent compressed by gzip"}}};
  for (const auto& [coding, how] : kCodings) {
    Outcome<std::optional<Bytes>> bytes = site.read(file.path, coding);
    if (!bytes.ok()) return bytes.failure();
    if (bytes.value() && sha256_hex(*bytes.value()) != file.sha256) {
      return std::optional(differs(file, *bytes.value(), how));
    }
    if (!bytes.value() && coding == ContentCoding::identity) {
      return std::optional(Difference{file.path, "missing", "is missing"});
    }
  }
  return std::optional<Difference>();
}

const BuildFile* find_listed(const BuildList& list, std::string_view path) {
  const auto found = std::find_if(list.files.begin(), list.files.end(),
                                  [path](const BuildFile& file) { return file.path == path; });
  return found == list.files.end() ? nullptr : &*found;
}

// A site's entrance is sent for its bare address.
Outcome<std::optional<Difference>> compare_entrance(SiteSource& site, const BuildFile& index) {
  for (const ContentCoding coding :
       {ContentCoding::identity, ContentCoding::brotli, ContentCoding::gzip}) {
    Outcome<std::optional<Bytes>> bytes = site.read("", coding);
    if (!bytes.ok()) return bytes.failure();
    if (bytes.value() && sha256_hex(*bytes.value()) != index.sha256) {
      Difference difference =
          differs(index, *bytes.value(), " where the bare address is asked for");
      difference.path.assign(1, '/');
      return std::optional(std::move(difference));
    }
  }
  return std::optional<Difference>();
}

Outcome<std::vector<Difference>> compare_all(SiteSource& site, const BuildList& list) {
  std::vector<Difference> differences;
  const auto add = [&](Outcome<std::optional<Difference>> found) -> std::optional<Failure> {
    if (!found.ok()) return found.failure();
    if (found.value()) differences.push_back(*std::move(found.value()));
    return std::nullopt;
  };
  for (const BuildFile& file : list.files) {
    if (auto failure = add(compare(site, file))) return *std::move(failure);
  }
  Outcome<std::vector<std::string>> names = site.names();
  if (!names.ok()) return names.failure();
  for (const std::string& name : names.value()) {
    if (name.empty()) {
      const BuildFile* index = find_listed(list, "index.html");
      if (index == nullptr) continue;
      if (auto failure = add(compare_entrance(site, *index))) return *std::move(failure);
    } else if (name != kBuildListName && find_listed(list, name) == nullptr) {
      differences.push_back({name, "extra", "is not in the list: nobody signed it"});
    }
  }
  if (find_listed(list, "index.html") == nullptr) {
    differences.push_back({"index.html", "missing", "is not in the list, so this is no portal"});
  }
  return differences;
}

Json difference_json(const Difference& difference) {
  return {{"path", difference.path}, {"what", difference.what}, {"why", difference.sentence}};
}

// `facts` are those of the verdict on the list.
std::string describe(const BuildList& list, const Json& facts) {
  return fmt::format("build of {} for {}, {} files, signed by {}{}", list.issued, list.aud,
                     list.files.size(), root_words(facts),
                     list.development ? " (development key)" : "");
}

Verification verification_of(const BuildList& list, Json facts,
                             const std::vector<Difference>& differences, bool is_served) {
  Verification found;
  found.genuine = differences.empty();
  const std::string description = describe(list, facts);
  found.facts = std::move(facts);
  found.facts["genuine"] = found.genuine;
  found.facts["kind"] = kKind;
  Json all = Json::array();
  for (const Difference& difference : differences) {
    all.push_back(difference_json(difference));
    found.details.push_back(difference.path + " " + difference.sentence);
  }
  found.facts["differences"] = std::move(all);
  found.sentence = found.genuine ? description + ", each of them as it was signed"
                                 : fmt::format(
                                       "build: {} file(s) are not as they were signed; the list is "
                                       "the {}",
                                       differences.size(), description);
  if (is_served) {
    found.sentence +=
        "; of files beyond the list a server tells nothing, and it may serve others "
        "something else";
  }
  return found;
}

Verification without_list(const std::string& place) {
  const std::string sentence = fmt::format(
      "build: there is no {} at {}, so nobody signed what is there", kBuildListName, place);
  return {false,
          sentence,
          {{"genuine", false}, {"kind", kKind}, {"reason", "there is no signed list"}},
          {}};
}

}  // namespace

bool names_portal(const std::string& operand) {
  if (!is_url(operand)) return is_folder(operand);
  const std::size_t host = operand.find("//") + 2;
  return operand.ends_with('/') || operand.find('/', host) == std::string::npos;
}

Outcome<Verification> verify_portal(const std::string& place, const TrustedRoots& roots,
                                    const VerificationTrust& trust) {
  const bool is_served = is_url(place);
  const std::unique_ptr<SiteSource> site = is_served ? site_at_url(place) : site_in_folder(place);
  Outcome<std::optional<Bytes>> bytes =
      site->read(std::string(kBuildListName), ContentCoding::identity);
  if (!bytes.ok()) return bytes.failure();
  if (!bytes.value()) return without_list(place);
  const std::string_view text = trimmed(text_of(*bytes.value()));
  Outcome<Judged> judged =
      judge_by(roots, trust, claimed_audience(text),
               [text](const VerificationTrust& by) { return judge_document(text, by); });
  if (!judged.ok()) return judged.failure();
  if (!judged.value().verdict.genuine()) return verification_of(std::move(judged.value()));
  const Result<BuildList> list = verify_build_list(text, judged.value().root, audience_of(trust));
  if (!list.ok()) return not_genuine(kKind, list.error().code);
  Outcome<std::vector<Difference>> differences = compare_all(*site, list.value());
  if (!differences.ok()) return differences.failure();
  return verification_of(list.value(), std::move(judged.value().verdict.facts), differences.value(),
                         is_served);
}

}  // namespace landfall
