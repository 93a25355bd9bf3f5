/** Calls about the browser as a whole: start, vault, forms, storage, network. */

import { ProblemError } from '../problem';
import { inBackground, outboxChanged, showOutbox } from './parts';
import type { Parts } from './parts';
import type { Handlers } from './handlers';
import type { BootState } from '../protocol';
import { base64Url } from '../../offline/names';
import { isAsked } from '../../offline/outbox-send';
import { kEngine } from '../../trust/anchor';

const kRefreshEveryMs = 10 * 60_000;

/** RFC 7638 thumbprint of an Ed25519 key; empty for no key. */
function thumbprint(parts: Parts, key: string): string {
  if (key === '') return '';
  const jwk = `{"crv":"Ed25519","kty":"OKP","x":"${key}"}`;
  const digest = parts.core.sha256(new TextEncoder().encode(jwk));
  return base64Url(Uint8Array.from(digest.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)));
}

function bootState(parts: Parts): BootState {
  return {
    vault: parts.vault.state(),
    engine: kEngine,
    root_kid: thumbprint(parts, parts.around.rootKey),
    development: parts.around.development || parts.packages.index()?.development === true,
    index: parts.packages.indexState(),
  };
}

/** Waiting ends for every item that waits for a better moment: this may be it. */
async function tryAllNow(parts: Parts): Promise<void> {
  for (const { name, record } of await parts.outbox.load()) {
    if (!isAsked(record) || record.next_try_at === 0) continue;
    await parts.outbox.update(name, (present) => ({ ...present, next_try_at: 0 }));
  }
  parts.runner.wake();
  parts.channel.tell({ tell: 'outbox-wake' });
}

const kNobody = new AbortController().signal;
const refreshes = new WeakMap<Parts, { at: number; running: Promise<void> }>();

function formsChanged(parts: Parts): void {
  parts.emit({ event: 'forms' });
  parts.channel.tell({ tell: 'packages-changed' });
}

/** Fetches the index unless that happened a moment ago. */
function refreshIndex(parts: Parts): Promise<void> {
  const now = parts.around.now().getTime();
  const last = refreshes.get(parts);
  if (last !== undefined && now - last.at < kRefreshEveryMs) return last.running;
  const running = parts.packages.refreshIndex(kNobody).then((newer) => {
    if (newer) formsChanged(parts);
  });
  refreshes.set(parts, { at: now, running });
  // A failed one does not count: the next call tries again.
  running.catch(() => refreshes.delete(parts));
  return running;
}

/** Brings the forms that are used on this phone up to date. */
async function refreshUsed(parts: Parts, locale: string): Promise<void> {
  await refreshIndex(parts);
  if (await parts.packages.fetchUsed(locale, kNobody)) formsChanged(parts);
}

async function endSessions(parts: Parts, save: boolean): Promise<void> {
  for (const session of [...parts.sessions.values()]) {
    if (save) await session.flush();
    session.end();
    parts.sessions.delete(session.draftId);
  }
}

export const vaultHandlers: Handlers<
  | 'boot'
  | 'createVault'
  | 'lockVault'
  | 'unlockVault'
  | 'wipe'
  | 'listForms'
  | 'keepForms'
  | 'storage'
  | 'network'
> = {
  boot: async (parts) => {
    // A page was opened: whatever waits is tried at once.
    await tryAllNow(parts);
    return bootState(parts);
  },
  createVault: async (parts) => {
    try {
      await parts.vault.create();
    } catch (cause) {
      if (!(cause instanceof ProblemError) || cause.code !== 'vault_exists') throw cause;
      await parts.vault.restore();
    }
    parts.channel.tell({ tell: 'vault-changed' });
    return bootState(parts);
  },
  lockVault: async (parts) => {
    await endSessions(parts, true);
    await parts.vault.lock();
    parts.received.clear();
    parts.channel.tell({ tell: 'vault-changed' });
    showOutbox(parts);
    return bootState(parts);
  },
  unlockVault: async (parts) => {
    await parts.vault.unlock();
    parts.channel.tell({ tell: 'vault-changed' });
    showOutbox(parts);
    return bootState(parts);
  },
  wipe: async (parts) => {
    await endSessions(parts, false);
    await parts.vault.wipe();
    parts.received.clear();
    parts.progress.clear();
    parts.channel.tell({ tell: 'vault-changed' });
    outboxChanged(parts);
    return bootState(parts);
  },
  listForms: async (parts, { locale }) => {
    const fetching = refreshUsed(parts, locale);
    // Without any index there is nothing to show yet: the first visit waits, and hears why it fails.
    if (parts.packages.index() === null) await fetching;
    else inBackground(parts, fetching);
    return parts.packages.list(locale);
  },
  keepForms: async (parts, { locale }, { signal }) => {
    await refreshIndex(parts);
    while (!signal.aborted && (await parts.packages.fetchNext(locale, signal))) formsChanged(parts);
    return null;
  },
  storage: async (parts) => {
    const { quota, usage, persisted } = await parts.around.storage();
    return { persisted, quota_bytes: quota ?? null, used_bytes: usage ?? null };
  },
  network: async (parts, { online }) => {
    if (!online) return null;
    await tryAllNow(parts);
    inBackground(parts, refreshIndex(parts));
    return null;
  },
};
