// Finding a received case in a server's data folder, for the submissions commands.

#ifndef LANDFALL_SERVER_CLI_CASE_ACCESS_H_
#define LANDFALL_SERVER_CLI_CASE_ACCESS_H_

#include <memory>
#include <string>

#include "server/cli/options.h"
#include "server/cli/outcome.h"
#include "server/desk/case_store.h"
#include "server/desk/tell_applicant.h"
#include "server/store/open_case_store.h"

namespace landfall {

// What to say of a data folder that could not be opened.
[[nodiscard]] Failure data_failure(Error error, const std::string& folder);

// The store in the folder that --data names. Fails with kExitUsage without it, kExitCouldNot when
// there is no such store.
[[nodiscard]] Outcome<std::unique_ptr<CaseStore>> open_data_option(
    const Options& options, CaseAccess access = CaseAccess::read);

// The case with this case number, submission id or manifest digest. Fails with kExitCouldNot.
[[nodiscard]] Outcome<ReceivedCase> find_case(const CaseStore& store, const std::string& reference);

// Tells the applicant of the case, and says so on standard error. Fails with kExitCouldNot.
[[nodiscard]] Outcome<ToldMessage> tell(CaseStore& store, const ReceivedCase& received,
                                        MessageKind kind, const DeskKey& desk);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_CASE_ACCESS_H_
