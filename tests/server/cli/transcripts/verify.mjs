// Verifying: genuine documents made with jose are believed, tampered ones are not.

import { execFile } from 'node:child_process';
import { mkdirSync, truncateSync } from 'node:fs';
import { createServer } from 'node:http';

import {
  canonical,
  hex,
  kOrigin,
  makeCertificate,
  makeIndex,
  makeKey,
  makeReceipt,
  sha256,
  signCheckpoint,
  signDocument,
} from './documents.mjs';
import {
  equal,
  expect,
  kCouldNot,
  kNo,
  kProgram,
  kUsage,
  kYes,
  landfall,
  scenario,
  shell,
} from './harness.mjs';

function makeKeys(folder) {
  return {
    agency: makeKey(folder, 'agency', 'agency', ['--public', folder.file('root.pub')]),
    receipt: makeKey(folder, 'receipt', 'receipt'),
  };
}

const verify = (folder, text, more = []) =>
  landfall(['verify', folder.write('document', text), '--trust', folder.file('root.pub'), ...more]);

scenario('a receipt made with jose is genuine, and its facts are told', async (folder) => {
  const got = verify(folder, await makeReceipt(makeKeys(folder)));
  equal(got.code, kYes, 'exit code');
  const wanted =
    /^genuine: receipt for case 115110000013, .*received at 2026-11-21T07:00:00Z, amount due TWD 600, .*\(development key\).*entry 1 of 2/;
  expect(wanted.test(got.text), wanted, got);
});

scenario('the facts of a receipt can be had as JSON', async (folder) => {
  const got = verify(folder, await makeReceipt(makeKeys(folder)), ['--json']);
  const facts = JSON.parse(got.text);
  equal(facts.genuine, true, 'genuine');
  equal(facts.kind, 'receipt', 'kind');
  equal(facts.case_number, '115110000013', 'case_number');
  equal(facts.development, true, 'development');
});

scenario('a line end after a receipt, and standard input, are no matter', async (folder) => {
  const receipt = await makeReceipt(makeKeys(folder));
  const args = ['verify', '-', '--trust', folder.file('root.pub')];
  equal(landfall(args, { input: `${receipt}\n` }).code, kYes, 'exit code');
});

scenario('a file name that turns its ending round is shown as it is', (folder) => {
  makeKeys(folder);
  const name = folder.file('入出境む\u202eswj.exe');
  const got = landfall(['verify', name, '--trust', folder.file('root.pub')]);
  equal(got.code, kCouldNot, 'exit code');
  expect(got.errors.includes('入出境む'), 'the other characters unchanged', got);
  expect(!got.errors.includes('\u202e') && got.errors.includes('\\u202e'), 'an escape', got);
});

scenario('a file of a gigabyte is refused without being read', (folder) => {
  makeKeys(folder);
  truncateSync(folder.write('huge.tar', ''), 2 ** 30);
  const got = shell(`ulimit -v 200000; exec "$LANDFALL" verify huge.tar --trust root.pub`, {
    cwd: folder.root,
  });
  equal(got.code, kCouldNot, 'exit code');
  expect(/longer than \d+ bytes/.test(got.errors), 'the reason', got);
});

scenario('a receipt with any character changed is not genuine', async (folder) => {
  const receipt = await makeReceipt(makeKeys(folder));
  let tried = 0;
  for (let at = 0; at < receipt.length; at += 97) {
    const other = receipt[at] === 'A' ? 'B' : 'A';
    const got = verify(folder, receipt.slice(0, at) + other + receipt.slice(at + 1));
    equal(got.code, kNo, `exit code with character ${at} changed`);
    tried += 1;
  }
  expect(tried > 20, 'more than 20 places', tried);
});

const kWrongReceipts = [
  [
    'signed by a key the agency did not certify',
    (keys, other) =>
      makeReceipt({ agency: keys.agency, receipt: other }, { cert: undefined }).then(async () =>
        makeReceipt(
          { ...keys, receipt: other },
          { cert: await makeCertificate(keys.agency, keys.receipt) },
        ),
      ),
    'receipt_not_genuine',
  ],
  [
    'certified by another agency',
    (keys, other) => makeReceipt({ agency: other, receipt: keys.receipt }),
    'receipt_certificate_wrong',
  ],
  [
    'with a certificate for another role',
    async (keys) =>
      makeReceipt(keys, {
        cert: await makeCertificate(keys.agency, keys.receipt, { role: 'desk' }),
      }),
    'receipt_certificate_wrong',
  ],
  [
    'from before its key was valid',
    async (keys) => makeReceipt(keys, { body: { received_at: '2025-01-01T00:00:00Z' } }),
    'receipt_key_not_valid',
  ],
  [
    'whose proof is another',
    (keys) => makeReceipt(keys, { log: { proof: [hex(sha256('wrong'))] } }),
    'receipt_not_in_log',
  ],
  [
    'that names another place in the log',
    (keys) => makeReceipt(keys, { log: { index: 0 } }),
    'receipt_not_in_log',
  ],
  [
    'whose short form says another amount',
    (keys) => makeReceipt(keys, { short: { amount_due: { amount: 1, currency: 'TWD' } } }),
    'receipt_not_genuine',
  ],
  ['without a salt', (keys) => makeReceipt(keys, { body: { salt: '' } }), 'receipt_malformed'],
  [
    'with a member that does not belong',
    (keys) => makeReceipt(keys, { body: { note: 'x' } }),
    'receipt_malformed',
  ],
];
for (const [what, make, code] of kWrongReceipts) {
  scenario(`a receipt ${what} is not genuine: ${code}`, async (folder) => {
    const keys = makeKeys(folder);
    const got = verify(folder, await make(keys, makeKey(folder, 'receipt', 'other')));
    equal(got.code, kNo, 'exit code');
    expect(got.text.includes(`not genuine: receipt: ${code}`), code, got);
  });
}

scenario('a receipt is held against the submission it should be for', async (folder) => {
  const keys = makeKeys(folder);
  const receipt = await makeReceipt(keys);
  const right = folder.write('right.jws', 'a manifest\n');
  const wrong = folder.write('wrong.jws', 'another manifest');
  equal(verify(folder, receipt, ['--manifest', right]).code, kYes, 'exit code');
  const got = verify(folder, receipt, ['--manifest', wrong]);
  equal(got.code, kNo, 'exit code');
  expect(got.text.includes('receipt_for_another_submission'), 'the reason', got);
});

scenario('a short receipt needs the signed index, and is genuine with it', async (folder) => {
  const keys = makeKeys(folder);
  const full = await makeReceipt(keys);
  const { short } = JSON.parse(Buffer.from(full.split('.')[1], 'base64url'));
  expect(short.length <= 600, 'at most 600 bytes', short.length);
  equal(verify(folder, short).code, kNo, 'exit code without an index');
  folder.write('index.jws', await makeIndex(keys.agency, keys.receipt));
  const got = verify(folder, short, ['--index', folder.file('index.jws')]);
  equal(got.code, kYes, 'exit code with the index');
});

scenario('a receipt by a revoked key is not genuine', async (folder) => {
  const keys = makeKeys(folder);
  const index = await makeIndex(keys.agency, keys.receipt, { revoked: [keys.receipt.kid] });
  const more = ['--index', folder.write('index.jws', index)];
  const got = verify(folder, await makeReceipt(keys), more);
  equal(got.code, kNo, 'exit code');
  expect(got.text.includes('receipt_key_revoked'), 'the reason', got);
});

const kWrongHeaders = [
  ['alg none', { alg: 'none' }],
  ['another algorithm', { alg: 'HS256' }],
  ['another type', { typ: 'landfall-package' }],
  ['a key of its own', { jwk: {} }],
  ['a critical extension', { crit: ['b64'], b64: false }],
];
for (const [what, change] of kWrongHeaders) {
  scenario(`a receipt whose header has ${what} is not genuine`, async (folder) => {
    const [, payload, signature] = (await makeReceipt(makeKeys(folder))).split('.');
    const header = { alg: 'EdDSA', kid: 'x', typ: 'landfall-receipt', ...change };
    const text = Buffer.from(canonical(header)).toString('base64url');
    equal(verify(folder, `${text}.${payload}.${signature}`).code, kNo, 'exit code');
    equal(verify(folder, `${text}.${payload}.`).code, kNo, 'exit code without a signature');
  });
}

scenario(
  'a payload with a duplicate member is refused though its signature holds',
  async (folder) => {
    const keys = makeKeys(folder);
    const payload = JSON.parse(Buffer.from((await makeReceipt(keys)).split('.')[1], 'base64url'));
    const twice = canonical(payload).replace('{', `{"aud":"${kOrigin}",`);
    const got = verify(folder, await signDocument('landfall-receipt', twice, keys.receipt));
    equal(got.code, kNo, 'exit code');
  },
);

scenario(
  'a payload that is not canonical is refused though its signature holds',
  async (folder) => {
    const keys = makeKeys(folder);
    const payload = JSON.parse(Buffer.from((await makeReceipt(keys)).split('.')[1], 'base64url'));
    const text = JSON.stringify(payload, null, 1);
    equal(
      verify(folder, await signDocument('landfall-receipt', text, keys.receipt)).code,
      kNo,
      'exit code',
    );
  },
);

scenario(
  "an index made with jose is genuine; another agency's is not; an old one is said to be",
  async (folder) => {
    const keys = makeKeys(folder);
    const got = verify(folder, await makeIndex(keys.agency, keys.receipt));
    equal(got.code, kYes, 'exit code');
    expect(/^genuine: index number 7/.test(got.text), 'index number 7', got);
    const other = makeKey(folder, 'agency', 'other');
    equal(verify(folder, await makeIndex(other, keys.receipt)).code, kNo, 'exit code');
    const old = await makeIndex(keys.agency, keys.receipt, {
      expires: '2026-11-21T00:00:01Z',
      issued: '2026-11-20T00:00:00Z',
    });
    expect(/EXPIRED/.test(verify(folder, old).text), 'EXPIRED', verify(folder, old));
  },
);

scenario('a document for another log is not genuine where a log is named', async (folder) => {
  const keys = makeKeys(folder);
  const receipt = await makeReceipt(keys);
  equal(verify(folder, receipt, ['--aud', kOrigin]).code, kYes, 'exit code');
  equal(verify(folder, receipt, ['--aud', 'example.org/log']).code, kNo, 'exit code');
});

scenario('the root key may be given as text or by the environment', async (folder) => {
  const keys = makeKeys(folder);
  const file = folder.write('receipt.jws', await makeReceipt(keys));
  equal(landfall(['verify', file, '--trust', keys.agency.public]).code, kYes, 'exit code');
  const env = { LANDFALL_TRUST: keys.agency.public };
  equal(landfall(['verify', file], { env, cwd: folder.root }).code, kYes, 'exit code');
  equal(landfall(['verify', file], { cwd: folder.root }).code, kUsage, 'exit code without any key');
  equal(landfall(['verify', file, '--trust', keys.receipt.public]).code, kNo, 'exit code');
});

scenario('a development root in the current folder is trusted last, and loudly', async (folder) => {
  const keys = makeKeys(folder);
  const file = folder.write('receipt.jws', await makeReceipt(keys));
  mkdirSync(folder.file('build/dev-keys'), { recursive: true });
  folder.write('build/dev-keys/root.pub', `${keys.agency.public}\n`);
  const got = landfall(['verify', file], { cwd: folder.root });
  equal(got.code, kYes, 'exit code');
  expect(/DEVELOPMENT root key/.test(got.errors), 'a warning', got);
});

for (const [what, content] of [
  ['nothing', ''],
  ['noise', 'noise'],
  ['two dots', '..'],
  ['an HTML page', '<html>Sign in to the network. Please. Now.</html>'],
  ['bytes', Buffer.from([0, 255, 46, 46, 200])],
]) {
  scenario(`${what} instead of a document is not genuine`, (folder) => {
    makeKeys(folder);
    equal(verify(folder, content).code, kNo, 'exit code');
  });
}

scenario('a missing file could not be read', (folder) => {
  makeKeys(folder);
  const args = ['verify', folder.file('none'), '--trust', folder.file('root.pub')];
  equal(landfall(args).code, kCouldNot, 'exit code');
});

/** Runs the program while this process goes on serving. */
const verifyUrl = (url, trust) =>
  new Promise((resolve) => {
    execFile(kProgram, ['verify', url, '--trust', trust], (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, text: stdout, errors: stderr }),
    );
  });

scenario(
  'a receipt is fetched from a URL; a refusal and a cut answer could not be read',
  async (folder) => {
    const keys = makeKeys(folder);
    const receipt = await makeReceipt(keys);
    const server = createServer((request, response) => {
      if (request.url === '/cut') {
        response.writeHead(200, { 'Content-Length': receipt.length + 10 });
        response.write(receipt, () => response.destroy());
      } else {
        response.writeHead(request.url === '/receipt?digest=x' ? 200 : 404);
        response.end(receipt);
      }
    });
    await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
    const base = `http://127.0.0.1:${server.address().port}`;
    try {
      equal(
        (await verifyUrl(`${base}/receipt?digest=x`, keys.agency.public)).code,
        kYes,
        'exit code',
      );
      equal(
        (await verifyUrl(`${base}/other`, keys.agency.public)).code,
        kCouldNot,
        'exit code of 404',
      );
      equal(
        (await verifyUrl(`${base}/cut`, keys.agency.public)).code,
        kCouldNot,
        'exit code of a cut',
      );
    } finally {
      server.close();
    }
    equal(
      (await verifyUrl(`${base}/receipt`, keys.agency.public)).code,
      kCouldNot,
      'exit code of nobody',
    );
  },
);

// Two keys of one agency: the first one's time is over, the second one signs today.
const kRetired = { not_before: '2026-01-01T00:00:00Z', not_after: '2026-06-30T23:59:59Z' };
const kStanding = { not_before: '2026-06-01T00:00:00Z', not_after: '2027-12-31T00:00:00Z' };

function makeRotation(folder) {
  const { agency, receipt: retired } = makeKeys(folder);
  const standing = makeKey(folder, 'receipt', 'standing');
  const receipt_keys = [
    { key: retired.public, ...kRetired },
    { key: standing.public, ...kStanding },
  ];
  const index = async (revoked) => [
    '--index',
    folder.write('index.jws', await makeIndex(agency, standing, { receipt_keys, revoked })),
  ];
  const receipt = async (received_at) =>
    makeReceipt(
      { agency, receipt: retired },
      { body: { received_at }, cert: await makeCertificate(agency, retired, kRetired) },
    );
  return { retired, standing, index, receipt };
}

const kRevoked = /receipt_key_revoked: the agency has revoked the key that signed it/;

scenario('a receipt under a retired key still verifies, within its time only', async (folder) => {
  const { index, receipt } = makeRotation(folder);
  const more = await index([]);
  const full = await receipt('2026-03-01T00:00:00Z');
  const { short } = JSON.parse(Buffer.from(full.split('.')[1], 'base64url'));

  equal(verify(folder, full, more).code, kYes, 'exit code of the full receipt');
  equal(verify(folder, short, more).code, kYes, 'exit code of the short receipt');
  const later = verify(folder, await receipt('2026-07-01T00:00:00Z'), more);
  equal(later.code, kNo, 'exit code of one from after its time');
  expect(/receipt_key_not_valid: it says that it was received/.test(later.text), 'why', later);
});

scenario('a receipt under a revoked key does not verify, and it is said why', async (folder) => {
  const { retired, index, receipt } = makeRotation(folder);
  const more = await index([retired.kid]);
  const full = await receipt('2026-03-01T00:00:00Z');
  const { short } = JSON.parse(Buffer.from(full.split('.')[1], 'base64url'));

  for (const text of [full, short]) {
    const got = verify(folder, text, more);
    equal(got.code, kNo, 'exit code');
    expect(kRevoked.test(got.text), 'why', got);
  }
  const facts = JSON.parse(verify(folder, full, [...more, '--json']).text);
  equal(facts.code, 'receipt_key_revoked', 'code');
  expect(/has revoked the key/.test(facts.reason), 'the reason', facts);
  const unasked = verify(folder, full);
  equal(unasked.code, kYes, 'exit code without an index');
  expect(/revoked was not looked at without --index/.test(unasked.text), 'a caution', unasked);
  equal(JSON.parse(verify(folder, full, ['--json']).text).revocation_checked, false, 'checked');
});

scenario('a checkpoint counts by retired keys and not by revoked ones', async (folder) => {
  const { retired, standing, index } = makeRotation(folder);
  const root = sha256('a root');
  const byRetired = signCheckpoint(kOrigin, 5, root, retired);
  const byStanding = signCheckpoint(kOrigin, 5, root, standing);
  const byBoth = byRetired + byStanding.split('\n\n')[1];

  const rotated = await index([]);
  equal(verify(folder, byRetired, rotated).code, kYes, 'exit code of the retired key');
  equal(verify(folder, byStanding, rotated).code, kYes, 'exit code of the standing key');
  const revoked = await index([retired.kid]);
  const refused = verify(folder, byRetired, revoked);
  equal(refused.code, kNo, 'exit code of the revoked key');
  expect(kRevoked.test(refused.text), 'why', refused);
  equal(verify(folder, byStanding, revoked).code, kYes, 'exit code of the other key');
  equal(verify(folder, byBoth, revoked).code, kYes, 'exit code of both signatures');
  const stranger = verify(
    folder,
    signCheckpoint(kOrigin, 5, root, makeKey(folder, 'receipt', 'x')),
    revoked,
  );
  expect(
    /checkpoint_signature_wrong: none of the receipt keys/.test(stranger.text),
    'why',
    stranger,
  );
});
