// Sealing and opening 20 MB in pieces of 1 MiB, in Node; the rival is Node's own OpenSSL.

import { createCipheriv } from 'node:crypto';
import { openModule } from './core-module.mjs';

const kPieces = 20;
const kPiece = new Uint8Array(1 << 20).fill(7);
const kRounds = 5;

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

// MB/s, the median of the rounds.
function speed(work) {
  const seconds = Array.from({ length: kRounds }, () => {
    const started = performance.now();
    work();
    return (performance.now() - started) / 1000;
  });
  return (kPieces * kPiece.length) / 1e6 / median(seconds);
}

function seal(core, recipient) {
  const { sealer } = core.callJson(
    'lf_sealer_open',
    JSON.stringify([recipient]),
    new Uint8Array(64),
  );
  const pieces = Array.from({ length: kPieces }, () => core.call('lf_sealer_push', sealer, kPiece));
  return [...pieces, core.call('lf_sealer_finish', sealer)];
}

function open(core, keys, pieces) {
  const { opener } = core.callJson('lf_opener_new', JSON.stringify({ keys }));
  for (const piece of pieces) core.call('lf_opener_push', opener, piece);
  core.call('lf_opener_finish', opener);
}

function rival() {
  const cipher = createCipheriv('chacha20-poly1305', new Uint8Array(32), new Uint8Array(12), {
    authTagLength: 16,
  });
  for (let i = 0; i < kPieces; i += 1) cipher.update(kPiece);
  cipher.final();
}

/** Rows for `crypto.*`. */
export function measure({ wasm }) {
  const core = openModule(wasm);
  const { keys, age_recipient } = core.callJson('lf_keys_derive', new Uint8Array(32).fill(1));
  const sealed = seal(core, age_recipient);
  const openSsl = speed(rival);
  const row = (name, value) => ({
    name,
    where: 'node',
    unit: 'MB/s',
    value,
    rival: 'OpenSSL chacha20-poly1305, not an age file',
    rival_value: openSsl,
    ratio: value / openSsl,
  });
  return [
    row(
      'crypto.seal_20mb',
      speed(() => seal(core, age_recipient)),
    ),
    row(
      'crypto.open_20mb',
      speed(() => open(core, keys, sealed)),
    ),
  ];
}
