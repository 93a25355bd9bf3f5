/** The worker's parts, put together once: core, database, vault, packages, drafts, outbox. */

import { ProblemError, problemOf } from '../problem';
import { trapProblem } from '../core';
import { vaultArithmetic } from '../vault-arithmetic';
import type { VaultArithmetic } from '../vault-arithmetic';
import type { Core } from '../core';
import type { EngineEvent, OutboxSummary, ProblemCode } from '../protocol';
import type { Session } from './session';
import type { SendProgress, Surroundings, TabChannel, TabMessage } from '../surroundings';
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

/** The outbox as the page may see it: nothing while the vault is locked. */
export async function listOutbox(parts: Parts): Promise<readonly OutboxSummary[]> {
  if (parts.vault.state() !== 'open') return [];
  const items = await parts.outbox.load();
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
  showOutbox(parts);
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

/** Another tab locked, unlocked, made or wiped the vault. */
async function followVault(parts: Parts): Promise<void> {
  const before = parts.vault.state();
  const device = await parts.database.run((connection) => connection.count('keys'));
  for (const session of [...parts.sessions.values()]) {
    // After a wipe there is nothing left that could open what would be written.
    if (device > 0) await session.flush().catch(() => undefined);
    session.end();
  }
  parts.sessions.clear();
  const vault = await parts.vault.restore();
  if (vault !== before) parts.emit({ event: 'vault', vault });
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

/**
 * Puts the parts together and starts the outbox.
 *
 * Problems: engine_missing (no network on the very first visit), storage_unavailable.
 */
export async function startParts(around: Surroundings, voice: Voice): Promise<Parts> {
  const core = await loadCore(around);
  const database = openDatabase(around.databaseName);
  const vault = openVault(database, core, around.randomBytes);
  const packages = openPackages(database, core, around);
  const files = sealedFiles(database, core, around.randomBytes);
  const outbox = openOutbox(database);
  const receipts = openReceipts(database, core, vault, around, packages.index);
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
      changed: () => outboxChanged(parts),
      ended: (id) => tellProgress(parts, id, null),
      failed: stoppedBy,
    },
  );
  const parts: Parts = {
    around,
    core,
    database,
    vault,
    arithmetic: vaultArithmetic(around.compileVault),
    packages,
    files,
    drafts: openDrafts(database, core, vault, around.randomBytes),
    outbox,
    receipts,
    channel,
    runner,
    sessions: new Map(),
    opening: new Map(),
    closing: new Set(),
    progress: new Map(),
    received: new Map(),
    emit: voice.emit,
    stoppedBy,
    close: () => {
      runner.stop();
      channel.close();
      for (const session of parts.sessions.values()) session.end();
      database.close();
    },
  };
  return parts;
}

/** What a failed save is called on the page. */
export function saveProblem(cause: unknown): ProblemCode {
  const { code } = problemOf(cause);
  return code === 'internal' ? 'storage_unavailable' : code;
}
