#include "server/cli/import_folder.h"

#include <array>
#include <filesystem>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "server/cli/files.h"
#include "server/cli/output_file.h"
#include "shared/codec/canonical_json.h"
#include "shared/form/upload_rule.h"

namespace landfall {
namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 4> kParts = {"form", "documents", "workflow", "fees"};

struct FileToWrite {
  fs::path path;  // from the folder on
  const Json* content = nullptr;
};

std::vector<FileToWrite> files_of(const ImportedPackage& package) {
  std::vector<FileToWrite> files;
  const std::array<const Json*, 4> contents = {&package.form, &package.documents, &package.workflow,
                                               &package.fees};
  for (std::size_t i = 0; i < kParts.size(); ++i) {
    files.push_back({std::string(kParts[i]) + ".json", contents[i]});
  }
  for (const auto& [locale, texts] : package.texts) {
    files.push_back({fs::path("i18n") / locale / "forms" / (package.form_id + ".json"), &texts});
  }
  return files;
}

// The id of the form that lies in `folder`; nothing where none does.
std::optional<std::string> form_id_in(const fs::path& folder) {
  Outcome<std::string> text = load_text((folder / "form.json").string());
  if (!text.ok()) return std::nullopt;
  Result<Json> form = parse_json(text.value());
  const Json* settings = form.ok() ? find_member(form.value(), "settings") : nullptr;
  if (settings == nullptr || find_member(form.value(), "survey") == nullptr) return std::nullopt;
  return std::string(member_text_or(*settings, "form_id", ""));
}

// The rows of a data set that no file beside the form filled.
bool waits_for_data(const ImportedPackage& package, const std::string& name) {
  const Json* datasets = find_member(package.form, "datasets");
  const Json* dataset = datasets == nullptr ? nullptr : find_member(*datasets, name);
  const Json* rows = dataset == nullptr ? nullptr : find_member(*dataset, "rows");
  return rows != nullptr && rows->empty();
}

std::optional<Json> json_in(const fs::path& path) {
  Outcome<std::string> text = load_text(path.string());
  if (!text.ok()) return std::nullopt;
  Result<Json> json = parse_json(text.value());
  if (!json.ok()) return std::nullopt;
  return std::move(json).value();
}

bool is_same(const Json& a, const Json& b) {
  const Result<std::string> left = write_canonical_json(a);
  const Result<std::string> right = write_canonical_json(b);
  return left.ok() && right.ok() && left.value() == right.value();
}

// Whether an import wrote `documents`: each slot takes one file, by the rule of its kind.
bool is_of_import(const Json& documents) {
  Json rules = Json::object();
  Json slots = Json::object();
  const Json* given = find_member(documents, "slots");
  if (given == nullptr || !given->is_object()) return false;
  for (const auto& [name, slot] : given->items()) {
    const std::string rule(member_text_or(slot, "rule", ""));
    rules[rule] = upload_rule(rule);
    slots[name] = {{"rule", rule}, {"max_files", 1}};
    if (find_member(slot, "min_files") != nullptr) slots[name]["min_files"] = 1;
  }
  Json made = {{"rules", rules}, {"slots", slots}};
  if (find_member(documents, "case") != nullptr) {
    made["case"] = {{"max_bytes", 30000000}, {"max_files", 60}};
  }
  return is_same(made, documents);
}

class FolderCheck {
 public:
  FolderCheck(const ImportedPackage& package, fs::path folder, HandEdits edits)
      : package_(package), folder_(std::move(folder)), edits_(edits) {
    for (const FileToWrite& file : files_of(package)) written_.insert(file.path);
  }

  // Looks at all that is there; afterwards stale() are the files of an earlier import.
  Outcome<Done> run() {
    std::error_code error;
    if (!fs::exists(folder_, error)) return Done{};
    if (!fs::is_directory(folder_, error)) return refuse(folder_, "is no folder");
    const std::optional<std::string> id = form_id_in(folder_);
    if (id && *id != package_.form_id) {
      return refuse(folder_, "the folder holds the package of another form (" + *id +
                                 "); choose another folder, or give --form-id " + *id);
    }
    fs::recursive_directory_iterator at(folder_, error);
    for (const fs::recursive_directory_iterator end; !error && at != end; at.increment(error)) {
      const bool is_plain_folder = at->is_directory(error) && !at->is_symlink(error);
      const fs::path path = at->path().lexically_relative(folder_);
      if (is_left_alone(path)) {
        if (is_plain_folder) at.disable_recursion_pending();
        continue;
      }
      if (is_plain_folder) continue;
      if (!id) return refuse(folder_, "the folder holds files and no package; choose another");
      if (Outcome<Done> fits = check_file(path, at->is_symlink(error)); !fits.ok()) return fits;
    }
    return error ? Outcome<Done>(refuse(folder_, "cannot be read")) : Outcome<Done>(Done{});
  }

  [[nodiscard]] const std::vector<fs::path>& stale() const { return stale_; }
  // Files that an import has nothing to say in and somebody wrote in.
  [[nodiscard]] const std::set<fs::path>& kept() const { return kept_; }

 private:
  static Failure refuse(const fs::path& path, const std::string& why) {
    return {kExitCouldNot, path.string() + ": " + why};
  }

  static bool is_left_alone(const fs::path& path) {
    return path.filename().string().front() == '.' || *path.begin() == "migrations";
  }

  Outcome<Done> check_file(const fs::path& path, bool is_link) {
    if (is_link) return refuse(folder_ / path, "is a link, which an import does not write through");
    if (written_.count(path) != 0) return check_edits(path);
    const std::vector<fs::path> steps(path.begin(), path.end());
    const bool is_text = steps.size() == 4 && steps[0] == "i18n" && steps[2] == "forms" &&
                         steps[3] == package_.form_id + ".json";
    if (is_text) {
      stale_.push_back(path);
      return Done{};
    }
    if (steps.size() == 2 && steps[0] == "data") {
      if (waits_for_data(package_, path.stem().string())) return Done{};
      return refuse(folder_ / path,
                    "these rows would stand in for those of the form; remove the file, or lay it "
                    "beside the form");
    }
    return refuse(folder_ / path,
                  "is no part of an imported package; choose another folder, or take it away");
  }

  // What an import writes of fees and workflow is the same for every form, and of documents what
  // the questions ask for.
  Outcome<Done> check_edits(const fs::path& path) {
    if (edits_ == HandEdits::replaced) return Done{};
    const bool is_plain = path == "fees.json" || path == "workflow.json";
    if (!is_plain && path != "documents.json") return Done{};
    const std::optional<Json> here = json_in(folder_ / path);
    const Json& made = path == "fees.json"       ? package_.fees
                       : path == "workflow.json" ? package_.workflow
                                                 : package_.documents;
    if (here && is_same(*here, made)) return Done{};
    if (is_plain) {
      kept_.insert(path);
    } else if (!here || !is_of_import(*here)) {
      return refuse(folder_ / path,
                    "was changed by hand, and the form's uploads are written there; give "
                    "--overwrite to replace it and fees.json and workflow.json, and keep a copy");
    }
    return Done{};
  }

  const ImportedPackage& package_;
  fs::path folder_;
  HandEdits edits_;
  std::set<fs::path> kept_;
  std::set<fs::path> written_;
  std::vector<fs::path> stale_;
};

Outcome<Done> write_json(const fs::path& path, const Json& value) {
  Result<std::string> text = write_canonical_json(value);
  if (!text.ok()) return failure_of(text.error(), path.string());
  const std::string line = text.value() + "\n";
  if (Outcome<Done> made = make_folder(path.parent_path().string()); !made.ok()) return made;
  return save_file(path.string(), bytes_of(line), Readers::everybody, Existing::replaced);
}

}  // namespace

Outcome<std::vector<std::string>> write_imported_package(const ImportedPackage& package,
                                                         const std::string& folder,
                                                         HandEdits edits) {
  const fs::path to = fs::path(folder) / "";
  FolderCheck check(package, to.parent_path(), edits);
  if (Outcome<Done> fits = check.run(); !fits.ok()) return fits.failure();
  for (const FileToWrite& file : files_of(package)) {
    if (check.kept().count(file.path) != 0) continue;
    if (Outcome<Done> written = write_json(to / file.path, *file.content); !written.ok()) {
      return written.failure();
    }
  }
  for (const fs::path& file : check.stale()) {
    std::error_code error;
    if (!fs::remove(to / file, error)) {
      return Failure{kExitCouldNot, (to / file).string() + ": the old text cannot be removed"};
    }
    // The language's folders, where nothing else is in them.
    if (fs::remove((to / file).parent_path(), error)) {
      fs::remove((to / file).parent_path().parent_path(), error);
    }
  }
  std::vector<std::string> kept;
  for (const fs::path& file : check.kept()) kept.push_back((to / file).string());
  return kept;
}

}  // namespace landfall
