/** Calls about the people of one phone: whose vault is open, and what each shows to open theirs. */

import { ProblemError } from '../problem';
import type { NextUnlocking, Person, Shown } from '../protocol';
import { bootState, vaultChanged } from './api-vault';
import type { Handlers } from './handlers';
import { endSessions, tellCarried } from './parts';
import type { Parts } from './parts';
import { hashTyped, passwordLock } from './passwords';
import { formatInstant } from '../../offline/clock';
import type { KeyRecord, RootLock } from '../../offline/records';
import { openLabel } from '../../offline/root-wrapping';
import { mustWait, settled } from '../../offline/unlock-tries';
import type { NextLock } from '../../offline/vault';

type Bytes = Uint8Array<ArrayBuffer>;

/** A name on the locked screen; longer ones are cut. */
const kMaxLabel = 40;

/** Instants are told in whole seconds: never earlier than the wait ends. */
function nextSecond(ms: number): string {
  return formatInstant(new Date(Math.ceil(ms / 1_000) * 1_000));
}

async function summaryOf(person: string, record: KeyRecord, now: Date): Promise<Person> {
  const { lock } = record;
  const tries = settled(record.tries, now.getTime());
  const waits = lock.method !== 'device' && mustWait(tries, now.getTime());
  return {
    person,
    label: await openLabel(record),
    method: lock.method,
    failed: tries.failed,
    wait_until: waits ? nextSecond(tries.next_try_at) : null,
    ...(lock.method === 'passkey'
      ? { passkey: { credential_id: lock.credential_id, salt: lock.salt } }
      : {}),
  };
}

/** The 32 bytes that open `lock`; null for what does not fit it. */
async function secretOf(parts: Parts, lock: RootLock, shown: Shown): Promise<Bytes | null> {
  if (shown === null || lock.method === 'device') return null;
  if (lock.method === 'passkey') return 'prf' in shown ? shown.prf : null;
  return 'password' in shown ? hashTyped(parts, shown.password, lock) : null;
}

async function nextLock(parts: Parts, next: NextUnlocking): Promise<NextLock> {
  if (next.method === 'device') return { lock: next, secret: null };
  if (next.method !== 'passkey') return passwordLock(parts, next.method, next.password);
  const { method, credential_id, salt, prf } = next;
  if (prf.length !== 32 || salt.length !== 32) throw new ProblemError('passkey_unusable');
  return { lock: { method, credential_id, salt }, secret: prf };
}

function cleanLabel(label: string): string {
  return [...label.normalize('NFC').trim()].slice(0, kMaxLabel).join('');
}

export const peopleHandlers: Handlers<
  | 'listPeople'
  | 'unlockPerson'
  | 'addPerson'
  | 'changeUnlocking'
  | 'setPerson'
  | 'leaveDevice'
  | 'resumeVault'
> = {
  listPeople: async (parts) => {
    const now = parts.around.now();
    const people = [...(await parts.vault.people())];
    return Promise.all(people.map(([person, record]) => summaryOf(person, record, now)));
  },
  unlockPerson: async (parts, { person, shown }) => {
    await endSessions(parts, 'must');
    await parts.vault.unlock(person, (lock) => secretOf(parts, lock, shown));
    return vaultChanged(parts);
  },
  addPerson: async (parts, { label }) => {
    await endSessions(parts, 'must');
    await parts.vault.add(cleanLabel(label));
    return vaultChanged(parts);
  },
  changeUnlocking: async (parts, { current, next }) => {
    await parts.vault.change(
      (lock) => secretOf(parts, lock, current),
      () => nextLock(parts, next),
    );
    await tellCarried(parts);
    parts.channel.tell({ tell: 'vault-changed' });
    return bootState(parts);
  },
  setPerson: async (parts, { label, lock_after_ms }) => {
    if (label !== undefined) await parts.vault.setLabel(cleanLabel(label));
    if (lock_after_ms !== undefined) await parts.vault.setLockAfter(lock_after_ms);
    parts.channel.tell({ tell: 'vault-changed' });
    return bootState(parts);
  },
  leaveDevice: async (parts) => {
    parts.vault.keys();
    await endSessions(parts, 'no');
    await parts.vault.leave();
    return vaultChanged(parts);
  },
  resumeVault: (parts, carried) => parts.vault.resume(carried),
};
