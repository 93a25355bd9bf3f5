#include "server/cli/case_access.h"

#include <fmt/core.h>

#include <cstdio>
#include <optional>
#include <utility>

#include "server/cli/moment.h"

namespace landfall {

Failure data_failure(Error error, const std::string& folder) {
  Failure failure = failure_of(error, folder);
  if (error.code == ErrorCode::not_found) {
    failure.message += ": no server's data lies there; give the folder of landfall serve --data";
  }
  return failure;
}

Outcome<std::unique_ptr<CaseStore>> open_data_option(const Options& options, CaseAccess access) {
  if (!options.has("data")) return Failure{kExitUsage, "--data is needed"};
  Result<std::unique_ptr<CaseStore>> store = open_case_store(options.value("data"), access);
  if (!store.ok()) return data_failure(store.error(), options.value("data"));
  return std::move(store).value();
}

Outcome<ReceivedCase> find_case(const CaseStore& store, const std::string& reference) {
  Result<std::optional<ReceivedCase>> found = store.find_case(reference);
  if (!found.ok()) return failure_of(found.error(), reference);
  if (!found.value()) return Failure{kExitCouldNot, reference + ": no such case"};
  return *std::move(found).value();
}

Outcome<ToldMessage> tell(CaseStore& store, const ReceivedCase& received, MessageKind kind,
                          const DeskKey& desk) {
  const std::int64_t now = now_milliseconds();
  const TellingTime time{static_cast<std::uint64_t>(now / 1000), utc_text(now)};
  Result<ToldMessage> told = tell_applicant(store, received, kind, desk, time);
  if (!told.ok()) return failure_of(told.error(), "telling the applicant");
  const std::string said =
      fmt::format("The applicant of {} {} told: {}.\n", received.case_number,
                  told.value().is_new ? "is" : "was already", message_kind_name(kind));
  std::fputs(said.c_str(), stderr);
  return std::move(told).value();
}

}  // namespace landfall
