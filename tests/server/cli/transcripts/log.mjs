// The receipt log from outside: whole, grown, holding a receipt; and what a changed one looks like.

import { copyFileSync, existsSync, rmSync } from 'node:fs';

import { makeApplicant, makeBundle, makeSubmission } from './applicant.mjs';
import { makeKey } from './documents.mjs';
import {
  equal,
  expect,
  kCouldNot,
  kNo,
  kUsage,
  kYes,
  landfall,
  scenario,
  succeed,
} from './harness.mjs';
import { withServer } from './server.mjs';

const kReceived = /^(\d{12}) /;
const kReceipt = /(\d{12})\.jws$/;

/** Hands in an application of its own. */
async function handedIn(world, name) {
  const { folder } = world;
  const applicant = makeApplicant(folder, name);
  const answers = { person: { age: 17, full_name: name } };
  const submission = await makeSubmission({ ...world, applicant, answers, photos: [] });
  const bundle = folder.write(`${name}.tar`, makeBundle(folder, submission));
  return landfall([
    ...['submissions', 'import', bundle, '--server', world.base],
    ...['--trust', folder.file('keys/root.pub'), '--receipts', folder.file('receipts')],
  ]);
}

/** The same; gives the file of its receipt. */
async function received(world, name) {
  const { folder } = world;
  const taken = await handedIn(world, name);
  return folder.file(`receipts/${kReceived.exec(taken.text)[1]}.jws`);
}

const kRevokedKey = /receipt_key_revoked: the agency has revoked the key that signed it/;

/** Waits until the server's index revokes `kid`: it looks at the folder from time to time. */
async function untilRevoked({ base }, kid) {
  for (let i = 0; i < 300; i += 1) {
    const index = await (await fetch(`${base}/api/v1/packages`)).text();
    const { revoked } = JSON.parse(Buffer.from(index.split('.')[1], 'base64url'));
    if (revoked.includes(kid)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the server never revoked ${kid}`);
}

const verifying = ({ folder }, ...args) =>
  landfall(['log', 'verify', ...args, '--trust', folder.file('keys/root.pub')]);

scenario(
  'a log that grew is whole, holds its receipts and continues what was seen',
  async (folder) => {
    await withServer(folder, async (world) => {
      const seen = folder.file('seen.checkpoint');
      const sources = [
        ['--server', world.base],
        ['--data', folder.file('data')],
      ];
      for (const source of sources) {
        const empty = verifying(world, ...source);
        equal(empty.code, kYes, `exit code of an empty log (${empty.errors})`);
        expect(/ has 0 entries/.test(empty.text), 'an empty log', empty);
      }
      const receipts = [await received(world, 'one'), await received(world, 'two')];
      equal(verifying(world, '--server', world.base, '--remember', seen).code, kYes, 'first look');
      expect(existsSync(seen), 'the checkpoint is remembered');
      receipts.push(await received(world, 'three'));
      for (const source of sources) {
        const found = verifying(world, ...source, '--remember', seen, ...receipts);
        equal(found.code, kYes, `exit code (${found.errors})`);
        expect(/ has 3 entries, root [0-9a-f]{64}\n/.test(found.text), 'the head', found);
        expect(/continues the [23] entries in /.test(found.text), 'the growth', found);
        for (const [index, receipt] of receipts.entries())
          expect(found.text.includes(`${receipt}: entry ${index}, case `), 'a receipt', found);
      }
      const json = JSON.parse(verifying(world, ...sources[1], '--json', receipts[2]).text);
      equal(json.agrees, true, 'agrees');
      equal(json.size, 3, 'size');
      equal(json.receipts[0].index, 2, 'index');
    });
  },
);

scenario(
  'a log of another history is refused, and what was seen stays remembered',
  async (folder) => {
    const seen = folder.file('seen.checkpoint');
    let receipt;
    let form;
    await withServer(folder, async (world) => {
      ({ form } = world);
      // Kept aside: the other log gives the same case numbers.
      receipt = folder.file('kept.jws');
      copyFileSync(await received(world, 'one'), receipt);
      await received(world, 'two');
      verifying(world, '--server', world.base, '--remember', seen);
    });
    const remembered = folder.read('seen.checkpoint');
    // The same agency, another log: an intake that began anew.
    await withServer(
      folder,
      async (world) => {
        await received(world, 'three');
        for (const source of [
          ['--server', world.base],
          ['--data', folder.file('other')],
        ]) {
          const shorter = verifying(world, ...source, '--remember', seen);
          equal(shorter.code, kNo, 'exit code of a shorter log');
          expect(/not a continuation of the 2 entries/.test(shorter.errors), 'the reason', shorter);
          const missing = verifying(world, ...source, receipt);
          equal(missing.code, kNo, 'exit code of a receipt that is not in it');
          expect(/does not hold it at entry 0/.test(missing.errors), 'the reason', missing);
        }
        await received(world, 'four');
        await received(world, 'five');
        const forked = verifying(world, '--server', world.base, '--remember', seen, '--json');
        equal(forked.code, kNo, 'exit code of a longer log');
        equal(JSON.parse(forked.text).agrees, false, 'agrees');
        expect(folder.read('seen.checkpoint').equals(remembered), 'what was remembered');
      },
      { data: 'other', form },
    );
  },
);

scenario(
  'a log outlives the keys that are retired, and not those that are revoked',
  async (folder) => {
    const kid = (name) => JSON.parse(folder.read(name)).kid;
    const sign = (form, ...more) =>
      succeed([
        ...['package', 'sign', form, '--keys', folder.file('keys')],
        ...['--out', folder.file('packages'), ...more],
      ]);
    const sources = (world) => [
      ['--server', world.base],
      ['--data', folder.file('data'), '--index', folder.file('packages/index.jws')],
    ];
    let form;
    let first;
    await withServer(folder, async (world) => {
      ({ form } = world);
      first = await received(world, 'one');
      const unasked = verifying(world, '--data', folder.file('data'), first);
      equal(unasked.code, kYes, 'exit code without an index');
      expect(/revoked was not looked at without --index/.test(unasked.text), 'a caution', unasked);
    });
    const retired = kid('keys/receipt.json');
    rmSync(folder.file('keys/receipt.json'));
    rmSync(folder.file('keys/receipt.cert'), { force: true });
    makeKey(folder, 'receipt', 'keys/receipt');
    sign(folder.file('packages/visit'));

    await withServer(
      folder,
      async (world) => {
        const second = await received(world, 'two');
        for (const source of sources(world)) {
          const rotated = verifying(world, ...source, first, second);
          equal(rotated.code, kYes, `exit code after the rotation (${rotated.errors})`);
        }
        sign(folder.file('packages/visit'), '--revoke', retired);
        await untilRevoked(world, retired);
        for (const source of sources(world)) {
          equal(verifying(world, ...source, second).code, kYes, 'exit code of the standing key');
          const refused = verifying(world, ...source, first);
          equal(refused.code, kNo, 'exit code of a receipt under the revoked key');
          expect(kRevokedKey.test(refused.errors), 'why', refused);
        }
        sign(folder.file('packages/visit'), '--revoke', kid('keys/receipt.json'));
        await untilRevoked(world, kid('keys/receipt.json'));
        // It goes on serving, receives nothing more, and does not start again with that key.
        const late = await handedIn(world, 'three');
        equal(late.code, kCouldNot, 'exit code of what comes too late');
        expect(/503|storage_unavailable/.test(late.errors), 'to be repeated', late);
        for (const source of sources(world)) {
          const refused = verifying(world, ...source, '--json');
          equal(refused.code, kNo, 'exit code of a log whose head is signed by a revoked key');
          expect(kRevokedKey.test(refused.errors), 'why', refused);
          expect(kRevokedKey.test(JSON.parse(refused.text).reason), 'why, as JSON', refused);
        }
      },
      { form },
    );
    const where = ['data', 'keys', 'packages'].flatMap((name) => [`--${name}`, folder.file(name)]);
    const start = landfall(['serve', '--listen', '127.0.0.1:0', ...where]);
    equal(start.code, kCouldNot, 'exit code of a start with a revoked key');
    expect(
      /its index revokes the receipt key in .*keygen receipt/.test(start.errors),
      'why',
      start,
    );
  },
);

scenario('a server does not start on a log that does not match, and says where', async (folder) => {
  let world;
  let second;
  await withServer(folder, async (running) => {
    world = running;
    await received(world, 'one');
    second = kReceipt.exec(await received(world, 'two'))[1];
  });
  // Another number for the second case, in the row and in its index: as long, so that the pages hold.
  const name = 'data/landfall.db';
  const changed = folder
    .read(name)
    .toString('latin1')
    .replaceAll(second, second.replace(/2$/, '9'));
  folder.write(name, Buffer.from(changed, 'latin1'));
  const reason = /the receipt of case \d{10}09 \(entry 1\) belongs to another case or place/;
  const found = verifying(world, '--data', folder.file('data'));
  equal(found.code, kNo, 'exit code');
  expect(reason.test(found.errors), 'the reason', found);
  const where = ['data', 'keys', 'packages'].flatMap((name) => [`--${name}`, folder.file(name)]);
  const start = landfall(['serve', '--listen', '127.0.0.1:0', ...where]);
  equal(start.code, kCouldNot, 'exit code of the start');
  expect(reason.test(start.errors) && /does not match/.test(start.errors), 'the reason', start);
});

scenario('a log that cannot be read, and a question without a log', (folder) => {
  equal(landfall(['log', 'verify']).code, kUsage, 'neither');
  equal(landfall(['log', 'verify', '--data', 'x', '--server', 'y']).code, kUsage, 'both');
  folder.write('root.pub', `${'A'.repeat(43)}\n`);
  const nowhere = landfall([
    ...['log', 'verify', '--data', folder.file('nowhere')],
    ...['--trust', folder.file('root.pub')],
  ]);
  equal(nowhere.code, kCouldNot, 'no folder');
  equal(
    landfall(['log', 'verify', '--server', 'x', '--trust', folder.file('root.pub')]).code,
    kUsage,
    'no address',
  );
});
