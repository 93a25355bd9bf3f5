/** A receipt log that a test grows, forks and serves: RFC 6962 over leaves, with signed heads and proofs. */

import { createHash, sign } from 'node:crypto';
import { kAudience, kReceiptKey } from './agency';
import type { SigningKey } from './agency';

type Hash = Buffer;

function sha256(...pieces: readonly Uint8Array[]): Hash {
  return createHash('sha256').update(Buffer.concat(pieces)).digest();
}

export const leafOf = (name: string): Hash => sha256(Buffer.from([0]), Buffer.from(name));

/** The largest power of two below `size`. */
function split(size: number): number {
  let half = 1;
  while (half * 2 < size) half *= 2;
  return half;
}

export function rootOf(leaves: readonly Hash[]): Hash {
  const [first] = leaves;
  if (first === undefined) return sha256();
  if (leaves.length === 1) return first;
  const half = split(leaves.length);
  return sha256(Buffer.from([1]), rootOf(leaves.slice(0, half)), rootOf(leaves.slice(half)));
}

/** RFC 6962 section 2.1.2: SUBPROOF(m, D[n], b). */
function subproof(size: number, leaves: readonly Hash[], whole: boolean): readonly Hash[] {
  if (size === leaves.length) return whole ? [] : [rootOf(leaves)];
  const half = split(leaves.length);
  if (size <= half) {
    return [...subproof(size, leaves.slice(0, half), whole), rootOf(leaves.slice(half))];
  }
  return [...subproof(size - half, leaves.slice(half), false), rootOf(leaves.slice(0, half))];
}

/** RFC 6962 section 2.1.1: PATH(m, D[n]). */
export function pathTo(index: number, leaves: readonly Hash[]): readonly Hash[] {
  if (leaves.length <= 1) return [];
  const half = split(leaves.length);
  if (index < half) {
    return [...pathTo(index, leaves.slice(0, half)), rootOf(leaves.slice(half))];
  }
  return [...pathTo(index - half, leaves.slice(half)), rootOf(leaves.slice(0, half))];
}

export function checkpoint(
  leaves: readonly Hash[],
  by: SigningKey = kReceiptKey,
  origin = kAudience,
): string {
  const text = `${origin}\n${String(leaves.length)}\n${rootOf(leaves).toString('base64')}\n`;
  const raw = Buffer.from(by.public, 'base64url');
  const id = sha256(Buffer.from(`${origin}\n`), Buffer.from([1]), raw).subarray(0, 4);
  const signature = Buffer.concat([id, sign(null, Buffer.from(text), by.key)]);
  return `${text}\n\u2014 ${origin} ${signature.toString('base64')}\n`;
}

export function answered(body: unknown): Response {
  return new Response(JSON.stringify(body), {
    headers: { 'content-type': 'application/json' },
  });
}

/**
 * What a server with this log answers to `request`, whose head is as a cache kept it when there were
 * `size` entries; null for what is not about the log.
 */
export function answerLog(
  request: Request,
  leaves: readonly Hash[],
  size = leaves.length,
  origin = kAudience,
): Response | null {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname === '/api/v1/log/checkpoint') {
    return new Response(checkpoint(leaves.slice(0, size), kReceiptKey, origin), {
      headers: { 'content-type': 'text/plain' },
    });
  }
  if (pathname !== '/api/v1/log/consistency') return null;
  const [from, to] = [Number(searchParams.get('from')), Number(searchParams.get('to'))];
  if (to > leaves.length) return new Response(null, { status: 404 });
  const proof = subproof(from, leaves.slice(0, to), true).map((hash) => hash.toString('hex'));
  return answered({ proof });
}
