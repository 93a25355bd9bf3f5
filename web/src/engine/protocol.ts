/** What the page may ask of the engine worker, and what it hears back. The page holds no rule and no key. */

import type { ComparedWithLog, Judged, LogAlarm, Reoffered, Told } from './trust-protocol';

export type { ComparedWithLog, Judged, LogAlarm, Told };

/** A question's answer as JSON; `null` means not answered. */
export type Answer = string | number | boolean | readonly string[] | readonly FileAnswer[] | null;

export interface FileAnswer {
  readonly file_name: string;
  readonly media_type: string;
  /** Plaintext size in bytes. */
  readonly size: number;
  /** SHA-256 of the plaintext, 64 lower-case hex digits. */
  readonly sha256: string;
  readonly width?: number;
  readonly height?: number;
}

/** Not acceptable yet: the text is the message `finding.<code>` or the package's own text for a rule code. */
export interface Finding {
  readonly path: string;
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly params: Readonly<Record<string, string>>;
}

export interface NodeState {
  readonly path: string;
  readonly relevant: boolean;
  readonly required: boolean;
  readonly readonly: boolean;
  readonly value: Answer;
  readonly findings: readonly Finding[];
  /** Names of the choices left by a choice filter; absent when the whole list applies. */
  readonly choices?: readonly string[];
  readonly calculated?: boolean;
  /** What is stored, where that differs from what was typed. */
  readonly normalised?: string;
  /** What the arguments of the node's texts and of its choices' labels stand for. */
  readonly outputs?: Readonly<Record<string, string>>;
  /** On repeats only: how many instances there are; nodes of `members[n]` beyond it are gone. */
  readonly count?: number;
}

export type NodeKind = 'question' | 'group' | 'repeat' | 'note';

export interface FormNode {
  readonly path: string;
  readonly name: string;
  /** XLSForm type, or one of ours: `hkid`, `passport_number`, `name_zh`, … */
  readonly type: string;
  readonly kind: NodeKind;
  readonly parent: string;
  /** Text keys, not texts. */
  readonly label?: string;
  readonly hint?: string;
  readonly guidance_hint?: string;
  readonly constraint_message?: string;
  readonly appearance?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  /** Name of the choice list. */
  readonly list?: string;
  /** On file questions: the package's name for this place of the case file. */
  readonly slot?: string;
}

export interface Choice {
  readonly name: string;
  readonly label: string;
}

export interface DocumentRule {
  readonly types: readonly string[];
  readonly max_bytes: number;
  readonly max_files: number;
  /** How many the question needs when it is required; 1 when absent. */
  readonly min_files?: number;
  readonly min_width?: number;
  readonly min_height?: number;
  /** Longest side, pixels. */
  readonly max_side?: number;
  /** Width divided by height. */
  readonly aspect?: number;
  /** A fraction of `aspect`: 0.02 is two percent. */
  readonly aspect_tolerance?: number;
}

export interface FormDescription {
  readonly form_id: string;
  readonly version: string;
  readonly title: string;
  readonly default_language: string;
  readonly locales: readonly string[];
  readonly nodes: readonly FormNode[];
  readonly choices: Readonly<Record<string, readonly Choice[]>>;
  /** The file questions' rules, by path without positions. */
  readonly documents: Readonly<Record<string, DocumentRule>>;
}

/** Texts of one form in one locale: key to ICU MessageFormat. */
export type FormTexts = Readonly<Record<string, string>>;

export interface FormListing {
  readonly form_id: string;
  readonly version: string;
  readonly digest: string;
  /** Text of the form's title in the locale asked for. */
  readonly title: string;
  /** True once package and texts lie on this phone. */
  readonly offline: boolean;
}

export type VerdictStatus = 'incomplete' | 'complete' | 'with_warnings';

export interface Verdict {
  readonly status: VerdictStatus;
  readonly findings: readonly Finding[];
}

export interface Fee {
  readonly amount: number;
  readonly currency: string;
  readonly fee_code: string;
}

/** Where a draft stands on the ladder of design section 2: on this phone → sealed → sending → received. */
export type OutboxState =
  | { readonly kind: 'sealed' }
  | {
      readonly kind: 'sending';
      readonly sent_bytes: number;
      readonly total_bytes: number;
      readonly part: number;
      readonly parts: number;
    }
  | { readonly kind: 'waiting'; readonly reason: ProblemCode; readonly next_try_at: string | null }
  | { readonly kind: 'refused'; readonly reason: ProblemCode }
  | { readonly kind: 'received'; readonly case_number: string; readonly received_at: string };

export interface DraftSummary {
  readonly draft_id: string;
  readonly form_id: string;
  readonly digest: string;
  readonly started_at: string;
  readonly saved_at: string;
  /** How many relevant required questions have an acceptable answer, and how many there are. */
  readonly answered: number;
  readonly questions: number;
  /** The draft beside which this version of another phone is kept. */
  readonly rival_of?: string;
}

export interface OutboxSummary {
  readonly submission_id: string;
  readonly form_id: string;
  readonly digest: string;
  readonly sealed_at: string;
  readonly sealed_bytes: number;
  readonly state: OutboxState;
}

/** The last edit of a draft that the vault has: requests are numbered within one page only. */
export interface LastEdit {
  readonly page: string;
  readonly id: number;
}

export interface OpenedDraft {
  readonly draft_id: string;
  readonly description: FormDescription;
  readonly texts: FormTexts;
  readonly nodes: readonly NodeState[];
  readonly fee: Fee | null;
  /** Absent until the first edit was saved. */
  readonly last_edit?: LastEdit;
  /** The version that the agency offers now, where it is newer than the draft's. */
  readonly newer_version?: string;
  /** The version that the draft was in before it went over to this one. */
  readonly carried_from?: string;
}

/** A text of {@link Upgrade.texts}, words as they stand, yes or no, or a code of the engine. */
export type UpgradeWords =
  | { readonly key: string }
  | { readonly text: string }
  | { readonly truth: boolean }
  | { readonly code: string };

/** What becomes of one question, said in words. */
export interface UpgradeChange {
  readonly kind: 'moved' | 'asked_again' | 'dropped' | 'new';
  readonly label: UpgradeWords;
  /** What the question is called now, where it was renamed. */
  readonly now?: UpgradeWords;
  /** The section it stands in now, where that is another. */
  readonly section?: UpgradeWords;
  readonly reason?: UpgradeWords;
  /** What was answered before. */
  readonly was: readonly UpgradeWords[];
}

/** What a newer version of the form makes of a draft. */
export interface Upgrade {
  readonly from_version: string;
  readonly to_version: string;
  /** False while the draft is still in the version it was begun in. */
  readonly done: boolean;
  /** How many answers stay as they are. */
  readonly kept: number;
  readonly changes: readonly UpgradeChange[];
  readonly texts: FormTexts;
}

/** A stable name for what went wrong; the page shows the text `problem.<code>`. */
export type ProblemCode = string;

export interface AttachRequest {
  readonly draft_id: string;
  readonly path: string;
  /** The prepared file: upright, scaled, without metadata. */
  readonly file: Blob;
  readonly file_name: string;
  readonly width?: number;
  readonly height?: number;
}

export interface AttachOutcome {
  readonly changes: readonly NodeState[];
  /** Present when the file was not taken. */
  readonly findings: readonly Finding[];
}

export interface Receipt extends Reoffered {
  readonly submission_id: string;
  readonly form_id: string;
  readonly case_number: string;
  readonly received_at: string;
  readonly amount_due: { readonly amount: number; readonly currency: string };
  readonly manifest_sha256: string;
  /** The whole receipt, a compact JWS: what `landfall verify` takes. */
  readonly jws: string;
  /** The short receipt for the QR. */
  readonly short_jws: string;
  /** Checked on this phone, now, against the root key compiled into this build. */
  readonly genuine: boolean;
  readonly told: Told | null;
  readonly replaced?: boolean;
}

/** A file that was handed in for somebody: what its receipt says, which is genuine and for this very file. */
export interface HandedIn {
  readonly case_number: string;
  readonly received_at: string;
  readonly amount_due: { readonly amount: number; readonly currency: string };
  /** The whole receipt, as a file. */
  readonly jws: string;
  /** The short receipt, for the QR. */
  readonly short_jws: string;
}

export interface StorageFacts {
  readonly persisted: boolean;
  readonly quota_bytes: number | null;
  readonly used_bytes: number | null;
}

export type VaultState = 'none' | 'locked' | 'open';

/** What a person shows to open their vault; `device`: nothing, whoever can use this browser can. */
export type UnlockMethod = 'device' | 'pin' | 'passphrase' | 'passkey';

/** What the locked screen may know of a person: how they unlock, and what they want to be called there. */
export interface Person {
  /** A random name. */
  readonly person: string;
  /** Empty for one who has chosen none. */
  readonly label: string;
  readonly method: UnlockMethod;
  /** Wrong tries in a row. */
  readonly failed: number;
  /** When the next try may be made; null: now. */
  readonly wait_until: string | null;
  readonly passkey?: PasskeyFacts;
}

/** What the page asks a passkey by. */
export interface PasskeyFacts {
  readonly credential_id: Uint8Array<ArrayBuffer>;
  /** What its pseudo-random function is asked about. */
  readonly salt: Uint8Array<ArrayBuffer>;
}

/** What was shown: a PIN or passphrase as typed, the answer of a passkey, or nothing. */
export type Shown =
  { readonly password: string } | { readonly prf: Uint8Array<ArrayBuffer> } | null;

/** How a vault is to be unlocked from now on. */
export type NextUnlocking =
  | { readonly method: 'device' }
  | { readonly method: 'pin' | 'passphrase'; readonly password: string }
  | (PasskeyFacts & { readonly method: 'passkey'; readonly prf: Uint8Array<ArrayBuffer> });

/** The person whose vault is open. */
export interface Me {
  readonly person: string;
  readonly label: string;
  readonly method: UnlockMethod;
  /** Without a touch for that long the page locks the vault; 0 is never. */
  readonly lock_after_ms: number;
}

/**
 * An open vault under a key that nothing hands out, on its way to another tab, or kept by the page for the
 * worker that takes over from a stopped one. The page never looks into it.
 */
export interface CarriedVault {
  readonly person: string;
  readonly root: {
    readonly key: CryptoKey;
    readonly iv: Uint8Array<ArrayBuffer>;
    readonly sealed: Uint8Array<ArrayBuffer>;
  };
}

export interface BootState {
  readonly vault: VaultState;
  /** Present while the vault is open. */
  readonly me?: Me;
  readonly engine: string;
  /** Of the agency's root key that publishes now, as far as this phone knows. */
  readonly root_kid: string;
  /** Of those that it took the place of, which sheets printed before name; absent where there are none. */
  readonly former_root_kids?: readonly string[];
  readonly development: boolean;
  readonly index: 'missing' | 'fresh' | 'expired';
}

/** How the copy on the server stands; it can be opened with the recovery code alone. */
export type BackupState =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'on';
      /** When the code was made. */
      readonly made_at: string;
      /** When the server last took a copy; null before the first time. */
      readonly kept_at: string | null;
      /** Until when it is kept there without being used. */
      readonly expires: string | null;
      /** Something changed that the server does not have yet. */
      readonly waiting: boolean;
      /** Why the last try failed; null when it did not. */
      readonly reason: ProblemCode | null;
      /** Files of more than the server takes at once: they are on this phone only. */
      readonly left_out: number;
      /** A former copy is still to be deleted there. */
      readonly leaving: boolean;
    };

/** What is printed: it opens everything, so it is shown when it is asked for and at no other time. */
export interface RecoverySheet {
  /** 26 symbols in groups. */
  readonly code: string;
  readonly made_at: string;
}

/** How much of each a restored backup brought that was not here before. */
export interface Restored {
  readonly drafts: number;
  readonly items: number;
  readonly receipts: number;
  readonly files: number;
  /** Versions that are kept beside a draft of this phone. */
  readonly rivals: number;
  /** Files that the server has no longer: their drafts came without them. */
  readonly lost_files: number;
}

/** Every call the page can make. Each rejects with an {@link EngineProblem}. */
export interface EngineApi {
  boot(): Promise<BootState>;
  /** Makes the applicant's keys, kept under a key that cannot leave this browser. */
  createVault(): Promise<BootState>;
  lockVault(): Promise<BootState>;
  /** Opens the vault of the only person of this browser, who needs to show nothing. Problems: vault_locked. */
  unlockVault(): Promise<BootState>;
  /** Whose vaults lie in this browser; says nothing of what is in them. */
  listPeople(): Promise<readonly Person[]>;
  /**
   * Opens one person's vault and locks the others'. Wrong tries cost waits, never anything else.
   *
   * Problems: vault_missing, vault_unreadable, unlock_wrong, unlock_wait; unlock_missing where the module that
   * hashes passwords is not on this phone.
   */
  unlockPerson(request: { readonly person: string; readonly shown: Shown }): Promise<BootState>;
  /** Makes and opens a vault for one more person; the others' are locked. */
  addPerson(request: { readonly label: string }): Promise<BootState>;
  /**
   * Has the open vault unlocked in another way. `current` is what the present way asks for.
   *
   * Problems: as `unlockPerson`; unlock_changed, unlock_missing.
   */
  changeUnlocking(request: {
    readonly current: Shown;
    readonly next: NextUnlocking;
  }): Promise<BootState>;
  /** What the locked screen calls the person, and when the vault locks itself. */
  setPerson(request: {
    readonly label?: string;
    readonly lock_after_ms?: number;
  }): Promise<BootState>;
  /** Deletes every draft, outbox item, receipt and key of the open person; the others' stay. */
  leaveDevice(): Promise<BootState>;
  /** Opens what {@link EngineEvent} `vault-carried` brought, for the worker that takes over. */
  resumeVault(request: CarriedVault): Promise<VaultState>;
  /** Deletes every draft, outbox item, receipt and key of this browser, of everybody. */
  wipe(): Promise<BootState>;
  listForms(request: { readonly locale: string }): Promise<readonly FormListing[]>;
  /** Fetches every form of the list that is not on this phone, one after the other, for as long as it is wanted. */
  keepForms(request: { readonly locale: string }): Promise<null>;
  listDrafts(): Promise<readonly DraftSummary[]>;
  startDraft(request: { readonly form_id: string; readonly locale: string }): Promise<OpenedDraft>;
  openDraft(request: { readonly draft_id: string; readonly locale: string }): Promise<OpenedDraft>;
  /** What the newer version of the form would change, or did change; changes nothing. Problems: form_unknown. */
  previewUpgrade(request: { readonly draft_id: string; readonly locale: string }): Promise<Upgrade>;
  /** Takes the draft over to the newer version. What has no place there stays in the draft and is not sent. */
  upgradeDraft(request: {
    readonly draft_id: string;
    readonly locale: string;
  }): Promise<OpenedDraft>;
  closeDraft(request: { readonly draft_id: string }): Promise<null>;
  deleteDraft(request: { readonly draft_id: string }): Promise<null>;
  /** Applies one change; the answer lists what differs, in form order. Saving follows by itself within a second. */
  setAnswer(request: {
    readonly draft_id: string;
    readonly path: string;
    readonly value: Answer;
  }): Promise<readonly NodeState[]>;
  addRepeat(request: {
    readonly draft_id: string;
    readonly path: string;
  }): Promise<readonly NodeState[]>;
  removeRepeat(request: {
    readonly draft_id: string;
    readonly path: string;
    readonly index: number;
  }): Promise<readonly NodeState[]>;
  /** Resolves when all that was set is sealed in the vault. */
  flush(): Promise<null>;
  attach(request: AttachRequest): Promise<AttachOutcome>;
  detach(request: {
    readonly draft_id: string;
    readonly path: string;
    readonly sha256: string;
  }): Promise<readonly NodeState[]>;
  /** The plaintext of an attached file, for a preview. */
  readAttachment(request: { readonly draft_id: string; readonly sha256: string }): Promise<Blob>;
  check(request: { readonly draft_id: string }): Promise<Verdict>;
  fee(request: { readonly draft_id: string }): Promise<Fee | null>;
  /** Seals, signs, moves the draft into the outbox. */
  submit(request: { readonly draft_id: string }): Promise<OutboxSummary>;
  listOutbox(): Promise<readonly OutboxSummary[]>;
  retryNow(request: { readonly submission_id: string }): Promise<null>;
  /** Opens a refused item as a draft again; nothing is lost. */
  reopen(request: { readonly submission_id: string }): Promise<DraftSummary>;
  exportBundle(request: { readonly submission_id: string }): Promise<Blob>;
  /**
   * Hands in a file that somebody else's phone saved; needs no vault and keeps nothing. Progress is
   * told by `handing-in`. Handing in twice answers with the same receipt.
   *
   * Problems: bundle_malformed, file_damaged, too_large, file_unreadable, receipt_not_genuine, those
   * of the network, the server's.
   */
  handIn(request: { readonly bundle: Blob }): Promise<HandedIn>;
  /**
   * Takes the receipt that came back by hand, the file or the text of its QR code; the item is
   * received when it is genuine and its own.
   */
  takeReceipt(request: { readonly submission_id: string; readonly receipt: Blob }): Promise<null>;
  listReceipts(): Promise<readonly Receipt[]>;
  /** What is brought, and whether it is genuine; nothing is kept. Problems: file_unreadable, engine_missing. */
  judge(request: { readonly content: Blob }): Promise<Judged>;
  /**
   * Whether two checkpoints, or receipts that bring theirs, are of one log that only grew; null: the head now.
   * Problems: the codes of what is not genuine; with null those of the network.
   */
  compareLogs(request: {
    readonly first: Blob;
    readonly second: Blob | null;
  }): Promise<ComparedWithLog>;
  /** What was found wrong with the receipt log so far; none while the vault is locked. */
  logAlarms(): Promise<readonly LogAlarm[]>;
  /** A draft with its files as one sealed file, opened elsewhere with `code`. */
  exportDraft(request: {
    readonly draft_id: string;
  }): Promise<{ readonly file: Blob; readonly file_name: string; readonly code: string }>;
  importDraft(request: {
    readonly file: Blob;
    readonly code: string;
    readonly locale: string;
  }): Promise<DraftSummary>;
  backup(): Promise<BackupState>;
  /** Makes a recovery code unless there is one, and begins to keep a copy on the server. Problems: vault_locked, vault_missing. */
  makeRecovery(): Promise<RecoverySheet>;
  /** The sheet once more. Problems: recovery_missing. */
  recoverySheet(): Promise<RecoverySheet>;
  /**
   * A new code in place of a lost one: the copy goes to another place, and the one that the former code
   * opens is deleted. Problems: recovery_missing, those of the network (then the former code stays).
   */
  replaceRecovery(): Promise<RecoverySheet>;
  /** Brings the copy up to date now. Problems: those of the network, backup_missing. */
  backUpNow(): Promise<BackupState>;
  /** Deletes the copy on the server, and forgets the code. Problems: recovery_missing, those of the network. */
  deleteBackup(): Promise<BackupState>;
  /**
   * Opens in this browser what a recovery code gives, as one more person where somebody else is there.
   *
   * Problems: recovery_code_symbol, recovery_code_length, recovery_code_wrong (offset: the group),
   * backup_missing, backup_not_genuine, backup_rolled_back, those of the network.
   */
  restore(request: { readonly code: string }): Promise<Restored>;
  storage(): Promise<StorageFacts>;
  /** Sets the text of a lost connection right: the page tells what the browser told it. */
  network(request: { readonly online: boolean }): Promise<null>;
}

/**
 * What the worker says by itself.
 *
 * - `saved`: all edits of the draft up to and including the request `through` are sealed in the vault.
 * - `save-failed`: they are not; the engine keeps trying. `storage_full` needs the person's help.
 * - `outbox`: the whole list, after any change of any item (also one made by another tab).
 * - `handing-in`: how far the file of `handIn` came.
 * - `forms`: the list of forms changed; ask `listForms` again.
 * - `backup`: the copy on the server was brought up to date, or could not be; drafts may have come with it.
 * - `log`: the receipt log was looked at; every alarm there is.
 * - `vault`: another tab locked, unlocked, made or wiped the vault, opened another person's or changed its settings; ask `boot`
 *   again.
 * - `vault-carried`: what the client gives to a worker that takes over, null once nothing is open; no page hears it.
 * - `restarted`: the engine stopped (`engine_out_of_memory`, `engine_aborted`, …), was started again,
 *   opened the drafts that were open and took the edits that were not saved yet once more. `drafts`
 *   is how they stand now. Calls that were waiting go on; only a call that stops the engine twice is
 *   rejected, with the same code. The page keeps what is typed in its fields.
 * - `stopped`: the engine could not be brought back; every call rejects with `reason` until the page
 *   is loaded again. What was saved is in the vault.
 */
export type EngineEvent =
  | {
      readonly event: 'saved';
      readonly draft_id: string;
      readonly saved_at: string;
      readonly through: number;
    }
  | { readonly event: 'save-failed'; readonly draft_id: string; readonly reason: ProblemCode }
  | { readonly event: 'outbox'; readonly items: readonly OutboxSummary[] }
  | { readonly event: 'handing-in'; readonly sent_bytes: number; readonly total_bytes: number }
  | { readonly event: 'forms' }
  | { readonly event: 'backup'; readonly backup: BackupState }
  | { readonly event: 'log'; readonly alarms: readonly LogAlarm[] }
  | { readonly event: 'vault'; readonly vault: VaultState }
  | { readonly event: 'vault-carried'; readonly vault: CarriedVault | null }
  | {
      readonly event: 'restarted';
      readonly reason: ProblemCode;
      readonly drafts: readonly OpenedDraft[];
    }
  | { readonly event: 'stopped'; readonly reason: ProblemCode };

export interface EngineProblem {
  readonly code: ProblemCode;
  readonly offset?: number;
}

export type EngineMethod = keyof EngineApi;

export interface EngineRequest {
  readonly id: number;
  /** A random name of the page that asks. */
  readonly page: string;
  readonly method: EngineMethod;
  readonly params: unknown;
}

/** Says that nobody waits for request `cancel` any more. */
export interface EngineCancel {
  readonly cancel: number;
}

/** The worker's last word: its module stopped while it worked on request `id`. The client starts another. */
export interface EngineStopped {
  readonly stopped: ProblemCode;
  readonly id: number | null;
}

export type EngineReply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly problem: EngineProblem };
