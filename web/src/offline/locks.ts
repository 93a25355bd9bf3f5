/** Which tab may do what: one edits a draft, one runs the outbox, none sweeps files while one attaches. */

import { ProblemError } from '../engine/problem';

/** web/src/sw/register.ts looks for locks with this beginning. */
const kDraftPrefix = 'landfall-draft-';
export const kOutboxLock = 'landfall-outbox';
export const kFilesLock = 'landfall-files';
const kBackupLock = 'landfall-backup';
const kLogLock = 'landfall-log';

/** A worker that was just terminated keeps its locks for a moment. */
const kWaitForDraftMs = 1_500;

/**
 * Takes the draft for this tab until the returned function is called.
 *
 * Problems: draft_open_elsewhere.
 */
export async function holdDraft(locks: LockManager, draftId: string): Promise<() => void> {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), kWaitForDraftMs);
  try {
    await new Promise<void>((taken, failed) => {
      locks
        .request(`${kDraftPrefix}${draftId}`, { signal: waiting.signal }, async () => {
          taken();
          await held;
        })
        .catch(failed);
    });
  } catch {
    throw new ProblemError('draft_open_elsewhere');
  } finally {
    clearTimeout(timer);
  }
  return release;
}

/** Runs `work` while no sweep is under way; any number of tabs may do so at once. */
export async function whileAttaching<T>(locks: LockManager, work: () => Promise<T>): Promise<T> {
  // The browser's own types say Promise<Promise<T>>; awaiting makes it one.
  return await locks.request(kFilesLock, { mode: 'shared' }, work);
}

/** Whether no tab has the draft open. */
export async function isDraftFree(locks: LockManager, draftId: string): Promise<boolean> {
  const name = `${kDraftPrefix}${draftId}`;
  return await locks.request(name, { ifAvailable: true }, (lock) => Promise.resolve(lock !== null));
}

/** Runs `work` unless a tab of this browser does so already. */
export async function backingUpAlone<T>(
  locks: LockManager,
  work: () => Promise<T>,
): Promise<T | null> {
  return await alone(locks, kBackupLock, work);
}

/** Runs `work` unless a tab of this browser looks at the receipt log already. */
export async function lookingAtLogAlone<T>(
  locks: LockManager,
  work: () => Promise<T>,
): Promise<T | null> {
  return await alone(locks, kLogLock, work);
}

async function alone<T>(
  locks: LockManager,
  name: string,
  work: () => Promise<T>,
): Promise<T | null> {
  return await locks.request(name, { ifAvailable: true }, (lock) =>
    lock === null ? Promise.resolve(null) : work(),
  );
}
