/** A person's root at rest: under what they show to unlock, and that under a key of the browser's own. */

import { ProblemError } from '../engine/problem';
import type { CarriedVault } from '../engine/protocol';
import type { KeyRecord, RootLock, SealedLabel } from './records';

type Bytes = Uint8Array<ArrayBuffer>;
type RandomBytes = (count: number) => Bytes;

const kIvBytes = 12;
const kUnlockInfo = 'landfall/v1/vault-unlock';

/** The part of a key record that holds the root. */
export type WrappedRoot = Pick<KeyRecord, 'wrapping_key' | 'iv' | 'wrapped_root' | 'lock'>;

/** A lock before the root was put under it: without the nonce of that. */
export type NewLock = RootLock extends infer Lock
  ? Lock extends { readonly iv: Bytes }
    ? Omit<Lock, 'iv'>
    : Lock
  : never;

/** A key of the browser's own: it encrypts and decrypts here, and nothing hands out its bytes. */
export function newWrappingKey(): Promise<CryptoKey> {
  const algorithm = { name: 'AES-GCM', length: 256 };
  return crypto.subtle.generateKey(algorithm, false, ['encrypt', 'decrypt']);
}

/** The key behind 32 bytes that only the person can bring about: a password's hash, a passkey's answer. */
async function unlockKey(secret: Bytes, salt: Bytes): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  const info = new TextEncoder().encode(kUnlockInfo);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt, info },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

async function encrypt(key: CryptoKey, iv: Bytes, bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytes));
}

async function decrypt(key: CryptoKey, iv: Bytes, bytes: BufferSource): Promise<Bytes | null> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, bytes));
  } catch {
    return null;
  }
}

/**
 * Wraps `root` under a new key of the browser's own and, unless the lock is `device`, under `secret` first.
 *
 * @param secret 32 bytes; null for `device`
 */
export async function wrapRoot(
  root: Bytes,
  lock: NewLock,
  secret: Bytes | null,
  random: RandomBytes,
): Promise<WrappedRoot> {
  const wrapping_key = await newWrappingKey();
  const iv = random(kIvBytes);
  const wrap = async (inner: Bytes, made: RootLock): Promise<WrappedRoot> => {
    const wrapped_root = (await encrypt(wrapping_key, iv, inner)).buffer;
    return { wrapping_key, iv, wrapped_root, lock: made };
  };
  if (lock.method === 'device') return wrap(root, lock);
  if (secret === null) throw new ProblemError('unlock_wrong');
  const innerIv = random(kIvBytes);
  const inner = await encrypt(await unlockKey(secret, lock.salt), innerIv, root);
  return wrap(inner, { ...lock, iv: innerIv });
}

/**
 * The root; the caller wipes it.
 *
 * Problems: vault_unreadable (the browser's own key does not open it), unlock_wrong (`secret` does not).
 */
export async function unwrapRoot(record: WrappedRoot, secret: Bytes | null): Promise<Bytes> {
  const inner = await decrypt(record.wrapping_key, record.iv, record.wrapped_root);
  if (inner === null) throw new ProblemError('vault_unreadable');
  const { lock } = record;
  if (lock.method === 'device') return inner;
  if (secret === null) throw new ProblemError('unlock_wrong');
  const root = await decrypt(await unlockKey(secret, lock.salt), lock.iv, inner);
  if (root === null) throw new ProblemError('unlock_wrong');
  return root;
}

/** Seals what the locked screen calls a person: shown to everybody here, readable in no record. */
export async function sealLabel(
  key: CryptoKey,
  label: string,
  random: RandomBytes,
): Promise<SealedLabel | null> {
  if (label === '') return null;
  const iv = random(kIvBytes);
  return { iv, bytes: (await encrypt(key, iv, new TextEncoder().encode(label))).buffer };
}

/** Empty for a person who has chosen none, or whose name cannot be read. */
export async function openLabel({
  wrapping_key,
  label,
}: Pick<KeyRecord, 'wrapping_key' | 'label'>): Promise<string> {
  if (label === null) return '';
  const bytes = await decrypt(wrapping_key, label.iv, label.bytes);
  return bytes === null ? '' : new TextDecoder().decode(bytes);
}

/** Readies an open root for another tab or for a worker that takes over. */
export async function carryRoot(root: Bytes, random: RandomBytes): Promise<CarriedVault['root']> {
  const key = await newWrappingKey();
  const iv = random(kIvBytes);
  return { key, iv, sealed: await encrypt(key, iv, root) };
}

/** Problems: vault_unreadable. */
export async function takeRoot({ key, iv, sealed }: CarriedVault['root']): Promise<Bytes> {
  const root = await decrypt(key, iv, sealed);
  if (root === null) throw new ProblemError('vault_unreadable');
  return root;
}
