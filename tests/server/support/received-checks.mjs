// What must be true of a server after a crash: each receipted submission there, whole, and once.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readDocument, receiptLeaf, rootFromProof, sha256Hex } from './signing.mjs';

async function checkReceipt(server, submission, violations) {
  const say = (what) => violations.push(`${submission.id}: ${what}`);
  if (submission.receipts.size !== 1) return say(`${submission.receipts.size} different receipts`);
  const [receipt] = submission.receipts;
  const response = await fetch(
    `${server.url}/api/v1/submissions/${submission.id}/receipt?digest=${submission.digest}`,
  );
  if (response.status !== 200) return say(`the receipt is not there (${response.status})`);
  if ((await response.text()) !== receipt) return say('another receipt');
  const payload = readDocument(receipt, server.receiptKey);
  if (payload === null) return say('the receipt is not signed by the receipt key');
  if (payload.receipt_body.manifest_sha256 !== submission.digest)
    return say('a receipt for another manifest');
  return payload;
}

function checkParts(data, submission, violations) {
  for (const bytes of submission.parts) {
    const digest = sha256Hex(bytes);
    const file = path.join(data, 'parts', digest.slice(0, 2), digest);
    if (!existsSync(file)) violations.push(`${submission.id}: part ${digest} is not there`);
    else if (sha256Hex(readFileSync(file)) !== digest)
      violations.push(`${submission.id}: part ${digest} is damaged`);
  }
}

async function checkLog(server, receipts, violations) {
  const note = await (await fetch(`${server.url}/api/v1/log/checkpoint`)).text();
  const [, sizeText, rootText] = note.split('\n');
  const size = Number(sizeText);
  for (const { log, receipt_body: body } of receipts) {
    const answer = await fetch(`${server.url}/api/v1/log/proof/${log.index}?size=${size}`);
    if (answer.status !== 200) {
      violations.push(`log index ${log.index}: no proof (${answer.status})`);
      continue;
    }
    const proof = (await answer.json()).proof.map((hash) => Buffer.from(hash, 'hex'));
    const root = rootFromProof(log.index, size, receiptLeaf(body), proof);
    if (root?.toString('base64') !== rootText)
      violations.push(`log index ${log.index}: the proof does not hold`);
  }
  return size;
}

/**
 * Compares what the server holds with what the applicants got.
 *
 * @returns {Promise<{violations: string[], size: number}>} and the number of leaves in the log
 */
export async function checkReceived(server, data, submissions) {
  const violations = [];
  const receipts = [];
  for (const submission of submissions) {
    const payload = await checkReceipt(server, submission, violations);
    if (payload !== undefined && typeof payload === 'object') receipts.push(payload);
    checkParts(data, submission, violations);
  }
  const numbers = new Set(receipts.map(({ receipt_body: body }) => body.case_number));
  if (numbers.size !== receipts.length) violations.push('two submissions have one case number');
  const places = new Set(receipts.map(({ log }) => log.index));
  if (places.size !== receipts.length) violations.push('two submissions have one place in the log');
  const size = await checkLog(server, receipts, violations);
  return { violations, size };
}
