/** Keeps the backup on the server up to date: what changed goes there, what other phones changed comes here. */

import { deleteVault, fetchVault, prolongVault, putVault } from '../api/vaults';
import { ProblemError } from '../engine/problem';
import type { Surroundings } from '../engine/surroundings';
import type { RecoveryKeys, VaultArithmetic } from '../engine/vault-arithmetic';
import { applyDocument } from './backup-apply';
import type { Applying } from './backup-apply';
import {
  filesOf,
  formsOf,
  openDocument,
  readContents,
  sealDocument,
  shapeOf,
  weighed,
} from './backup-document';
import type { BackupDocument, VaultContents } from './backup-document';
import { grouped, putForms, putPack } from './backup-packs';
import type { Packing } from './backup-packs';
import { leavingPack } from './backup-records';
import type { Pack, RecoveryContents, RecoveryStore } from './backup-records';
import { formatInstant } from './clock';
import { bytesOfBase64Url } from './names';
import type { Packages } from './packages';

type Bytes = Uint8Array<ArrayBuffer>;

export interface BackingUp extends Applying {
  readonly around: Surroundings;
  readonly arithmetic: VaultArithmetic;
  readonly recovery: RecoveryStore;
}

/** How often another phone may be faster before this one waits for a better moment. */
const kMaxRounds = 4;
const kDayMs = 24 * 3_600_000;
/** The copy is put again when less than this is left. */
const kRefreshMs = 120 * kDayMs;
/** A pack may end so much before the copy that names it. */
const kEarlierMs = 7 * kDayMs;

/** The origin that statements are for. Problems: index_missing. */
function audience(packages: Packages): string {
  const index = packages.index();
  if (index === null) throw new ProblemError('index_missing');
  return index.aud;
}

/** A copy of the open root for one call; wiped afterwards. */
export async function lendRoot<T>(
  { vault }: Pick<BackingUp, 'vault'>,
  use: (root: Bytes) => Promise<T>,
): Promise<T> {
  const root = vault.withRoot((open) => open.slice());
  try {
    return await use(root);
  } finally {
    root.fill(0);
  }
}

function signer(of: BackingUp): Packing['sign'] {
  const aud = audience(of.packages);
  return (vault, counter, content) =>
    lendRoot(of, (root) =>
      of.arithmetic.signBackup(root, { aud, vault, counter, ...(content ?? {}) }),
    );
}

function hexName(random: (count: number) => Bytes): string {
  return Array.from(random(32), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function packing(of: BackingUp, keys: RecoveryKeys): Packing {
  const { around, core, files } = of;
  return {
    ...{ core, files, from: around, sign: signer(of), recipient: keys.recipient },
    newVault: () => hexName(around.randomBytes),
  };
}

export function recoveryKeys(of: BackingUp, record: RecoveryContents): Promise<RecoveryKeys> {
  return of.arithmetic.recoveryKeys(bytesOfBase64Url(record.secret));
}

/** Packs for every file that drafts and items name, put where they are lacking; noted one by one. */
async function putFiles(
  of: BackingUp,
  keys: RecoveryKeys,
  record: RecoveryContents,
  contents: VaultContents,
  signal: AbortSignal,
): Promise<RecoveryContents> {
  const packed = new Set(record.packs.flatMap(({ files }) => files));
  const files = [...filesOf(contents)].filter(([sha256]) => !packed.has(sha256));
  let noted = record;
  const note = async (pack: Pack): Promise<void> => {
    noted = { ...noted, packs: [...noted.packs, pack] };
    await of.recovery.save(noted);
  };
  for (const group of grouped(files.map(([, file]) => file))) {
    await note(await putPack(packing(of, keys), group, signal));
  }
  const there = new Set(record.packs.flatMap(({ forms = [] }) => forms));
  const lacking = [...formsOf(contents)].filter((digest) => !there.has(digest));
  if (lacking.length > 0) {
    await note(await putForms(packing(of, keys), of.packages, lacking, signal));
  }
  return noted;
}

/** Deletes what is to leave the server; what cannot be deleted stays noted. Problems: those of the network. */
export async function deleteLeaving(
  of: BackingUp,
  record: RecoveryContents,
  signal: AbortSignal,
): Promise<RecoveryContents> {
  let noted = record;
  for (const leaving of record.leaving) {
    const { vault, counter, held } = leaving;
    const statement = await signer(of)(vault, counter, null);
    const outcome = await deleteVault(of.around, { vault, statement, held }, signal);
    if (outcome.kind === 'changed') continue;
    noted = { ...noted, leaving: noted.leaving.filter((other) => other.vault !== vault) };
    await of.recovery.save(noted);
  }
  return noted;
}

/** Opens and checks what the server holds. Problems: backup_not_genuine, backup_rolled_back, backup_deleted. */
export async function openKept(
  of: Pick<BackingUp, 'core' | 'arithmetic' | 'packages'>,
  keys: RecoveryKeys,
  kept: { readonly sealed: Bytes; readonly statement: string },
  leastCounter: number,
): Promise<{ readonly document: BackupDocument; readonly root: Bytes; readonly counter: number }> {
  const document = openDocument(of.core, [keys.identity], kept.sealed);
  const root = bytesOfBase64Url(document.root);
  const counter = await of.arithmetic.checkBackup(root, kept.statement, {
    aud: audience(of.packages),
    vault: keys.vault_id,
    sha256: of.core.sha256(kept.sealed),
    size: kept.sealed.length,
    counter: Math.max(1, leastCounter),
  });
  return { document, root, counter };
}

function isOwnRoot(of: BackingUp, root: Bytes): boolean {
  const keys = of.core.deriveKeys(root);
  const { age_recipient } = keys;
  keys.free();
  root.fill(0);
  return age_recipient === of.vault.keys().age_recipient;
}

/** Takes in what another phone put there meanwhile. */
async function takeIn(
  of: BackingUp,
  keys: RecoveryKeys,
  record: RecoveryContents,
  signal: AbortSignal,
): Promise<RecoveryContents> {
  const kept = await fetchVault(of.around, keys.vault_id, signal);
  if (kept === null) {
    if (record.held !== null) throw new ProblemError('backup_missing');
    return record;
  }
  const opened = await openKept(of, keys, kept, record.counter).catch((cause: unknown) => {
    if (cause instanceof ProblemError && cause.code === 'backup_rolled_back') return null;
    throw cause;
  });
  if (opened === null) {
    // Older than what this phone has seen: nothing of it is taken in, and it is replaced.
    const replaced = { ...record, held: of.core.sha256(kept.sealed), shape: null };
    await of.recovery.save(replaced);
    return replaced;
  }
  const { document, root, counter } = opened;
  if (!isOwnRoot(of, root)) throw new ProblemError('backup_not_genuine');
  await applyDocument(of, document, record.bases, [keys.identity], signal);
  const own = new Set(record.packs.map(({ vault }) => vault));
  const taken: RecoveryContents = {
    ...record,
    counter,
    held: of.core.sha256(kept.sealed),
    // From here on, what the server says is what both had last.
    bases: basesOf(of, document),
    packs: [...record.packs, ...document.packs.filter(({ vault }) => !own.has(vault))],
    shape: null,
  };
  await of.recovery.save(taken);
  return taken;
}

export function basesOf(
  { core }: Pick<BackingUp, 'core'>,
  { drafts }: Pick<VaultContents, 'drafts'>,
): Record<string, string> {
  return Object.fromEntries(
    weighed(core, drafts).map(({ draft, digest }) => [draft.draft_id, digest]),
  );
}

/** Prolongs packs that would end before the copy that names them; those that are gone are left out. */
async function prolong(
  of: BackingUp,
  { packs, expires }: RecoveryContents,
  signal: AbortSignal,
): Promise<readonly Pack[]> {
  const wanted = Math.max(
    of.around.now().getTime() + kRefreshMs,
    expires === null ? 0 : Date.parse(expires) - kEarlierMs,
  );
  const lasting: Pack[] = [];
  for (const pack of packs) {
    const { vault, sha256 } = pack;
    if (pack.expires === null || Date.parse(pack.expires) >= wanted) lasting.push(pack);
    else {
      const prolonged = await prolongVault(of.around, vault, sha256, signal);
      // One that is gone is put anew: its files are in no pack then.
      if (prolonged !== null) lasting.push({ ...pack, expires: prolonged.expires });
    }
  }
  return lasting;
}

function isDone(of: BackingUp, record: RecoveryContents, shape: string): boolean {
  const soon = of.around.now().getTime() + kRefreshMs;
  const lasts = [record, ...record.packs].every(
    ({ expires }) => expires === null || Date.parse(expires) > soon,
  );
  return record.held !== null && record.shape === shape && lasts;
}

/** Puts the whole of it once; null when another phone was faster. */
async function putOnce(
  of: BackingUp,
  keys: RecoveryKeys,
  record: RecoveryContents,
  signal: AbortSignal,
): Promise<RecoveryContents | null> {
  const contents = await readContents(of);
  const shape = shapeOf(of.core, contents);
  if (isDone(of, record, shape)) return record;
  const lasting = { ...record, packs: await prolong(of, record, signal) };
  const packed = await putFiles(of, keys, lasting, contents, signal);
  const used = filesOf(contents);
  const forms = formsOf(contents);
  const packs = packed.packs.filter(
    (pack) =>
      pack.files.some((file) => used.has(file)) ||
      (pack.forms ?? []).some((digest) => forms.has(digest)),
  );
  const sealed = await lendRoot(of, (root) =>
    Promise.resolve(sealDocument(of.core, keys.recipient, root, contents, packs)),
  );
  const sha256 = of.core.sha256(sealed);
  const counter = record.counter + 1;
  const vault = keys.vault_id;
  const statement = await signer(of)(vault, counter, { sha256, size: sealed.length });
  const outcome = await putVault(
    of.around,
    { vault, statement, held: record.held, sealed, sha256 },
    signal,
  );
  if (outcome.kind === 'gone') throw new ProblemError('backup_missing');
  if (outcome.kind === 'changed') return null;
  const dropped = packed.packs.filter((pack) => !packs.includes(pack)).map(leavingPack);
  const next: RecoveryContents = {
    ...{ ...packed, packs, counter, held: sha256, shape, expires: outcome.expires },
    kept_at: formatInstant(of.around.now()),
    bases: basesOf(of, contents),
    leaving: [...packed.leaving, ...dropped],
    reason: null,
  };
  await of.recovery.save(next);
  return next;
}

/** Takes in what another phone put there, should the server hold something else than this phone knows of. */
async function look(
  of: BackingUp,
  keys: RecoveryKeys,
  record: RecoveryContents,
  signal: AbortSignal,
): Promise<RecoveryContents> {
  if (record.held === null) return record;
  const same = await prolongVault(of.around, keys.vault_id, record.held, signal);
  return same === null ? takeIn(of, keys, record, signal) : { ...record, expires: same.expires };
}

/**
 * One round: the server holds what this phone holds when it ends. Null while there is no recovery code.
 *
 * @param looks whether it is asked for what other phones did even when nothing changed here
 * Problems: backup_missing (deleted or expired there), backup_not_genuine, backup_rolled_back,
 * draft_unreadable, index_missing, those of the network.
 */
export async function backUp(
  of: BackingUp,
  looks: boolean,
  signal: AbortSignal,
): Promise<RecoveryContents | null> {
  let record = await of.recovery.load();
  if (record === null) return null;
  const keys = await recoveryKeys(of, record);
  if (looks) record = await look(of, keys, record, signal);
  for (let round = 0; round < kMaxRounds; round += 1) {
    const done = await putOnce(of, keys, record, signal);
    // The copy is safe by now: what could not be deleted is tried again later.
    if (done !== null) return deleteLeaving(of, done, signal).catch(() => of.recovery.load());
    record = await takeIn(of, keys, record, signal);
  }
  throw new ProblemError('server_busy');
}
