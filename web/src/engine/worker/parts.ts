/** The worker's parts, put together once: core, database, vault, packages, drafts, outbox. */

import { ProblemError, problemOf } from '../problem';
import { trapProblem } from '../core';
import { trustVerdicts } from '../trust-verdicts';
import type { TrustVerdicts } from '../trust-verdicts';
import { vaultArithmetic } from '../vault-arithmetic';
import type { VaultArithmetic } from '../vault-arithmetic';
import type { Core } from '../core';
import type { CarriedVault, EngineEvent, OutboxSummary, ProblemCode } from '../protocol';
import type { Session } from './session';
import type { SendProgress, Surroundings, TabChannel, TabMessage } from '../surroundings';
import { startBackup } from './backup-runner';
import type { BackupRunner } from './backup-runner';
import { startLogRunner } from './log-runner';
import type { LogRunner } from './log-runner';
import { onOccasion } from './occasions';
import type { Occasions } from './occasions';
import type { BackingUp } from '../../offline/backup';
import { openRecoveryStore } from '../../offline/backup-records';
import type { RecoveryStore } from '../../offline/backup-records';
import { openAgencyRoots } from '../../offline/agency-roots';
import { openDatabase } from '../../offline/database';
import type { Database } from '../../offline/database';
import { openDrafts } from '../../offline/drafts';
import type { Drafts } from '../../offline/drafts';
import { openOutbox, summarise } from '../../offline/outbox-store';
import type { OutboxStore, ReceivedFacts } from '../../offline/outbox-store';
import { startRunner } from '../../offline/outbox-runner';
import type { OutboxRunner } from '../../offline/outbox-runner';
import { openPackages } from '../../offline/packages';
import type { Packages } from '../../offline/packages';
import { openOwnRecord } from '../../offline/own-record';
import { sweepFiles } from '../../offline/sweep';
import type { LogContents } from '../../offline/log-watch';
import { openReceipts } from '../../offline/receipts';
import type { Receipts } from '../../offline/receipts';
import { sealedFiles } from '../../offline/sealed-files';
import type { SealedFiles } from '../../offline/sealed-files';
import { openVault } from '../../offline/vault';
import type { Vault } from '../../offline/vault';

export interface Parts {
  readonly around: Surroundings;
  readonly core: Core;
  readonly database: Database;
  readonly vault: Vault;
  /** Passwords, recovery codes and statements of backups. */
  readonly arithmetic: VaultArithmetic;
  readonly packages: Packages;
  readonly files: SealedFiles;
  readonly drafts: Drafts;
  readonly outbox: OutboxStore;
  readonly receipts: Receipts;
  readonly channel: TabChannel;
  readonly runner: OutboxRunner;
  readonly recovery: RecoveryStore;
  readonly backup: BackupRunner;
  /** What anybody brings is judged by these. */
  readonly verdicts: TrustVerdicts;
  readonly log: LogRunner;
  /** Asks for what the case office said. */
  readonly messages: Occasions;
  /** Drafts open in this tab. */
  readonly sessions: Map<string, Session>;
  readonly opening: Map<string, Promise<Session>>;
  /** Drafts that end once they are saved, unless they are opened again meanwhile. */
  readonly closing: Set<string>;
  /** What is being sent, in whichever tab. */
  readonly progress: Map<string, SendProgress>;
  /** Case number and time of received items, read from their sealed receipts. */
  readonly received: Map<string, ReceivedFacts>;
  readonly emit: (event: EngineEvent) => void;
  /** Whether `cause` stopped the engine; says so if it did. */
  readonly stoppedBy: (cause: unknown) => boolean;
  readonly close: () => void;
}

export interface Voice {
  readonly emit: (event: EngineEvent) => void;
  readonly stopped: (reason: ProblemCode) => void;
}

/** Runs something nobody waits for; only a stopped engine is worth mentioning. */
export function inBackground(parts: Pick<Parts, 'stoppedBy'>, work: Promise<unknown>): void {
  work.catch((cause: unknown) => parts.stoppedBy(cause));
}

async function readReceived(parts: Parts): Promise<void> {
  for (const receipt of await parts.receipts.list()) {
    const { submission_id, case_number, received_at } = receipt;
    parts.received.set(submission_id, { case_number, received_at });
  }
}

/** The outbox as the page may see it: the open person's items, nothing while the vault is locked. */
export async function listOutbox(parts: Parts): Promise<readonly OutboxSummary[]> {
  if (parts.vault.state() !== 'open') return [];
  const { age_recipient } = parts.vault.keys();
  const items = (await parts.outbox.load()).filter(
    ({ record }) => record.age_recipient === age_recipient,
  );
  // While they were read, another person may have taken their place.
  if (parts.vault.state() !== 'open' || parts.vault.keys().age_recipient !== age_recipient)
    return [];
  for (const { record } of items) {
    // Offered again, an item will have another receipt.
    if (record.phase !== 'received') parts.received.delete(record.submission_id);
  }
  const unread = items.some(
    ({ record }) => record.phase === 'received' && !parts.received.has(record.submission_id),
  );
  if (unread) await readReceived(parts);
  return items.map(({ record }) =>
    summarise(
      record,
      parts.progress.get(record.submission_id),
      parts.received.get(record.submission_id),
    ),
  );
}

/** Tells the page how the outbox stands. */
export function showOutbox(parts: Parts): void {
  const show = async (): Promise<void> => {
    parts.emit({ event: 'outbox', items: await listOutbox(parts) });
  };
  inBackground(parts, show());
}

/** Tells the page and the other tabs that an item changed. */
export function outboxChanged(parts: Parts): void {
  parts.channel.tell({ tell: 'outbox-changed' });
  parts.backup.touch();
  showOutbox(parts);
}

/** Something was put into the outbox: whichever tab sends looks at it now. */
export function wakeAll(parts: Parts): void {
  parts.runner.wake();
  parts.channel.tell({ tell: 'outbox-wake' });
  outboxChanged(parts);
}

/** Removes what nothing names any more; a failure only leaves it for the next time. */
export function sweep(parts: Parts): void {
  const { around, drafts, outbox, files, vault } = parts;
  inBackground(parts, sweepFiles(around.locks, drafts, outbox, files, vault.owns));
}

/** The case office said something. */
function messageCame(parts: Parts): void {
  outboxChanged(parts);
  sweep(parts);
}

/** The runner changed an item: what it brought may be a receipt. */
function itemChanged(parts: Parts): void {
  outboxChanged(parts);
  parts.log.touch();
}

function setProgress(parts: Parts, submissionId: string, progress: SendProgress | null): void {
  if (progress === null) parts.progress.delete(submissionId);
  else parts.progress.set(submissionId, progress);
  showOutbox(parts);
}

function tellProgress(parts: Parts, submission_id: string, progress: SendProgress | null): void {
  parts.channel.tell({ tell: 'outbox-progress', submission_id, progress });
  setProgress(parts, submission_id, progress);
}

/** Gives the page what a worker that takes over from this one needs. */
export async function tellCarried(parts: Parts): Promise<void> {
  parts.emit({ event: 'vault-carried', vault: await parts.vault.carry() });
}

/** What backing up and restoring take of the parts. */
export function backingUp(parts: Parts): BackingUp {
  return parts;
}

/** Ends every open draft; what was typed is sealed first where it still can be. */
export async function endSessions(parts: Parts, save: 'must' | 'may' | 'no'): Promise<void> {
  // A copy is of one person: it ends before the keys change hands.
  await parts.backup.pause();
  for (const session of [...parts.sessions.values()]) {
    const saved = save === 'no' ? Promise.resolve() : session.flush();
    await (save === 'may' ? saved.catch(() => undefined) : saved);
    session.end();
    parts.sessions.delete(session.draftId);
  }
}

/** What belongs to the person whose vault was open must not be there for the next one. */
export function forgetPerson(parts: Parts): void {
  parts.received.clear();
  parts.opening.clear();
  parts.closing.clear();
}

/** Another tab locked, unlocked, made or wiped the vault, or changed how it is unlocked. */
async function followVault(parts: Parts): Promise<void> {
  const before = parts.vault.state();
  if (!(await parts.vault.stays())) {
    // After a wipe there is nothing left that could open what would be written: then it is refused.
    await endSessions(parts, 'may');
    forgetPerson(parts);
  }
  const vault = await parts.vault.restore();
  // Open for the same person, it may lock itself at another time now, or have another name.
  if (vault !== before || vault === 'open') parts.emit({ event: 'vault', vault });
  await tellCarried(parts);
  if (vault === 'locked') askForKeys(parts);
  showOutbox(parts);
}

/** Another tab may have open what this one could not open by itself. */
export function askForKeys(parts: Parts): void {
  const ask = async (): Promise<void> => {
    const people = [...(await parts.vault.people()).values()];
    if (people.some(({ locked }) => !locked)) parts.channel.tell({ tell: 'vault-asked' });
  };
  inBackground(parts, ask());
}

async function giveKeys(parts: Parts): Promise<void> {
  const vault = await parts.vault.carry();
  if (vault !== null) parts.channel.tell({ tell: 'vault-carried', vault });
}

async function takeKeys(parts: Parts, carried: CarriedVault): Promise<void> {
  if (parts.vault.state() !== 'locked') return;
  const vault = await parts.vault.resume(carried);
  if (vault !== 'open') return;
  parts.emit({ event: 'vault', vault });
  await tellCarried(parts);
  showOutbox(parts);
}

function hear(parts: Parts, message: TabMessage): void {
  switch (message.tell) {
    case 'outbox-changed':
      showOutbox(parts);
      return;
    case 'outbox-wake':
      parts.runner.wake();
      return;
    case 'outbox-progress':
      setProgress(parts, message.submission_id, message.progress);
      return;
    case 'vault-changed':
      inBackground(parts, followVault(parts));
      return;
    case 'vault-asked':
      inBackground(parts, giveKeys(parts));
      return;
    case 'vault-carried':
      inBackground(parts, takeKeys(parts, message.vault));
      return;
    case 'packages-changed':
      inBackground(
        parts,
        parts.packages.restore().then(() => parts.emit({ event: 'forms' })),
      );
  }
}

async function loadCore(around: Surroundings): Promise<Core> {
  try {
    return await around.loadCore();
  } catch (cause) {
    if (trapProblem(cause) !== null || cause instanceof ProblemError) throw cause;
    throw new ProblemError('engine_missing');
  }
}

/** The newest index, if it can be had. */
async function brought(packages: Packages): Promise<void> {
  try {
    await packages.refreshIndex(new AbortController().signal);
  } catch (cause) {
    if (!(cause instanceof ProblemError)) throw cause;
  }
}

/** Starts to watch that the receipt log only grows. */
function watchLog(
  of: Pick<Parts, 'around' | 'database' | 'receipts' | 'outbox' | 'verdicts' | 'vault' | 'core'>,
  voice: Voice,
  changed: () => void,
  stoppedBy: (cause: unknown) => boolean,
): LogRunner {
  const log = openOwnRecord<LogContents>('log', of.database, of.core, of.vault);
  return startLogRunner({ ...of, log }, voice.emit, changed, stoppedBy);
}

/** Starts to ask for what the case office says of what was received. */
function askCaseOffice(
  of: Pick<Parts, 'around' | 'database' | 'receipts' | 'verdicts' | 'vault' | 'outbox'>,
  told: () => void,
  stoppedBy: (cause: unknown) => boolean,
): Occasions {
  const run = async (signal: AbortSignal): Promise<boolean> => {
    const { askForMessages } = await import('../../offline/messages');
    const outcome = await askForMessages(of, signal);
    if (outcome === 'told') told();
    return outcome !== 'idle';
  };
  return onOccasion(of, run, stoppedBy);
}

/**
 * Puts the parts together and starts the outbox.
 *
 * Problems: engine_missing (no network on the very first visit), storage_unavailable.
 */
export async function startParts(around: Surroundings, voice: Voice): Promise<Parts> {
  const roots = openAgencyRoots(await loadCore(around), around);
  const { core } = roots;
  const database = openDatabase(around.databaseName);
  const vault = openVault(database, core, around.randomBytes, around.now);
  const packages = openPackages(database, roots, around);
  const files = sealedFiles(database, core, vault.newName);
  const outbox = openOutbox(database);
  const renew = (): Promise<void> => brought(packages);
  const receipts = openReceipts(database, core, vault, around, packages.index, renew);
  await vault.restore();
  await packages.restore();

  const stoppedBy = (cause: unknown): boolean => {
    const reason = trapProblem(cause);
    if (reason !== null) voice.stopped(reason);
    return reason !== null;
  };
  const channel = around.openChannel((message) => hear(parts, message));
  const runner = startRunner(
    {
      around,
      database,
      store: outbox,
      files,
      receipts,
      progress: (id, progress) => tellProgress(parts, id, progress),
    },
    {
      changed: () => itemChanged(parts),
      ended: (id) => tellProgress(parts, id, null),
      failed: stoppedBy,
    },
  );
  const arithmetic = vaultArithmetic(around.compileVault);
  const drafts = openDrafts(database, core, vault);
  const recovery = openRecoveryStore(database, core, vault);
  const shared = { around, core, database, vault, outbox, receipts };
  const backup = startBackup(
    { ...shared, arithmetic, packages, files, drafts, recovery },
    voice.emit,
    stoppedBy,
  );
  const verdicts = trustVerdicts(around.loadTrust);
  const log = watchLog({ ...shared, verdicts }, voice, () => wakeAll(parts), stoppedBy);
  const messages = askCaseOffice({ ...shared, verdicts }, () => messageCame(parts), stoppedBy);
  const parts: Parts = {
    around,
    core,
    ...{ database, vault, arithmetic, packages, files, drafts, outbox, receipts, channel, runner },
    ...{ recovery, backup, verdicts, log, messages },
    sessions: new Map(),
    opening: new Map(),
    closing: new Set(),
    progress: new Map(),
    received: new Map(),
    emit: voice.emit,
    stoppedBy,
    close: () => {
      runner.stop();
      backup.stop();
      log.stop();
      messages.stop();
      channel.close();
      for (const session of parts.sessions.values()) session.end();
      database.close();
    },
  };
  if (vault.state() === 'locked') askForKeys(parts);
  return parts;
}

/** What a failed save is called on the page. */
export function saveProblem(cause: unknown): ProblemCode {
  const { code } = problemOf(cause);
  return code === 'internal' ? 'storage_unavailable' : code;
}
