/** Calls about the browser as a whole: start, vault, forms, storage, network. */

import { ProblemError } from '../problem';
import {
  endSessions,
  forgetPerson,
  inBackground,
  outboxChanged,
  showOutbox,
  tellCarried,
} from './parts';
import type { Parts } from './parts';
import type { Handlers } from './handlers';
import type { BootState, Me } from '../protocol';
import { base64Url } from '../../offline/names';
import { isAsked } from '../../offline/outbox-send';
import { openLabel } from '../../offline/root-wrapping';
import { kEngine } from '../../trust/anchor';

const kRefreshEveryMs = 10 * 60_000;

/** RFC 7638 thumbprint of an Ed25519 key; empty for no key. */
function thumbprint(parts: Parts, key: string): string {
  if (key === '') return '';
  const jwk = `{"crv":"Ed25519","kty":"OKP","x":"${key}"}`;
  const digest = parts.core.sha256(new TextEncoder().encode(jwk));
  return base64Url(Uint8Array.from(digest.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)));
}

async function meOf(parts: Parts): Promise<Me | undefined> {
  if (parts.vault.state() !== 'open') return undefined;
  const { person, record } = parts.vault.record();
  const { lock_after_ms, lock } = record;
  return { person, label: await openLabel(record), method: lock.method, lock_after_ms };
}

export async function bootState(parts: Parts): Promise<BootState> {
  const me = await meOf(parts);
  const roots = parts.packages.roots();
  const former = roots.filter(({ standing }) => standing === 'former');
  const now = roots.find(({ standing }) => standing !== 'former');
  return {
    vault: parts.vault.state(),
    ...(me === undefined ? {} : { me }),
    engine: kEngine,
    root_kid: thumbprint(parts, now?.key ?? ''),
    ...(former.length === 0
      ? {}
      : { former_root_kids: former.map(({ key }) => thumbprint(parts, key)) }),
    development: parts.around.development || parts.packages.index()?.development === true,
    index: parts.packages.indexState(),
  };
}

/** An occasion for everything that is done now and then. */
function lookAround(parts: Parts): void {
  parts.backup.look();
  parts.log.look();
  parts.messages.look();
}

/** Waiting ends for every item that waits for a better moment: this may be it. */
async function tryAllNow(parts: Parts): Promise<void> {
  for (const { name, record } of await parts.outbox.load()) {
    if (!isAsked(record) || record.next_try_at === 0) continue;
    await parts.outbox.update(name, (present) => ({ ...present, next_try_at: 0 }));
  }
  parts.runner.wake();
  lookAround(parts);
  parts.channel.tell({ tell: 'outbox-wake' });
}

const kNobody = new AbortController().signal;
const refreshes = new WeakMap<Parts, { at: number; running: Promise<void> }>();

function formsChanged(parts: Parts): void {
  parts.emit({ event: 'forms' });
  parts.channel.tell({ tell: 'packages-changed' });
}

/** Fetches the index unless that happened a moment ago. */
export function refreshIndex(parts: Parts): Promise<void> {
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

/** Tells everybody that the vault was opened, closed, or changed hands. */
export async function vaultChanged(parts: Parts): Promise<BootState> {
  forgetPerson(parts);
  await tellCarried(parts);
  parts.channel.tell({ tell: 'vault-changed' });
  showOutbox(parts);
  lookAround(parts);
  return bootState(parts);
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
    await endSessions(parts, 'must');
    await parts.vault.lock();
    return vaultChanged(parts);
  },
  unlockVault: async (parts) => {
    const [person, ...others] = (await parts.vault.people()).keys();
    if (person === undefined) throw new ProblemError('vault_missing');
    if (others.length > 0) throw new ProblemError('vault_locked');
    await parts.vault.unlock(person, () => Promise.resolve(null));
    return vaultChanged(parts);
  },
  wipe: async (parts) => {
    await endSessions(parts, 'no');
    await parts.vault.wipe();
    parts.progress.clear();
    outboxChanged(parts);
    return vaultChanged(parts);
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
