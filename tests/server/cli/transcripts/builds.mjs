// The signed list of a portal's files: a genuine portal is told from a changed one, in a folder and
// as a real server sends it.

import { once } from 'node:events';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { brotliCompressSync, gzipSync } from 'node:zlib';

import { makeKey, signDocument } from './documents.mjs';
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

const kFiles = {
  'index.html': '<!doctype html><script src="/assets/page-1a2b.js"></script>\n',
  'sw.js': 'self.skipWaiting();\n',
  'manifest.webmanifest': '{"name":"Landfall"}\n',
  'assets/page-1a2b.js': `console.log('${'answers '.repeat(200)}');\n`,
};

/** Writes a file of the portal with its compressed siblings. */
function put(folder, name, text) {
  folder.write(`dist/${name}`, text);
  folder.write(`dist/${name}.br`, brotliCompressSync(Buffer.from(text)));
  folder.write(`dist/${name}.gz`, gzipSync(Buffer.from(text)));
}

/** A built portal, signed by an agency of its own. */
function makePortal(folder) {
  mkdirSync(folder.file('dist/assets'), { recursive: true });
  mkdirSync(folder.file('keys'));
  const agency = makeKey(folder, 'agency', 'keys/agency', [
    '--public',
    folder.file('keys/root.pub'),
  ]);
  for (const [name, text] of Object.entries(kFiles)) put(folder, name, text);
  succeed(['build', 'sign', folder.file('dist'), '--keys', folder.file('keys')]);
  return agency;
}

const verify = (folder, place, ...more) =>
  landfall(['verify', place, '--trust', folder.file('keys/root.pub'), ...more]);

const verifyFolder = (folder, ...more) => verify(folder, folder.file('dist'), ...more);

/** What `landfall verify http://…/` says of the portal as a server sends it. */
async function verifyServed(folder, ...more) {
  const server = start([
    ...['serve', '--role', 'static', '--listen', '127.0.0.1:0'],
    ...['--web', folder.file('dist')],
  ]);
  const ended = once(server, 'exit');
  try {
    const first = await Promise.race([once(createInterface(server.stdout), 'line'), ended]);
    const base = /http:\/\/\S+/.exec(String(first[0]))?.[0];
    expect(base !== undefined, 'the address the server listens at', { first });
    return verify(folder, `${base}/`, ...more);
  } finally {
    server.kill('SIGTERM');
    await ended;
  }
}

scenario('a portal as it was signed is genuine, in a folder and served', async (folder) => {
  makePortal(folder);
  for (const got of [verifyFolder(folder), await verifyServed(folder)]) {
    equal(got.code, kYes, `exit code (${got.errors})`);
    const wanted =
      /^genuine: build of 20\d\d-\S+ for landfall\.localhost\/log, 4 files, signed by the agency root \(development key\), each of them as it was signed/;
    expect(wanted.test(got.text), wanted, got);
  }
  const facts = JSON.parse((await verifyServed(folder, '--json')).text);
  equal(facts.genuine, true, 'genuine');
  equal(facts.kind, 'build', 'kind');
  equal(facts.files, 4, 'files');
  equal(facts.differences.length, 0, 'differences');
});

// What somebody may do to a portal, and the line that names it; where a server cannot know, only
// the folder tells.
const kChanges = [
  [
    'a changed script',
    (folder) => put(folder, 'assets/page-1a2b.js', 'send(answers)'),
    /assets\/page-1a2b\.js differs: 13 bytes with SHA-256 [0-9a-f]{64}, signed are \d+ bytes with/,
  ],
  [
    'a changed entrance',
    (folder) => put(folder, 'index.html', '<script src="//evil.example"></script>'),
    /index\.html differs: /,
  ],
  [
    'a changed service worker',
    (folder) => put(folder, 'sw.js', 'fetch("//evil.example")'),
    /sw\.js differs: /,
  ],
  [
    'a script changed only where it is sent by brotli',
    (folder) =>
      folder.write('dist/assets/page-1a2b.js.br', brotliCompressSync(Buffer.from('send(answers)'))),
    /page-1a2b\.js differs where it is sent compressed by brotli: 13 bytes/,
  ],
  [
    'a script changed only where it is sent by gzip',
    (folder) => folder.write('dist/assets/page-1a2b.js.gz', gzipSync(Buffer.from('send(answers)'))),
    /page-1a2b\.js differs where it is sent compressed by gzip: 13 bytes/,
  ],
  [
    'compressed bytes that are none',
    (folder) => folder.write('dist/index.html.br', 'no brotli'),
    /index\.html differs where it is sent compressed by brotli: 9 bytes/,
  ],
  [
    'a missing file',
    (folder) => {
      for (const ending of ['', '.br', '.gz'])
        rmSync(folder.file(`dist/assets/page-1a2b.js${ending}`));
    },
    /assets\/page-1a2b\.js is missing/,
  ],
  [
    'a file that nobody signed',
    (folder) => put(folder, 'assets/more.js', 'more()'),
    /assets\/more\.js is not in the list: nobody signed it/,
    'folder only',
  ],
];
for (const [what, change, line, where] of kChanges) {
  scenario(`a portal with ${what} is not genuine, and the file is named`, async (folder) => {
    makePortal(folder);
    change(folder);
    const found = [verifyFolder(folder)];
    if (where === undefined) found.push(await verifyServed(folder));
    for (const got of found) {
      equal(got.code, kNo, `exit code (${got.errors})`);
      expect(
        /^not genuine: build: 1 file\(s\) are not as they were signed|^not genuine: build: 2 file/.test(
          got.text,
        ),
        'how many',
        got,
      );
      expect(line.test(got.text), line, got);
    }
    const { differences } = JSON.parse(verifyFolder(folder, '--json').text);
    expect(
      differences.length === 1 && line.test(`${differences[0].path} ${differences[0].why}`),
      line,
      differences,
    );
  });
}

scenario('a service worker that the list does not have is named, served too', async (folder) => {
  makePortal(folder);
  for (const ending of ['', '.br', '.gz']) rmSync(folder.file(`dist/sw.js${ending}`));
  succeed(['build', 'sign', folder.file('dist'), '--keys', folder.file('keys')]);
  put(folder, 'sw.js', 'fetch("//evil.example")');
  const got = await verifyServed(folder);
  equal(got.code, kNo, 'exit code');
  expect(/sw\.js is not in the list/.test(got.text), 'the file', got);
});

scenario(
  'a list by another key, changed, missing or of another kind is not genuine',
  async (folder) => {
    const agency = makePortal(folder);
    const list = folder.read('dist/build.jws').toString();
    const [header, payload, signature] = list.split('.');
    const other = makeKey(folder, 'agency', 'other');
    const text = Buffer.from(payload, 'base64url').toString();
    const say = (content) => {
      folder.write('dist/build.jws', content);
      const got = verifyFolder(folder);
      equal(got.code, kNo, 'exit code');
      return got.text;
    };

    const changed = Buffer.from(text.replace('"size":', '"size":1')).toString('base64url');
    expect(
      /jws_signature_wrong: it was changed after/.test(say(`${header}.${changed}.${signature}`)),
      'changed',
    );
    expect(
      /jws_key_wrong: another key than the agency's/.test(
        say(await signDocument('landfall-build', text, other)),
      ),
      'another key',
    );
    expect(
      /jws_type_wrong/.test(say(await signDocument('landfall-package', text, agency))),
      'type',
    );
    equal(verifyFolder(folder, '--aud', 'other.example/log').code, kNo, 'exit code');
    rmSync(folder.file('dist/build.jws'));
    const without = verifyFolder(folder);
    equal(without.code, kNo, 'exit code without a list');
    expect(/there is no build\.jws at .*, so nobody signed/.test(without.text), 'why', without);
    equal((await verifyServed(folder)).code, kNo, 'exit code without a list, served');
  },
);

scenario('the list alone is genuine, and says that nothing was compared', (folder) => {
  makePortal(folder);
  const got = verify(folder, folder.file('dist/build.jws'));
  equal(got.code, kYes, 'exit code');
  expect(/the files themselves were not looked at/.test(got.text), 'a caution', got);
  equal(verify(folder, folder.file('dist/build.jws'), '--aud', 'a.example/log').code, kNo, 'log');
});

scenario('what is no portal is not signed, and a server that is away says nothing', (folder) => {
  makePortal(folder);
  const sign = (...args) => landfall(['build', 'sign', ...args]);
  mkdirSync(folder.file('empty'));
  const empty = sign(folder.file('empty'), '--keys', folder.file('keys'));
  equal(empty.code, kCouldNot, 'exit code of an empty folder');
  expect(/no index\.html/.test(empty.errors), 'why', empty);
  equal(sign(folder.file('none'), '--keys', folder.file('keys')).code, kCouldNot, 'no folder');
  equal(sign(folder.file('dist')).code, kUsage, 'exit code without keys');
  equal(sign(folder.file('dist'), '--keys', folder.file('empty')).code, kCouldNot, 'no key');
  folder.write('dist/a b.js', '');
  const name = sign(folder.file('dist'), '--keys', folder.file('keys'));
  expect(
    name.code === kCouldNot && /a b\.js: a name with characters/.test(name.errors),
    'name',
    name,
  );
  symlinkSync('index.html', folder.file('dist/link.html'));
  rmSync(folder.file('dist/a b.js'));
  equal(verifyFolder(folder).code, kYes, 'a link is not served, and so not extra');
  equal(verify(folder, 'http://no.such.host.invalid/').code, kCouldNot, 'exit code of no server');
  const asked = Date.now();
  const refused = verify(folder, 'http://127.0.0.1:1/');
  equal(refused.code, kCouldNot, 'exit code of a server that is not running');
  expect(/cannot be reached/.test(refused.errors), 'why', refused);
  expect(Date.now() - asked < 10_000, 'at once, for who refuses goes on refusing', refused);
});
