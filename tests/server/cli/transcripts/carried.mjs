// Submissions that come on a stick: handed in at a server, or into its folder while none runs.

import { readdirSync } from 'node:fs';

import { makeApplicant, makeBundle, makeSubmission } from './applicant.mjs';
import { equal, expect, kCouldNot, kNo, kUsage, kYes, landfall, scenario } from './harness.mjs';
import { withServer } from './server.mjs';

const kLine = /^(\d{12}) {2}(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) {2}(.+)$/;

async function carriedBy(world, name) {
  const applicant = makeApplicant(world.folder, name);
  const answers = { person: { age: 17, full_name: name } };
  // Larger than one request of the online path may be.
  const photos = [{ slot: 'photo', file_name: 'a.jpg', bytes: Buffer.alloc(3 << 20, 7) }];
  const submission = await makeSubmission({
    ...world,
    applicant,
    answers,
    photos,
  });
  return world.folder.write(`${name}.tar`, makeBundle(world.folder, submission));
}

function importing(world, where, files) {
  const { folder } = world;
  const common = ['--trust', folder.file('keys/root.pub'), '--receipts', folder.file('receipts')];
  return landfall(['submissions', 'import', ...files, ...where, ...common]);
}

const folderOf = ({ folder }) =>
  ['data', 'keys', 'packages'].flatMap((name) => [`--${name}`, folder.file(name)]);

scenario('bundles from a stick get their receipts from a running server, once', async (folder) => {
  await withServer(folder, async (world) => {
    const files = [await carriedBy(world, 'one'), await carriedBy(world, 'two')];
    const at = ['--server', world.base];
    const first = importing(world, at, files);
    equal(first.code, kYes, `exit code (${first.errors})`);
    const lines = first.text
      .trim()
      .split('\n')
      .map((line) => kLine.exec(line));
    equal(lines.length, 2, 'lines');
    for (const [i, line] of lines.entries()) {
      expect(line !== null && line[3] === files[i], 'a line for each file', first);
      const receipt = folder.file(`receipts/${line[1]}.jws`);
      const found = landfall(['verify', receipt, '--trust', folder.file('keys/root.pub')]);
      expect(found.text.startsWith(`genuine: receipt for case ${line[1]}`), 'genuine', found);
    }
    const again = importing(world, at, files);
    equal(again.code, kYes, 'exit code of the same again');
    equal(again.text, first.text, 'the same again');
    equal(readdirSync(folder.file('receipts')).length, 2, 'receipts');
    const busy = importing(world, folderOf(world), files);
    equal(busy.code, kCouldNot, 'exit code beside a running server');
    expect(/is running/.test(busy.errors), 'the reason', busy);
  });
});

scenario('bundles are taken into the folder of a server that does not run', async (folder) => {
  let world;
  await withServer(folder, (running) => {
    world = running;
  });
  const files = [await carriedBy(world, 'one')];
  const taken = importing(world, folderOf(world), files);
  equal(taken.code, kYes, `exit code (${taken.errors})`);
  const [, number] = kLine.exec(taken.text.trim());
  equal(importing(world, folderOf(world), files).text, taken.text, 'the same again');
  const listed = landfall(['submissions', 'list', '--data', folder.file('data')]);
  expect(listed.text.startsWith(number), 'the case', listed);
});

scenario(
  'a wrong bundle is named with its reason, and the others are handed in',
  async (folder) => {
    await withServer(folder, async (world) => {
      const good = await carriedBy(world, 'good');
      const bytes = folder.read('good.tar', null);
      const wrong = {
        'short.tar': [bytes.subarray(0, bytes.length - 30_000), /tar_malformed/],
        'empty.tar': [Buffer.alloc(0), /tar_malformed/],
        'photo.tar': [Buffer.alloc(5000, 1), /tar_malformed/],
      };
      for (const [name, [content]] of Object.entries(wrong)) folder.write(name, content);
      const files = [...Object.keys(wrong).map((name) => folder.file(name)), good];
      const got = importing(world, ['--server', world.base], files);
      equal(got.code, kNo, 'exit code');
      equal(got.text.trim().split('\n').length, 1, 'lines');
      for (const [name, [, reason]] of Object.entries(wrong)) {
        const line = got.errors.split('\n').find((each) => each.includes(name)) ?? '';
        expect(reason.test(line), `why ${name} was refused`, got);
      }
      const missing = importing(world, ['--server', world.base], [folder.file('none.tar'), good]);
      equal(missing.code, kCouldNot, 'exit code of a missing file');
      equal(missing.text.trim().split('\n').length, 1, 'the other one');
    });
  },
);

scenario('who imports says where, and hears when nobody answers there', async (folder) => {
  await withServer(folder, async (world) => {
    const file = await carriedBy(world, 'one');
    equal(importing(world, [], [file]).code, kUsage, 'exit code without a place');
    const both = importing(world, ['--server', world.base, ...folderOf(world)], [file]);
    equal(both.code, kUsage, 'exit code with two places');
    const nobody = importing(world, ['--server', 'http://127.0.0.1:9'], [file]);
    equal(nobody.code, kCouldNot, 'exit code where nobody answers');
    expect(/cannot be reached/.test(nobody.errors), 'the reason', nobody);
  });
});
