// Who seals and opens: each gives streams of sealed and of plain pieces, and the same of whole files.

import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import sodium from 'libsodium-wrappers';
import { landfall } from './landfall';

export const kPieceBytes = 64 << 10;
const kGcmTagBytes = 16;
const kNothing = new Uint8Array(0);

const transformed = (source, transform, flush) =>
  source.pipeThrough(new TransformStream({ transform, flush }));

/** A contender that works piece by piece, in the same two shapes as the others. */
function byPieces(name, sealer, opener) {
  const streamed = (begin) => (source) => {
    const pieces = begin();
    return transformed(
      source,
      async (piece, controller) => controller.enqueue(await pieces.push(piece)),
      async (controller) => controller.enqueue(await pieces.finish()),
    );
  };
  const whole = (begin, size) => async (bytes) => {
    const pieces = begin();
    const made = [];
    for (let at = 0; at < bytes.length; at += size) {
      made.push(await pieces.push(bytes.subarray(at, at + size)));
    }
    made.push(await pieces.finish());
    return joined(made);
  };
  return {
    name,
    seal_stream: streamed(sealer.begin),
    open_stream: streamed(opener.begin),
    seal_buffer: whole(sealer.begin, sealer.size),
    open_buffer: whole(opener.begin, opener.size),
    pieceToOpen: opener.size,
  };
}

export function joined(pieces) {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

async function makeLandfall(name, modules, fast) {
  const core = await landfall(modules, { fast });
  return byPieces(
    name,
    { begin: core.sealer, size: kPieceBytes },
    { begin: core.opener, size: kPieceBytes },
  );
}

async function makeAgeEncryption() {
  const identity = await generateX25519Identity();
  const encrypter = new Encrypter();
  encrypter.addRecipient(await identityToRecipient(identity));
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return {
    name: 'age-encryption',
    seal_stream: (source) => encrypter.encrypt(source),
    open_stream: (source) => decrypter.decrypt(source),
    seal_buffer: (bytes) => encrypter.encrypt(bytes),
    open_buffer: (bytes) => decrypter.decrypt(bytes),
    pieceToOpen: kPieceBytes,
  };
}

async function makeSecretstream() {
  await sodium.ready;
  const key = new Uint8Array(32).fill(1);
  const prefix = 'crypto_secretstream_xchacha20poly1305_';
  const part = (name) => sodium[prefix + name];
  const middle = part('TAG_MESSAGE');
  // The state does not say its header again, so that each opening starts from the last sealing's.
  let header = kNothing;
  const begin = () => {
    const started = part('init_push')(key);
    ({ header } = started);
    return {
      push: (piece) => part('push')(started.state, piece, null, middle),
      finish: () => part('push')(started.state, kNothing, null, part('TAG_FINAL')),
    };
  };
  const beginOpening = () => {
    const state = part('init_pull')(header, key);
    const pull = (piece) => {
      const got = part('pull')(state, piece, null);
      if (got === false) throw new Error('libsodium found a piece that is not genuine');
      return got.message;
    };
    return { push: (piece) => (piece.length > 0 ? pull(piece) : kNothing), finish: () => kNothing };
  };
  return byPieces(
    'libsodium-wrappers',
    { begin, size: kPieceBytes },
    { begin: beginOpening, size: kPieceBytes + part('ABYTES') },
  );
}

async function makeWebCrypto() {
  const { subtle } = globalThis.crypto;
  const key = await subtle.importKey('raw', new Uint8Array(32).fill(1), 'AES-GCM', false, [
    'encrypt',
    'decrypt',
  ]);
  const begin = (what) => () => {
    let count = 0;
    const push = async (piece) => {
      const iv = new Uint8Array(12);
      new DataView(iv.buffer).setUint32(8, (count += 1));
      return new Uint8Array(await subtle[what]({ name: 'AES-GCM', iv }, key, piece));
    };
    return { push, finish: () => kNothing };
  };
  return byPieces(
    'WebCrypto AES-GCM',
    { begin: begin('encrypt'), size: kPieceBytes },
    { begin: begin('decrypt'), size: kPieceBytes + kGcmTagBytes },
  );
}

/** Ours first, then ours where the browser has no vector instructions. */
export async function contenders(modules) {
  return [
    await makeLandfall('landfall', modules, true),
    await makeLandfall('landfall, scalar', modules, false),
    await makeAgeEncryption(),
    await makeSecretstream(),
    await makeWebCrypto(),
  ];
}
