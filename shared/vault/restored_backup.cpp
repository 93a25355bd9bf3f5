#include "shared/vault/restored_backup.h"

namespace landfall {

Result<std::uint64_t> check_restored_backup(std::string_view statement,
                                            const Secret<kRootBytes>& root,
                                            const ExpectedBackup& expected) {
  constexpr Error kNotGenuine{ErrorCode::backup_not_genuine};
  const Result<VerifiedBackup> verified = verify_backup_statement(statement, expected.audience);
  if (!verified.ok()) return kNotGenuine;
  const BackupStatement& said = verified.value().statement;
  if (verified.value().kid != derive_applicant_keys(root).sign.kid()) return kNotGenuine;
  if (said.vault != expected.vault) return kNotGenuine;
  if (!said.content) return Error{ErrorCode::backup_deleted};
  if (*said.content != expected.content) return kNotGenuine;
  if (said.counter < expected.least_counter) return Error{ErrorCode::backup_rolled_back};
  return said.counter;
}

}  // namespace landfall
