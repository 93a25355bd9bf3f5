// The built server on folders of a test's own: keys, one published package, data.

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { canonical, sha256Hex, signDocument, signingKey } from './signing.mjs';

export const kOrigin = 'landfall.localhost/log';
const kStartMs = 20_000;
const day = (offset) =>
  new Date(Date.now() + offset * 86_400_000).toISOString().replace(/\.\d+Z/, 'Z');

/** The program under test: LANDFALL_PROGRAM, as ctest and ./dev test set it. */
export function program() {
  const place = process.env.LANDFALL_PROGRAM;
  if (!place) throw new Error('LANDFALL_PROGRAM does not name the built program');
  return place;
}

async function run(args) {
  const child = spawn(program(), args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let messages = '';
  child.stderr.on('data', (piece) => {
    messages += piece;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`landfall ${args.join(' ')} ended with ${code}: ${messages}`);
}

/** Keys by `landfall keygen`, and a form published with them. */
async function prepare(folder) {
  const keys = path.join(folder, 'keys');
  const packages = path.join(folder, 'packages');
  mkdirSync(keys);
  mkdirSync(packages);
  for (const role of ['agency', 'receipt']) {
    await run(['keygen', role, '--development', '--out', path.join(keys, `${role}.json`)]);
  }
  const agency = JSON.parse(readFileSync(path.join(keys, 'agency.json'), 'utf8'));
  const receipt = JSON.parse(readFileSync(path.join(keys, 'receipt.json'), 'utf8'));
  const root = signingKey(Buffer.from(agency.secret, 'base64url'));
  const bytes = canonical({
    fees: { currency: 'TWD', rows: [{ amount: 600, code: 'single' }] },
    workflow: { case_kind: 55 },
  });
  const form = { id: 'entry-permit', version: '1', digest: sha256Hex(bytes) };
  writeFileSync(path.join(packages, `${form.digest}.json`), bytes);
  const index = {
    aud: kOrigin,
    serial: 1,
    issued: day(0),
    expires: day(30),
    development: true,
    packages: [
      {
        form_id: form.id,
        version: form.version,
        digest: form.digest,
        size: bytes.length,
        signature: signDocument(
          'landfall-package',
          {
            aud: kOrigin,
            form_id: form.id,
            version: form.version,
            digest: form.digest,
            development: true,
          },
          root,
        ),
      },
    ],
    recipients: { case_office: [], helpdesk: [] },
    receipt_keys: [],
    revoked: [],
  };
  writeFileSync(path.join(packages, 'index.jws'), signDocument('landfall-index', index, root));
  return { keys, packages, form, receiptKey: receipt.public };
}

export class ServerProcess {
  /** Makes keys, package and folders; nothing runs yet. */
  static async prepare() {
    const folder = mkdtempSync(path.join(tmpdir(), 'landfall-server-'));
    return new ServerProcess(folder, await prepare(folder));
  }

  constructor(folder, prepared) {
    Object.assign(this, prepared, {
      folder,
      data: path.join(folder, 'data'),
      child: null,
      url: '',
      log: '',
      port: 0,
    });
  }

  /** Starts the server on `data` and waits for its address. A restart takes the same port. */
  async start({ data = this.data, env = {}, config = null } = {}) {
    const settings = path.join(this.folder, 'landfall.json');
    if (config !== null) writeFileSync(settings, JSON.stringify(config));
    this.child = spawn(
      program(),
      [
        'serve',
        ...['--listen', `127.0.0.1:${this.port}`],
        ...['--data', data],
        ...['--keys', this.keys],
        ...['--packages', this.packages],
        ...(config === null ? [] : ['--config', settings]),
      ],
      { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } },
    );
    this.child.stderr.on('data', (piece) => {
      this.log += piece;
    });
    const lines = createInterface({ input: this.child.stdout });
    const line = await Promise.race([
      once(lines, 'line').then(([text]) => text),
      once(this.child, 'exit').then(([code]) => `exit ${code}`),
      new Promise((resolve) => {
        setTimeout(resolve, kStartMs, 'too slow').unref();
      }),
    ]);
    const match = /^listening on (http:\/\/127\.0\.0\.1:(\d+))$/.exec(line);
    if (match === null) throw new Error(`the server did not start (${line}):\n${this.log}`);
    [, this.url] = match;
    this.port = Number(match[2]);
  }

  /** Ends it by `signal` and waits until it is gone; returns its exit code. */
  async end(signal) {
    const { child } = this;
    this.child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null)
      return child?.exitCode ?? null;
    const gone = once(child, 'exit');
    child.kill(signal);
    const [code] = await gone;
    return code;
  }

  async remove() {
    await this.end('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
