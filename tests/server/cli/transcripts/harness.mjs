// Runs the built program as a person would, and counts what held.

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const kMostOutputBytes = 64 << 20;
const kPatienceMs = 120_000;

export const kProgram = process.env.LANDFALL_PROGRAM;

/** The exit codes that are part of the interface. */
export const kYes = 0;
export const kNo = 1;
export const kUsage = 2;
export const kCouldNot = 3;

const registered = [];

/** Registers a scenario; `run` gets a folder of its own and throws when something does not hold. */
export function scenario(name, run) {
  registered.push({ name, run });
}

/**
 * Registers one command with what it must answer.
 * @param {{args: string[], input?: string, code: number, stdout?: string|RegExp, stderr?: RegExp}} want
 */
export function transcript(name, want) {
  scenario(name, (folder) => {
    const got = landfall(want.args, { input: want.input, cwd: folder.root });
    expect(got.code === want.code, `exit code ${want.code}`, got);
    if (typeof want.stdout === 'string') expect(got.text === want.stdout, want.stdout, got);
    if (want.stdout instanceof RegExp) expect(want.stdout.test(got.text), want.stdout, got);
    if (want.stderr !== undefined) expect(want.stderr.test(got.errors), want.stderr, got);
  });
}

/** Throws with what was wanted and what came, unless `holds`. */
export function expect(holds, wanted, got) {
  if (holds) return;
  const shown =
    got?.errors !== undefined
      ? `exit code ${got.code}\nstdout: ${got.text.slice(0, 2000)}\nstderr: ${got.errors.slice(0, 2000)}`
      : JSON.stringify(got);
  throw new Error(`wanted ${wanted}\n${shown}`);
}

export function equal(got, wanted, what = 'value') {
  expect(Object.is(got, wanted), `${what} ${JSON.stringify(wanted)}`, got);
}

function finished(result) {
  if (result.error !== undefined && result.error.code !== 'EPIPE') throw result.error;
  return {
    code: result.status,
    stdout: result.stdout,
    text: result.stdout.toString('utf8'),
    errors: result.stderr.toString('utf8'),
  };
}

/** Runs any program to its end. */
export function command(file, args, options = {}) {
  const { input = '', cwd, env = {} } = options;
  return finished(
    spawnSync(file, args, {
      input,
      cwd,
      env: { ...process.env, LANDFALL_TRUST: '', ...env },
      maxBuffer: kMostOutputBytes,
      timeout: kPatienceMs,
    }),
  );
}

/** Runs `landfall ARGS…`. */
export function landfall(args, options = {}) {
  return command(kProgram, args, options);
}

/** Runs `landfall ARGS…`, which must end with 0, and returns its standard output. */
export function succeed(args, options = {}) {
  const got = landfall(args, options);
  expect(got.code === kYes, `landfall ${args.join(' ')} to end with 0`, got);
  return got.stdout;
}

/** Runs a shell line with $LANDFALL set to the program. */
export function shell(line, options = {}) {
  return command('bash', ['-c', `set -o pipefail; ${line}`], {
    ...options,
    env: { LANDFALL: kProgram, ...options.env },
  });
}

/** Starts `landfall ARGS…` and returns the running process. */
export function start(args, options = {}) {
  return spawn(kProgram, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
}

/** A scratch folder. */
class Folder {
  constructor() {
    this.root = mkdtempSync(path.join(tmpdir(), 'landfall-transcript-'));
  }
  file(name) {
    return path.join(this.root, name);
  }
  write(name, content) {
    writeFileSync(this.file(name), content);
    return this.file(name);
  }
  read(name) {
    return readFileSync(this.file(name));
  }
  remove() {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Runs every registered scenario; returns how many held and how many did not. */
export async function runAll(only) {
  const counts = { passed: 0, failed: 0 };
  for (const { name, run } of registered) {
    if (only !== undefined && !name.includes(only)) continue;
    const folder = new Folder();
    try {
      await run(folder);
      counts.passed += 1;
    } catch (error) {
      counts.failed += 1;
      console.log(`FAILED: ${name}\n${error.stack ?? error}\n`);
    } finally {
      folder.remove();
    }
  }
  return counts;
}

/** The first line that `file --version` prints; throws when the program is missing. */
export function versionOf(file) {
  return execFileSync(file, ['--version'], { encoding: 'utf8' }).trim();
}
