// What is done once and not by the megabyte: a password's hash, and the check of one signature.

import sodium from 'libsodium-wrappers-sumo';
import { packageCheck, passwordHash } from './landfall';

// OWASP's least for Argon2id.
const kCost = { memory_kib: 19 * 1024, passes: 2 };
const kHashes = 9;
const kChecks = 400;
const kRounds = 5;
const kHashBytes = 32;
const kAudience = 'bench.landfall.test/log';

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const utf8 = (text) => new TextEncoder().encode(text);
const base64url = (bytes) => sodium.to_base64(bytes, sodium.base64_variants.URLSAFE_NO_PADDING);

async function timed(run) {
  const started = performance.now();
  await run();
  return performance.now() - started;
}

/** Medians of turns taken: {name: milliseconds}. */
async function inTurn(runs, rounds) {
  const times = Object.fromEntries(Object.keys(runs).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, run] of Object.entries(runs)) {
      const time = await timed(run);
      if (round > 0) times[name].push(time);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
}

/** {contender: milliseconds} for one hash at the least cost. */
async function argon2id(modules) {
  const ours = await passwordHash(modules.vault);
  const password = utf8('correct horse battery staple');
  const salt = new Uint8Array(sodium.crypto_pwhash_SALTBYTES).fill(3);
  const theirs = () =>
    sodium.crypto_pwhash(
      kHashBytes,
      password,
      salt,
      kCost.passes,
      kCost.memory_kib * 1024,
      sodium.crypto_pwhash_ALG_ARGON2ID13,
    );
  const same = base64url(await ours(password, salt, kCost)) === base64url(theirs());
  if (!same) throw new Error('the hashes differ');
  return inTurn(
    { landfall: () => ours(password, salt, kCost), 'libsodium-wrappers-sumo': theirs },
    kHashes,
  );
}

/** A package that the key of `pair` signed, as the agency signs one: see shared/submission/FORMAT.md. */
function signedPackage(pair) {
  const bytes = utf8('{"a package":"of hardly any bytes"}');
  const x = base64url(pair.publicKey);
  const digestOf = (text) => sodium.crypto_hash_sha256(utf8(text));
  const kid = base64url(digestOf(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`));
  const digest = sodium.to_hex(sodium.crypto_hash_sha256(bytes));
  const header = `{"alg":"EdDSA","kid":"${kid}","typ":"landfall-package"}`;
  const payload = `{"aud":"${kAudience}","development":true,"digest":"${digest}","form_id":"bench","version":"1"}`;
  const signed = `${base64url(utf8(header))}.${base64url(utf8(payload))}`;
  const signature = sodium.crypto_sign_detached(utf8(signed), pair.privateKey);
  return { bytes, jws: `${signed}.${base64url(signature)}`, signed, signature, rootKey: x };
}

/** {contender: signatures a second}; ours checks header, payload and digest as well. */
async function ed25519Verify(modules) {
  const pair = sodium.crypto_sign_keypair();
  const made = signedPackage(pair);
  const ours = await packageCheck(modules.wasm, made.rootKey, kAudience);
  const theirs = () =>
    sodium.crypto_sign_verify_detached(made.signature, utf8(made.signed), pair.publicKey);
  const many = (check) => () => {
    for (let i = 0; i < kChecks; i += 1) if (!check()) throw new Error('refused');
  };
  const runs = {
    landfall: many(() => ours(made.bytes, made.jws)),
    'libsodium-wrappers-sumo': many(theirs),
  };
  const times = await inTurn(runs, kRounds);
  return Object.fromEntries(
    Object.entries(times).map(([name, ms]) => [name, (kChecks * 1000) / ms]),
  );
}

/** {what: {contender: figure}} */
export async function measureSingle(modules) {
  await sodium.ready;
  return { argon2id_ms: await argon2id(modules), ed25519_verify: await ed25519Verify(modules) };
}
