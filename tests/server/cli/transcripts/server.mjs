// A real server for a scenario.

import { once } from 'node:events';
import { createInterface } from 'node:readline';

import { kOrigin } from './documents.mjs';
import { expect, start, succeed } from './harness.mjs';
import { makeAgency, makeForm } from './packages.mjs';

/** Publishes a form under the keys of a new agency. */
function publish(folder) {
  makeAgency(folder);
  const signed = succeed([
    'package',
    'sign',
    makeForm(folder),
    '--keys',
    folder.file('keys'),
    '--out',
    folder.file('packages'),
  ]);
  const [id, version, digest] = signed.toString().split(' ');
  return { id, version, digest };
}

/**
 * A published form, an agency's keys and a server over both; `run` may talk to it. Returns its log.
 *
 * @param {{data?: string, form?: object, origin?: string}} options the data folder's name; the form
 *   of an earlier server over the same folder, whose keys and packages are used again; the log's name
 */
export async function withServer(folder, run, options = {}) {
  const { data = 'data', form = publish(folder), origin = kOrigin } = options;
  const server = start([
    'serve',
    '--listen',
    '127.0.0.1:0',
    '--data',
    folder.file(data),
    '--keys',
    folder.file('keys'),
    '--packages',
    folder.file('packages'),
    '--origin',
    origin,
  ]);
  let log = '';
  server.stderr.on('data', (piece) => (log += piece));
  const ended = once(server, 'exit');
  try {
    const first = await Promise.race([once(createInterface(server.stdout), 'line'), ended]);
    const address = /http:\/\/\S+/.exec(String(first[0]));
    expect(address !== null, 'the address the server listens at', {
      first,
      log,
    });
    const caseOffice = JSON.parse(folder.read('keys/case-office.json')).public;
    await run({
      base: address[0],
      form,
      caseOffice,
      folder,
    });
  } finally {
    server.kill('SIGTERM');
    await ended;
  }
  return log;
}
