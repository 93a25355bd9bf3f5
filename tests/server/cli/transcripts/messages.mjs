// What the desk tells an applicant: signed by a certified key, fetched by whoever holds the receipt.

import { copyFileSync, renameSync } from 'node:fs';

import { makeApplicant, makeBundle, makeSubmission } from './applicant.mjs';
import { hex, makeKey, publicJwkOf, sha256 } from './documents.mjs';
import { equal, expect, kCouldNot, kNo, kUsage, kYes, landfall, scenario } from './harness.mjs';
import { compactVerify, importJWK } from './jose.mjs';
import { withServer } from './server.mjs';

const kAnswers = { person: { age: 17, full_name: 'A' } };

async function submit(world) {
  const applicant = makeApplicant(world.folder, 'applicant');
  const submission = await makeSubmission({ ...world, applicant, answers: kAnswers });
  const response = await fetch(`${world.base}/api/v1/submissions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-tar' },
    body: makeBundle(world.folder, submission),
  });
  equal(response.status, 201, 'status');
  return { ...submission, digest: hex(sha256(submission.manifest)) };
}

const certifiedBy = (folder, agency = 'keys/agency') => [
  '--certified-by',
  folder.file(`${agency}.json`),
];

const makeDesk = (folder) => makeKey(folder, 'desk', 'keys/desk', certifiedBy(folder));

const trustOf = (folder) => ['--trust', folder.file('keys/root.pub')];

const tell = (folder, id, kind, more = trustOf(folder)) =>
  landfall([
    'submissions',
    'tell',
    id,
    kind,
    '--data',
    folder.file('data'),
    '--desk',
    folder.file('keys/desk.json'),
    ...more,
  ]);

const ask = (world, id, digest) =>
  fetch(`${world.base}/api/v1/submissions/${id}/messages?digest=${digest}`);

async function messagesOf(world, sent) {
  const response = await ask(world, sent.id, sent.digest);
  equal(response.status, 200, 'status');
  return (await response.json()).messages;
}

scenario('opening a case tells its applicant, once, and jose verifies it', async (folder) => {
  await withServer(folder, async (world) => {
    const key = makeDesk(folder);
    const sent = await submit(world);
    equal((await messagesOf(world, sent)).length, 0, 'messages before');
    const open = () =>
      landfall([
        'submissions',
        'open',
        sent.id,
        '--data',
        folder.file('data'),
        '-i',
        folder.file('keys/case-office.identity'),
        '--desk',
        folder.file('keys/desk.json'),
        ...trustOf(folder),
      ]);
    const got = open();
    equal(got.code, kYes, `exit code (${got.errors})`);
    expect(/is told: opened/.test(got.errors), 'that it was told', got);
    expect(/was already told/.test(open().errors), 'that it was told before', got);

    const messages = await messagesOf(world, sent);
    equal(messages.length, 1, 'messages');
    const { payload, protectedHeader } = await compactVerify(
      messages[0],
      await importJWK(publicJwkOf(key), 'EdDSA'),
    );
    equal(protectedHeader.typ, 'landfall-message', 'typ');
    const said = JSON.parse(Buffer.from(payload));
    equal(said.kind, 'opened', 'kind');
    expect(said.counter > 1_700_000_000, 'a counter that grows over a restore', said);
    equal(said.manifest_sha256, sent.digest, 'manifest');
  });
});

scenario('landfall verify knows messages, whose they are and when they are not', async (folder) => {
  await withServer(folder, async (world) => {
    makeDesk(folder);
    const sent = await submit(world);
    const told = tell(folder, sent.id, 'unreadable');
    equal(told.code, kYes, `exit code (${told.errors})`);
    equal((await messagesOf(world, sent))[0], told.text.trim(), 'message');
    const again = tell(folder, sent.id, 'opened');
    equal((await messagesOf(world, sent)).length, 2, 'messages');

    const file = folder.write('message.jws', told.text);
    const verify = (more = []) => landfall(['verify', file, ...trustOf(folder), ...more]);
    const genuine = verify(['--json']);
    equal(genuine.code, kYes, `exit code (${genuine.errors})`);
    const facts = JSON.parse(genuine.text);
    equal(facts.kind, 'message', 'kind');
    equal(facts.says, 'unreadable', 'what it says');
    expect(/^genuine: message/.test(verify().text), 'a sentence', verify());
    folder.write('manifest.jws', sent.manifest);
    equal(verify(['--manifest', folder.file('manifest.jws')]).code, kYes, 'exit code');
    folder.write('other.jws', again.text);
    equal(
      landfall(['verify', file, '--manifest', folder.file('other.jws'), ...trustOf(folder)]).code,
      kNo,
      'exit code for another submission',
    );
    folder.write(
      'message.jws',
      told.text.replace(/.(?=.\s*$)/, (c) => (c === 'A' ? 'B' : 'A')),
    );
    equal(verify().code, kNo, 'exit code of a changed one');
  });
});

scenario('messages are the same 404 for whoever lacks id or digest', async (folder) => {
  await withServer(folder, async (world) => {
    makeDesk(folder);
    const sent = await submit(world);
    tell(folder, sent.id, 'opened');
    const wrong = [
      [sent.id, hex(sha256('other'))],
      ['01890a5d-ac96-774b-bcce-b302099a8057', sent.digest],
      [sent.id, ''],
      ['..', sent.digest],
    ];
    const answers = new Set();
    for (const [id, digest] of wrong) {
      const response = await ask(world, encodeURIComponent(id), digest);
      equal(response.status, 404, `status of ${id} ${digest}`);
      answers.add(await response.text());
    }
    equal(answers.size, 1, 'answers');
  });
});

scenario('a desk without the agency’s word tells nobody anything', async (folder) => {
  await withServer(folder, async (world) => {
    const sent = await submit(world);
    equal(tell(folder, sent.id, 'opened').code, kCouldNot, 'exit code without a key');
    makeKey(folder, 'desk', 'keys/desk');
    equal(tell(folder, sent.id, 'opened').code, kCouldNot, 'exit code without a certificate');

    makeKey(folder, 'agency', 'other-agency');
    makeKey(folder, 'desk', 'foreign', certifiedBy(folder, 'other-agency'));
    renameSync(folder.file('keys/desk.json'), folder.file('keys/bare.json'));
    copyFileSync(folder.file('foreign.json'), folder.file('keys/desk.json'));
    copyFileSync(folder.file('foreign.cert'), folder.file('keys/desk.cert'));
    const foreign = tell(folder, sent.id, 'opened');
    equal(foreign.code, kCouldNot, 'exit code with another agency’s');
    expect(/no phone would believe/.test(foreign.errors), 'the reason', foreign);
    copyFileSync(folder.file('keys/bare.json'), folder.file('keys/desk.json'));
    equal(tell(folder, sent.id, 'opened').code, kCouldNot, 'exit code with another’s certificate');
    equal((await messagesOf(world, sent)).length, 0, 'messages');

    equal(tell(folder, sent.id, 'decided').code, kUsage, 'exit code of no such kind');
    equal(tell(folder, '000000000000', 'opened').code, kCouldNot, 'exit code of no such case');
  });
});

scenario('a desk’s key and its certificate are made together or not at all', (folder) => {
  makeKey(folder, 'agency', 'agency');
  const keygen = (more) =>
    landfall([
      'keygen',
      'desk',
      '-o',
      folder.file('desk.json'),
      ...certifiedBy(folder, 'agency'),
      ...more,
    ]);
  equal(keygen([]).code, kUsage, 'exit code of a production desk under it');
  equal(keygen(['--overlap', '3', '--development']).code, kUsage, 'exit code of an overlap');
  equal(keygen(['--development', '--days', '0']).code, kUsage, 'exit code of no days');
  equal(keygen(['--development']).code, kYes, 'exit code');
  const certificate = folder.read('desk.cert').toString();
  equal(keygen(['--development']).code, kCouldNot, 'exit code where they are');
  equal(folder.read('desk.cert').toString(), certificate, 'certificate');
});
