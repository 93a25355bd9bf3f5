/** A receipt log that a test server keeps, loses the end of, and goes on with under another name. */

import { createHash } from 'node:crypto';
import { canonical, kAlways, kReceiptKey, kRoot, signDocument } from './agency';
import type { SigningKey } from './agency';
import { answerLog, answered, checkpoint, leafOf, pathTo, rootOf } from './receipt-log';

export interface TestLog {
  origin: string;
  leaves: Buffer[];
  /** By manifest digest: whoever asks again gets the same. */
  receipts: Map<string, string>;
  links: readonly string[];
  /** Each receipt shares its batch with somebody else's, whose entry comes after it. */
  inBatches?: boolean;
}

export function newLog(origin: string): TestLog {
  return { origin, leaves: [], receipts: new Map(), links: [] };
}

const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest();

function certificateFor(aud: string, of: SigningKey): string {
  const facts = {
    aud,
    role: 'receipt',
    key: of.public,
    ...kAlways,
    development: true,
  };
  return signDocument('landfall-cert', facts, kRoot);
}

/** The receipt of that manifest, which stands in the log from then on. */
export function loggedReceipt(log: TestLog, manifest_sha256: string, case_number: string): string {
  const known = log.receipts.get(manifest_sha256);
  if (known !== undefined) return known;
  const { origin, leaves } = log;
  const received_at = `2026-11-21T07:00:0${String(leaves.length)}Z`;
  const facts = {
    manifest_sha256,
    case_number,
    received_at: origin.endsWith('2') ? received_at.replace('-21T', '-22T') : received_at,
    amount_due: { amount: 600, currency: 'TWD' },
  };
  const receipt_body = {
    ...facts,
    salt: Buffer.alloc(16, 7).toString('base64url'),
  };
  leaves.push(sha256(Buffer.concat([Buffer.of(0), sha256(canonical(receipt_body))])));
  const index = leaves.length - 1;
  if (log.inBatches === true) leaves.push(leafOf(`after ${case_number}`));
  const receipt = signDocument(
    'landfall-receipt',
    {
      aud: origin,
      cert: certificateFor(origin, kReceiptKey),
      log: {
        origin,
        index,
        tree_size: leaves.length,
        proof: pathTo(index, leaves).map((hash) => hash.toString('hex')),
        checkpoint: checkpoint(leaves, kReceiptKey, origin),
      },
      receipt_body,
      short: signDocument(
        'landfall-receipt',
        { aud: origin, kind: 'short', ...facts },
        kReceiptKey,
      ),
    },
    kReceiptKey,
  );
  log.receipts.set(manifest_sha256, receipt);
  return receipt;
}

/** The agency's word that `former` goes on as `origin` with its first `kept` leaves. */
export function linkOf(former: TestLog, origin: string, kept: number): string {
  const leaves = former.leaves.slice(0, kept);
  return signDocument(
    'landfall-link',
    {
      aud: origin,
      cert: certificateFor(origin, kReceiptKey),
      checkpoint: checkpoint(leaves, kReceiptKey, origin),
      former: {
        cert: certificateFor(former.origin, kReceiptKey),
        origin: former.origin,
        root: rootOf(leaves).toString('hex'),
        tree_size: kept,
      },
      linked_at: '2026-11-21T08:00:00Z',
    },
    kReceiptKey,
  );
}

/** What a copy made when there were `kept` entries goes on as; later receipts are lost. */
export function restored(former: TestLog, origin: string, kept: number): TestLog {
  const receipts = new Map([...former.receipts].slice(0, kept));
  const links = [...former.links, linkOf(former, origin, kept)];
  return { origin, leaves: former.leaves.slice(0, kept), receipts, links };
}

export function answerRestoredLog(request: Request, log: TestLog): Response | null {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname === '/api/v1/log/links') return answered({ links: log.links });
  if (pathname.startsWith('/api/v1/log/proof/')) {
    const leaves = log.leaves.slice(0, Number(searchParams.get('size')));
    const path = pathTo(Number(pathname.split('/').at(-1)), leaves);
    return answered({ proof: path.map((hash) => hash.toString('hex')) });
  }
  return answerLog(request, log.leaves, log.leaves.length, log.origin);
}
