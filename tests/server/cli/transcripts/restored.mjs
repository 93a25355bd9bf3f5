// A data folder restored from a backup: its log goes on under a new name, and nothing becomes doubtful.

import { once } from 'node:events';
import { cpSync, readdirSync, rmSync } from 'node:fs';

import { makeApplicant, makeBundle, makeSubmission } from './applicant.mjs';
import { kOrigin, makeCertificate, makeKey } from './documents.mjs';
import {
  equal,
  expect,
  kCouldNot,
  kNo,
  kUsage,
  kYes,
  landfall,
  scenario,
  start,
  succeed,
} from './harness.mjs';
import { withServer } from './server.mjs';

const kNext = 'landfall.localhost/log-2';
const kThird = 'landfall.localhost/log-3';

/** An application, signed for the log `aud`, as it would be carried. */
async function carried(world, name, aud = kOrigin) {
  const { folder } = world;
  const applicant = makeApplicant(folder, name);
  const answers = { person: { age: 17, full_name: name } };
  const submission = await makeSubmission({ ...world, applicant, answers, photos: [], aud });
  return folder.write(`${name}.tar`, makeBundle(folder, submission));
}

/** Hands it in; gives the file of its receipt, named after `as`. */
function received(world, bundle, as) {
  const { folder } = world;
  const receipts = folder.file(`receipts-${as}`);
  succeed([
    ...['submissions', 'import', bundle, '--server', world.base],
    ...['--trust', folder.file('keys/root.pub'), '--receipts', receipts],
  ]);
  return `${receipts}/${readdirSync(receipts)[0]}`;
}

const caseOf = (receipt) => /(\d{12})\.jws$/.exec(receipt)[1];

const verifying = ({ folder }, ...args) =>
  landfall(['log', 'verify', ...args, '--trust', folder.file('keys/root.pub')]);

const genuine = (folder, receipt) =>
  landfall(['verify', receipt, '--trust', folder.file('keys/root.pub')]);

const backUp = (folder, name = 'backup') =>
  cpSync(folder.file('data'), folder.file(name), { recursive: true });

function restore(folder, name = 'backup') {
  rmSync(folder.file('data'), { recursive: true });
  cpSync(folder.file(name), folder.file('data'), { recursive: true });
}

const continuing = (folder, origin, ...more) => [
  ...['log', 'continue', '--data', folder.file('data'), '--keys', folder.file('keys')],
  ...['--origin', origin, ...more],
];

const continued = (folder, origin, ...more) => landfall(continuing(folder, origin, ...more));

/** The agency publishes the same form for the log `aud`. */
function publishFor(folder, aud) {
  succeed([
    ...['package', 'sign', folder.file('packages/visit'), '--keys', folder.file('keys')],
    ...['--out', folder.file('packages'), '--aud', aud],
  ]);
}

const serving = (folder, origin) =>
  landfall([
    ...['serve', '--listen', '127.0.0.1:0', '--origin', origin],
    ...['data', 'keys', 'packages'].flatMap((name) => [`--${name}`, folder.file(name)]),
  ]);

/** Two cases, a backup, a third case, the backup put back. */
async function lostOne(folder) {
  const made = { seen: folder.file('seen.checkpoint'), early: folder.file('early.checkpoint') };
  await withServer(folder, async (world) => {
    made.form = world.form;
    made.bundles = [await carried(world, 'one'), await carried(world, 'two')];
    made.receipts = made.bundles.map((bundle, index) => received(world, bundle, `old-${index}`));
    equal(verifying(world, '--server', world.base, '--remember', made.early).code, kYes, 'early');
  });
  backUp(folder);
  await withServer(
    folder,
    async (world) => {
      made.bundles.push(await carried(world, 'three'));
      made.receipts.push(received(world, made.bundles[2], 'old-2'));
      equal(verifying(world, '--server', world.base, '--remember', made.seen).code, kYes, 'seen');
    },
    { form: made.form },
  );
  restore(folder);
  return made;
}

scenario(
  'a restored log goes on under a new name, and what was lost is offered again',
  async (folder) => {
    const made = await lostOne(folder);
    const refused = serving(folder, kNext);
    equal(refused.code, kCouldNot, 'exit code of a start under a name that the log has not');
    expect(/landfall log continue/.test(refused.errors), 'the command to use', refused);
    const unneeded = continued(folder, kNext, '--seen', made.early);
    equal(unneeded.code, kNo, 'exit code where nothing is known to be lost');
    expect(/not needed: it holds every entry/.test(unneeded.errors), 'why', unneeded);

    const done = continued(folder, kNext, '--seen', made.seen);
    equal(done.code, kYes, `exit code (${done.errors})`);
    expect(
      /log goes on as landfall\.localhost\/log-2 with its first 2 entries/.test(done.text),
      'what',
      done,
    );
    expect(/^1 entries that the checkpoint has seen are lost/m.test(done.text), 'how many', done);
    const again = continued(folder, kNext);
    equal(again.code, kNo, 'exit code the second time');
    expect(
      /not needed: .* is called landfall\.localhost\/log-2 already/.test(again.errors),
      'why',
      again,
    );
    equal(serving(folder, kOrigin).code, kCouldNot, 'exit code of a start under the former name');

    publishFor(folder, kNext);
    await withServer(
      folder,
      async (world) => {
        const running = continued(folder, kThird);
        equal(running.code, kCouldNot, 'exit code beside a server');
        expect(/landfall serve is running/.test(running.errors), 'why', running);
        // What is held has the receipt it had; what was lost is received as new, under its old name.
        const kept = received(world, made.bundles[0], 'again-0');
        expect(
          folder
            .read(kept.slice(folder.root.length + 1))
            .equals(folder.read(made.receipts[0].slice(folder.root.length + 1))),
          'the same receipt',
        );
        const renewed = received(world, made.bundles[2], 'again-2');
        const fresh = received(world, await carried(world, 'four', kNext), 'new-3');
        expect(caseOf(renewed) !== caseOf(made.receipts[2]), 'another number than the lost one');
        for (const receipt of [...made.receipts, renewed, fresh])
          equal(genuine(folder, receipt).code, kYes, `landfall verify ${receipt}`);
        for (const source of [
          ['--server', world.base],
          ['--data', folder.file('data')],
        ]) {
          const held = verifying(world, ...source, ...made.receipts.slice(0, 2), renewed, fresh);
          equal(held.code, kYes, `exit code (${held.errors})`);
          expect(
            /the first 2 entries of the log \S+\/log went on as \S+log-2/.test(held.text),
            'the link',
            held,
          );
          for (const [index, receipt] of [
            made.receipts[0],
            made.receipts[1],
            renewed,
            fresh,
          ].entries())
            expect(held.text.includes(`${receipt}: entry ${index}, case `), 'a receipt', held);
          const lost = verifying(world, ...source, made.receipts[2]);
          equal(lost.code, kNo, 'exit code of a lost receipt');
          expect(
            /genuine, but its entry 2 is of the part of the log \S+\/log that was lost .* handed in again/.test(
              lost.errors,
            ),
            'what to do',
            lost,
          );
          const copies = ['early', 'seen'].map((name) =>
            folder.write(`${name}-copy`, folder.read(`${name}.checkpoint`)),
          );
          const grown = verifying(world, ...source, '--remember', copies[0], '--json');
          equal(grown.code, kYes, `exit code of a checkpoint within (${grown.errors})`);
          equal(JSON.parse(grown.text).links[0].former, kOrigin, 'former');
          const beyond = verifying(world, ...source, '--remember', copies[1]);
          equal(beyond.code, kYes, `exit code of a checkpoint beyond (${beyond.errors})`);
          expect(
            /saw 3 entries of the log \S+; a restore lost all but the first 2/.test(beyond.text),
            'in words',
            beyond,
          );
          equal(
            verifying(world, ...source, '--remember', copies[1]).code,
            kYes,
            'what is remembered now',
          );
        }
      },
      { form: made.form, origin: kNext },
    );
  },
);

scenario('a log that was rewritten behind a link is an alarm', async (folder) => {
  const made = await lostOne(folder);
  // Another log of the same agency and name, that goes on as if it were the restored one.
  rmSync(folder.file('data'), { recursive: true });
  await withServer(
    folder,
    async (world) => {
      for (const name of ['five', 'six', 'seven'])
        received(world, await carried(world, name), name);
    },
    { form: made.form },
  );
  const caught = continued(folder, kNext, '--seen', made.seen);
  equal(caught.code, kNo, 'exit code of a copy of another log');
  expect(/is of other entries than these/.test(caught.errors), 'why', caught);
  equal(continued(folder, kNext).code, kYes, 'without the checkpoint nobody can tell');
  publishFor(folder, kNext);
  await withServer(
    folder,
    async (world) => {
      for (const source of [
        ['--server', world.base],
        ['--data', folder.file('data')],
      ]) {
        const alarm = verifying(world, ...source, '--remember', made.early);
        equal(alarm.code, kNo, 'exit code of the phone that kept a checkpoint');
        expect(/not a continuation of the 2 entries/.test(alarm.errors), 'why', alarm);
        const missing = verifying(world, ...source, made.receipts[0]);
        equal(missing.code, kNo, 'exit code of a receipt that must be there');
        expect(/does not hold it at entry 0/.test(missing.errors), 'why', missing);
      }
    },
    { form: made.form, origin: kNext },
  );
});

scenario(
  'a link that was changed, or that no certified key can sign, is refused',
  async (folder) => {
    await lostOne(folder);
    const agency = JSON.parse(folder.read('keys/agency.json'));
    // As in production: the agency's key is elsewhere, and the receipt key is a new one.
    cpSync(folder.file('keys'), folder.file('agency'), { recursive: true });
    rmSync(folder.file('keys/agency.json'));
    rmSync(folder.file('keys/receipt.json'));
    const key = makeKey(folder, 'receipt', 'keys/receipt');
    const uncertified = continued(folder, kNext);
    equal(uncertified.code, kCouldNot, 'exit code without a certificate for the new name');
    expect(/receipt\.cert/.test(uncertified.errors), 'which', uncertified);
    folder.write('keys/receipt.cert', await makeCertificate(agency, key, { aud: kNext }));
    const half = continued(folder, kNext);
    equal(half.code, kCouldNot, 'exit code without a certificate for the former name');
    expect(
      /did not certify the receipt key for the log \S+\/log; .*--former-certificate/.test(
        half.errors,
      ),
      'which',
      half,
    );
    const stranger = makeKey(folder, 'agency', 'stranger');
    const wrong = folder.write('wrong.cert', await makeCertificate(stranger, key));
    equal(continued(folder, kNext, '--former-certificate', wrong).code, kCouldNot, 'a stranger');
    const former = folder.write('former.cert', await makeCertificate(agency, key));
    const done = continued(folder, kNext, '--former-certificate', former, '--json');
    equal(done.code, kYes, `exit code (${done.errors})`);

    const world = { folder };
    equal(verifying(world, '--data', folder.file('data')).code, kYes, 'the folder');
    const [link] = JSON.parse(done.text).links;
    const [head, payload, signature] = link.split('.');
    const turned = `${signature.slice(0, 20)}${signature[20] === 'A' ? 'B' : 'A'}${signature.slice(21)}`;
    const database = folder.read('data/landfall.db').toString('latin1');
    expect(database.includes(link), 'the link in one piece');
    const changed = database.replace(link, `${head}.${payload}.${turned}`);
    folder.write('data/landfall.db', Buffer.from(changed, 'latin1'));
    const found = verifying(world, '--data', folder.file('data'));
    equal(found.code, kNo, 'exit code');
    expect(
      /links of the log are not genuine: jws_signature_wrong/.test(found.errors),
      'why',
      found,
    );
    const start = serving(folder, kNext);
    equal(start.code, kCouldNot, 'exit code of the start');
    expect(
      /links of its receipt log are not genuine: jws_signature_wrong/.test(start.errors),
      'why',
      start,
    );
    equal(continued(folder, kThird).code, kCouldNot, 'exit code of going on from it');
  },
);

scenario(
  'two restores make a chain, also when the second is from before the first',
  async (folder) => {
    const made = await lostOne(folder);
    equal(continued(folder, kNext).code, kYes, 'the first');
    publishFor(folder, kNext);
    let second;
    let late;
    await withServer(
      folder,
      async (world) => {
        second = received(world, made.bundles[2], 'second');
      },
      { form: made.form, origin: kNext },
    );
    backUp(folder, 'backup-2');
    await withServer(
      folder,
      async (world) => {
        late = await carried(world, 'late', kNext);
        received(world, late, 'late');
      },
      { form: made.form, origin: kNext },
    );
    const outcomes = [
      { backup: 'backup-2', more: [], held: [...made.receipts.slice(0, 2), second] },
      { backup: 'backup', more: ['--lost-origin', kNext], held: made.receipts.slice(0, 2) },
    ];
    for (const { backup, more, held } of outcomes) {
      restore(folder, backup);
      const done = continued(folder, kThird, ...more);
      equal(done.code, kYes, `exit code from ${backup} (${done.errors})`);
      publishFor(folder, kThird);
      await withServer(
        folder,
        async (world) => {
          const again = received(world, late, `again-${backup}`);
          const lost = [made.receipts[2], second].filter((receipt) => !held.includes(receipt));
          for (const source of [
            ['--server', world.base],
            ['--data', folder.file('data')],
          ]) {
            const good = verifying(world, ...source, ...held, again);
            equal(good.code, kYes, `exit code from ${backup} (${good.errors})`);
            expect(lost.length > 0, 'something was lost');
            for (const receipt of lost) {
              const answer = verifying(world, ...source, receipt);
              equal(answer.code, kNo, 'exit code of a lost receipt');
              expect(/handed in again/.test(answer.errors), 'what to do', answer);
            }
          }
        },
        { form: made.form, origin: kThird },
      );
    }
  },
);

scenario(
  'a restore after the root key was handed over, and a handover after a restore',
  async (folder) => {
    const made = await lostOne(folder);
    cpSync(folder.file('keys'), folder.file('former'), { recursive: true });
    makeKey(folder, 'agency', 'next', [
      ...['--certified-by', folder.file('former/agency.json')],
      ...['--public', folder.file('next.pub')],
    ]);
    const goByNext = () => {
      cpSync(folder.file('next.json'), folder.file('keys/agency.json'));
      cpSync(folder.file('next.pub'), folder.file('keys/root.pub'));
    };
    goByNext();
    const alone = continued(folder, kNext);
    equal(alone.code, kNo, 'exit code of a root that nothing leads to');
    expect(
      /newest receipt is not genuine.*\(receipt_certificate_wrong\)/.test(alone.errors),
      'why',
      alone,
    );
    cpSync(folder.file('agency.certs'), folder.file('keys/agency.certs'));
    const done = continued(folder, kNext);
    equal(done.code, kYes, `exit code (${done.errors})`);

    // And the other way round: the link is by the root of then, the server goes by the next one.
    restore(folder);
    rmSync(folder.file('keys'), { recursive: true });
    cpSync(folder.file('former'), folder.file('keys'), { recursive: true });
    equal(continued(folder, kNext).code, kYes, 'exit code before the handover');
    goByNext();
    rmSync(folder.file('packages/index.jws'));
    const unknown = serving(folder, kNext);
    equal(unknown.code, kCouldNot, 'exit code of a start without the certificates');
    expect(/links of its receipt log are not genuine/.test(unknown.errors), 'why', unknown);
    cpSync(folder.file('agency.certs'), folder.file('keys/agency.certs'));
    await withServer(
      folder,
      async (world) => {
        const answer = await fetch(`${world.base}/api/v1/log/links`);
        equal((await answer.json()).links.length, 1, 'links');
      },
      { form: made.form, origin: kNext },
    );
  },
);

scenario(
  'a stop at any moment leaves the log under one name or the other, whole',
  async (folder) => {
    await lostOne(folder);
    let before = 0;
    let after = 0;
    for (let wait = 0; after < 2; wait += 1) {
      restore(folder);
      const running = start(continuing(folder, kNext));
      const ended = once(running, 'exit');
      await new Promise((resolve) => setTimeout(resolve, wait));
      running.kill('SIGKILL');
      const [code] = await ended;
      const found = verifying({ folder }, '--data', folder.file('data'), '--json');
      equal(found.code, kYes, `exit code after ${wait} ms (${found.errors})`);
      const { origin, links = [] } = JSON.parse(found.text);
      equal(links.length, origin === kNext ? 1 : 0, 'links');
      if (code === 0) equal(origin, kNext, 'the name after it had ended');
      if (origin === kNext) after += 1;
      else before += 1;
      const again = continued(folder, kNext);
      equal(
        again.code,
        origin === kNext ? kNo : kYes,
        `exit code of the second try (${again.errors})`,
      );
      equal(serving(folder, kOrigin).code, kCouldNot, 'a start under the former name');
      expect(wait < 2000, 'an end');
    }
    expect(before > 0, 'a stop before the commit');
  },
);

scenario('what cannot go on says why', (folder) => {
  equal(landfall(['log', 'continue', '--data', 'x', '--keys', 'y']).code, kUsage, 'no name');
  equal(landfall(['log', 'continue', '--keys', 'y', '--origin', 'z']).code, kUsage, 'no folder');
  equal(landfall(['log', 'continue', '--data', 'x', '--origin', 'z']).code, kUsage, 'no keys');
  equal(continued(folder, 'a name').code, kUsage, 'no name that a log can have');
  const nowhere = continued(folder, kNext);
  equal(nowhere.code, kCouldNot, 'no such folder');
  expect(!readdirSync(folder.root).includes('data'), 'nothing is made');
});
