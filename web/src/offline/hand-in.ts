/** Handing in a file that somebody else's phone saved: looked at, sent, and its receipt checked; nothing is kept. */

import { postBundle } from '../api/bundles';
import { postSubmission } from '../api/submissions';
import type { Core } from '../engine/core';
import { ProblemError } from '../engine/problem';
import type { HandedIn } from '../engine/protocol';
import type { Surroundings } from '../engine/surroundings';
import type { Packages } from './packages';
import type { Receipts } from './receipts';
import { kTarBlock, parseTarHeader, tarPadding } from './tar';

/** What the server takes of a file that was carried by hand. */
const kMaxBundleBytes = 512 * 1024 * 1024;
const kMaxManifestBytes = 128 * 1024;
const kManifestName = 'manifest.jws';

async function bytesAt(file: Blob, start: number, size: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(start, start + size).arrayBuffer());
  } catch {
    // On a stick that was pulled out, or in a cloud.
    throw new ProblemError('file_unreadable');
  }
}

function startsAsBundle(block: Uint8Array): boolean {
  const name = new TextEncoder().encode(`${kManifestName}\0`);
  return name.every((byte, at) => block[at] === byte);
}

/** What the header block at `at` says; null at the end mark. Problems: file_damaged, file_unreadable. */
async function headerAt(file: Blob, at: number): Promise<{ readonly size: number } | null> {
  const block = await bytesAt(file, at, kTarBlock);
  if (block.length < kTarBlock) throw new ProblemError('file_damaged');
  if (block.every((byte) => byte === 0)) return null;
  try {
    return parseTarHeader(block);
  } catch {
    throw new ProblemError('file_damaged');
  }
}

/**
 * The signed manifest of a bundle that is whole, as far as its size and its headers say; of the parts
 * nothing is read.
 *
 * Problems: bundle_malformed (no file of ours), file_damaged (a part is missing), too_large,
 * file_unreadable.
 */
export async function readCarriedManifest(file: Blob): Promise<string> {
  if (!startsAsBundle(await bytesAt(file, 0, kTarBlock))) {
    throw new ProblemError('bundle_malformed');
  }
  if (file.size > kMaxBundleBytes) throw new ProblemError('too_large');
  const first = await headerAt(file, 0);
  if (first === null || first.size > kMaxManifestBytes) throw new ProblemError('bundle_malformed');
  let at = 0;
  for (let header = first as typeof first | null; header !== null;) {
    at += kTarBlock + header.size + tarPadding(header.size).length;
    header = await headerAt(file, at);
  }
  // The end mark is two blocks.
  if (file.size < at + 2 * kTarBlock) throw new ProblemError('file_damaged');
  return new TextDecoder().decode(await bytesAt(file, kTarBlock, first.size));
}

export interface HandingIn {
  readonly around: Pick<Surroundings, 'fetch' | 'upload' | 'server'>;
  readonly core: Core;
  readonly receipts: Receipts;
  readonly packages: Packages;
}

/** What the server says to the bundle; its parts are sent only when it lacks some. */
async function receiptFor(
  { around }: HandingIn,
  bundle: Blob,
  manifest: string,
  told: (sentBytes: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const { fetch: fetcher, server, upload } = around;
  const answer = await postSubmission(fetcher, server, manifest, signal);
  if (answer.kind === 'receipt') return answer.jws;
  if (answer.kind !== 'missing') throw new ProblemError(answer.code);
  return postBundle(upload, server, bundle, told, signal);
}

/**
 * Hands in `bundle`. Its manifest goes first: a sign-in page, a server that will not have it or has it
 * already is known before half a gigabyte is on its way.
 *
 * Problems: those of {@link readCarriedManifest}, receipt_not_genuine, those of the network, the
 * server's codes about the manifest and the file.
 */
export async function handIn(
  handing: HandingIn,
  bundle: Blob,
  told: (sentBytes: number) => void,
  signal: AbortSignal,
): Promise<HandedIn> {
  const manifest = await readCarriedManifest(bundle);
  // What the agency revoked, if that can be had: the receipt brings all else it is checked by.
  const renewed = handing.packages.refreshIndex(signal).catch(() => false);
  const jws = await receiptFor(handing, bundle, manifest, told, signal);
  await renewed;
  const digest = handing.core.sha256(new TextEncoder().encode(manifest));
  const genuine = handing.receipts.genuine(jws, digest);
  const { case_number, received_at, amount_due, short } = genuine;
  return { case_number, received_at, amount_due, jws, short_jws: short };
}
