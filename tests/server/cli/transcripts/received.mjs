// From an applicant who is not our code to the case office: jose signs, age seals, tar packs; the
// server receipts; the command line lists, shows and opens.

import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { makeApplicant, makeBundle, makeSubmission, manifestOf } from './applicant.mjs';
import { hex, publicJwkOf, sha256 } from './documents.mjs';
import {
  command,
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
import { compactVerify, importJWK } from './jose.mjs';
import { withServer as withAnyServer } from './server.mjs';

// The last two characters have bytes inside that look like control characters.
const kMarker = 'ZIEGENPETER 境墓';
const kAnswers = { person: { age: 17, full_name: kMarker } };
const kPhoto = Buffer.concat([Buffer.from('ffd8ffe000104a46494600', 'hex'), Buffer.alloc(3000, 7)]);

/** No answer may be in the server's log. */
async function withServer(folder, run) {
  const log = await withAnyServer(folder, run);
  expect(!log.includes(kMarker), 'no answer in the log', 'one');
}

function post(base, bundle) {
  const headers = { 'Content-Type': 'application/x-tar' };
  return fetch(`${base}/api/v1/submissions`, { method: 'POST', headers, body: bundle });
}

async function submit(world, what = {}) {
  const applicant = makeApplicant(
    world.folder,
    `applicant-${hex(sha256(Math.random().toString())).slice(0, 8)}`,
  );
  const submission = await makeSubmission({ ...world, applicant, answers: kAnswers, ...what });
  const bundle = makeBundle(world.folder, submission);
  const response = await post(world.base, bundle);
  const receipt = await response.text();
  equal(response.status, 201, `status (${receipt})`);
  return { ...submission, applicant, bundle, receipt };
}

const openCase = (folder, id, more = []) =>
  landfall([
    'submissions',
    'open',
    id,
    '--data',
    folder.file('data'),
    '-i',
    folder.file('keys/case-office.identity'),
    ...more,
  ]);

scenario('the keys of an applicant are derived as HKDF-SHA-256 says', (folder) => {
  const applicant = makeApplicant(folder, 'applicant');
  equal(applicant.public, applicant.stated, 'public key');
});

scenario(
  'a submission by jose, age and tar is receipted, and jose verifies the receipt',
  async (folder) => {
    await withServer(folder, async (world) => {
      const sent = await submit(world);
      const key = JSON.parse(folder.read('keys/receipt.json'));
      const { payload, protectedHeader } = await compactVerify(
        sent.receipt,
        await importJWK(publicJwkOf(key), 'EdDSA'),
      );
      equal(protectedHeader.typ, 'landfall-receipt', 'typ');
      equal(
        JSON.parse(Buffer.from(payload)).receipt_body.manifest_sha256,
        hex(sha256(sent.manifest)),
        'manifest',
      );
      folder.write('receipt.jws', sent.receipt);
      folder.write('manifest.jws', sent.manifest);
      const trust = ['--trust', folder.file('keys/root.pub')];
      const args = [
        'verify',
        folder.file('receipt.jws'),
        '--manifest',
        folder.file('manifest.jws'),
        ...trust,
      ];
      const got = landfall(args);
      equal(got.code, kYes, 'exit code');
      expect(/^genuine: receipt for case \d{12}/.test(got.text), 'a case number', got);
      const again = await post(world.base, sent.bundle);
      equal(again.status, 200, 'status of the same again');
      equal(await again.text(), sent.receipt, 'receipt of the same again');
      const bundle = landfall(['verify', folder.write('sent.tar', sent.bundle), ...trust]);
      equal(bundle.code, kYes, 'exit code of the bundle');
      const broken = Buffer.from(sent.bundle);
      broken[broken.indexOf('age-encryption.org/v1') + 300] ^= 1;
      equal(
        landfall(['verify', folder.write('broken.tar', broken), ...trust]).code,
        kNo,
        'exit code',
      );
    });
  },
);

scenario(
  'the case office lists, shows and opens a case, and the photo comes back',
  async (folder) => {
    await withServer(folder, async (world) => {
      const sent = await submit(world, {
        photos: [{ slot: 'photo', file_name: '../../evil\u202egpj.exe', bytes: kPhoto }],
      });
      const data = ['--data', folder.file('data')];
      const [listed] = JSON.parse(succeed(['submissions', 'list', ...data, '--json']));
      equal(listed.submission_id, sent.id, 'submission id');
      const line = succeed(['submissions', 'list', ...data]).toString();
      expect(line.startsWith(`${listed.case_number}  `), 'a line for the case', line);
      const shown = succeed([
        'submissions',
        'show',
        listed.case_number,
        ...data,
        '--trust',
        folder.file('keys/root.pub'),
      ]);
      expect(/receipt: +genuine/.test(shown.toString()), 'a genuine receipt', shown.toString());
      equal(
        succeed(['submissions', 'show', sent.id, ...data, '--receipt']).toString(),
        sent.receipt,
        'receipt',
      );
      equal(
        succeed(['submissions', 'show', sent.id, ...data, '--manifest']).toString(),
        sent.manifest,
        'manifest',
      );
      for (const reference of [listed.case_number, sent.id, hex(sha256(sent.manifest))]) {
        const got = openCase(folder, reference, ['-o', folder.file('photos')]);
        equal(got.code, kYes, 'exit code');
        expect(!/[\u202a-\u202e]/.test(got.text), 'no character that deceives', got);
        const opened = JSON.parse(got.text);
        equal(JSON.stringify(opened.answers), JSON.stringify(kAnswers), 'answers');
        equal(opened.differences.length, 0, 'differences');
        equal(
          opened.attachments[0].file_name,
          '../../evil\u202egpj.exe',
          'file name as it was given',
        );
        expect(readFileSync(opened.attachments[0].path).equals(kPhoto), 'the photo', opened);
      }
      const photos = readdirSync(folder.file('photos')).sort();
      equal(photos.join(' '), 'photo-1.jpg', 'files after opening three times');
      equal(statSync(folder.file('photos/photo-1.jpg')).mode & 0o777, 0o600, 'mode');
    });
  },
);

scenario(
  'one damaged attachment is named, and the answers and the others are there',
  async (folder) => {
    await withServer(folder, async (world) => {
      const other = Buffer.concat([kPhoto, Buffer.from('other')]);
      const sent = await submit(world, {
        photos: [
          { slot: 'documents/photo', file_name: 'a.jpg', bytes: kPhoto },
          { slot: 'documents/passport', file_name: 'b.jpg', bytes: other },
        ],
      });
      const digest = hex(sha256(sent.parts[1]));
      const stored = path.join(folder.file('data'), 'parts', digest.slice(0, 2), digest);
      const bytes = readFileSync(stored);
      bytes[bytes.length - 40] ^= 1;
      writeFileSync(stored, bytes);
      const got = openCase(folder, sent.id, ['-o', folder.file('out')]);
      equal(got.code, kNo, 'exit code');
      expect(got.errors.includes(`DAMAGED attachment documents_photo, part ${digest}`), 'it', got);
      const opened = JSON.parse(got.text);
      equal(JSON.stringify(opened.answers), JSON.stringify(kAnswers), 'answers');
      equal(opened.attachments[0].problem, 'part_digest_mismatch', 'problem');
      expect(readFileSync(opened.attachments[1].path).equals(other), 'the other file', opened);
      equal(readdirSync(folder.file('out')).join(' '), 'documents_passport-1.jpg', 'files');
    });
  },
);

scenario('the age program opens the stored parts with the case office identity', async (folder) => {
  await withServer(folder, async (world) => {
    const sent = await submit(world, {
      photos: [{ slot: 'photo', file_name: 'a.jpg', bytes: kPhoto }],
    });
    let opened = 0;
    for (const part of sent.parts) {
      const digest = hex(sha256(part));
      const stored = path.join(folder.file('data'), 'parts', digest.slice(0, 2), digest);
      const got = command('age', ['-d', '-i', folder.file('keys/case-office.identity'), stored]);
      equal(got.code, 0, 'exit code of age');
      opened += 1;
    }
    equal(opened, 2, 'parts');
  });
});

scenario(
  'a verdict that this engine does not share is shown, and the exit code tells',
  async (folder) => {
    await withServer(folder, async (world) => {
      const answers = { person: { age: 17 } };
      const sent = await submit(world, { answers });
      const got = openCase(folder, sent.id);
      equal(got.code, kNo, 'exit code');
      const { differences } = JSON.parse(got.text);
      const status = differences.find((difference) => difference.what === 'status');
      equal(`${status.stated} ${status.found}`, 'complete incomplete', 'status');
      expect(
        differences.some((difference) => difference.what.startsWith('finding required')),
        'the finding',
        got,
      );
      expect(/DIFFERENT status/.test(got.errors), 'a message', got);
    });
  },
);

scenario(
  'sealed parts signed by another applicant open to nobody: they are not bound',
  async (folder) => {
    await withServer(folder, async (world) => {
      const victim = await submit(world);
      const thief = makeApplicant(folder, 'thief');
      const stolen = JSON.parse(Buffer.from(victim.manifest.split('.')[1], 'base64url'));
      const { aud: _aud, sign_key: _key, age_recipient: _age, ...facts } = stolen;
      const manifest = await manifestOf(thief, { ...facts, parts: victim.parts });
      const response = await post(
        world.base,
        makeBundle(folder, { manifest, parts: victim.parts }),
      );
      const answered = await response.text();
      if (response.status !== 201) {
        expect(response.status >= 400, 'a refusal', answered);
        return;
      }
      const got = openCase(folder, hex(sha256(manifest)));
      equal(got.code, kNo, 'exit code');
      expect(/sealed_answers_not_bound/.test(got.errors), 'the reason', got);
      equal(got.text, '', 'standard output');
    });
  },
);

scenario('another key opens no case, and what is missing is told', async (folder) => {
  await withServer(folder, async (world) => {
    const sent = await submit(world);
    succeed(['keygen', 'sealing', '-o', folder.file('other.json')]);
    const data = ['--data', folder.file('data')];
    const wrong = landfall([
      'submissions',
      'open',
      sent.id,
      ...data,
      '-i',
      folder.file('other.json'),
    ]);
    equal(wrong.code, kCouldNot, 'exit code');
    equal(wrong.text, '', 'standard output');
    equal(
      landfall(['submissions', 'open', sent.id, ...data]).code,
      kUsage,
      'exit code without identity',
    );
    equal(openCase(folder, '000000000000').code, kCouldNot, 'exit code of no such case');
    const nowhere = ['submissions', 'list', '--data', folder.file('none')];
    equal(landfall(nowhere).code, kCouldNot, 'exit code of no such folder');
    equal(landfall(['submissions', 'list']).code, kUsage, 'exit code without --data');
  });
});

scenario(
  'without its form package a case is opened and said not to be evaluated again',
  async (folder) => {
    await withServer(folder, async (world) => {
      const sent = await submit(world);
      const got = openCase(folder, sent.id, ['--packages', folder.file('keys')]);
      equal(got.code, kCouldNot, 'exit code');
      equal(JSON.parse(got.text).differences, null, 'differences');
      expect(/not evaluated again/.test(got.errors), 'a message', got);
    });
  },
);
