/** The core module as TypeScript sees it. Everything below this folder's index is its own affair. */

export type { CoreError, CoreResult } from './calls';
export type {
  Fee,
  Finding,
  FormOptions,
  JsonValue,
  MigrationStep,
  NodeState,
  OpenForm,
  Verdict,
} from './form';
export { openForm } from './form';
export type { FunctionsModule, SideModule } from './functions';
export { loadFunctions, neededModules } from './functions';
export type { CoreSource } from './host';
export type { CoreModule } from './module';
export { loadModule } from './module';
export type { ByteStream, Identities, Recipients } from './sealing';
export { kSealingEntropyBytes, openBytes, openOpener, openSealer, sealBytes } from './sealing';
export type {
  AnswersPart,
  AnswersRequest,
  ApplicantKeys,
  IndexedPackage,
  PackageIndex,
  PublicKeys,
  SealedAttachment,
  Trust,
  VerifiedReceipt,
} from './submission';
export { deriveKeys, verifyIndex, verifyPackage, verifyReceipt, writeAnswers } from './submission';
export type { TrapCode } from './trap';
export { WasmTrap } from './trap';
export type {
  ComparedLogs,
  JudgedKind,
  JudgedStep,
  Judgement,
  JudgingTrust,
  LogHead,
  PlacedReceipt,
  TrustModule,
} from './trust';
export { loadTrust } from './trust';
export type {
  AttachmentCheck,
  CheckedAttachment,
  CheckedValue,
  Digest,
  ValueCheck,
} from './values';
export { checkAttachment, checkValue, openDigest, paddedSize, sha256 } from './values';
export type { BackupFacts, ExpectedBackup, PasswordCost, RecoveryKeys, VaultModule } from './vault';
export { hashPassword, kPasswordSaltBytes, kRecoverySecretBytes, loadVault } from './vault';
export type { VectorChaCha20 } from './vector';
export { lendVector } from './vector';
