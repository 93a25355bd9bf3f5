/** A server of the test's own: the built program on a data folder of its own. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** How long a server may take to answer its first health check. */
const kStartMs = 20_000;

/** The value of an environment variable that `./dev test` sets; a test without it could prove nothing. */
export function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '')
    throw new Error(`${name} is not set: run ./dev test e2e`);
  return value;
}

export interface Stack {
  readonly url: string;
  readonly dataDir: string;
  /** Everything the server wrote to its log so far. */
  log(): string;
  /** Process id of the running server; null while it is stopped. */
  pid(): number | null;
  /** With `origin` its log is to have that name. */
  start(origin?: string): Promise<void>;
  /** Ends it as an operator would. */
  stop(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Stops it and deletes its data. */
  remove(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`)).ok;
  } catch {
    return false;
  }
}

interface StackOptions {
  /** Folder of signed packages; those of the project when absent. */
  readonly packages?: string;
  /** Folder of keys; the development keys of the project when absent. */
  readonly keys?: string;
  /** Folder of the built portal; that of the project when absent. */
  readonly web?: string;
}

/** Starts `landfall serve` on a free port and resolves once it is healthy. */
export async function startStack({ packages, keys, web }: StackOptions = {}): Promise<Stack> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'landfall-data-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  let log = '';

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const running = child;
    child = null;
    if (running === null || running.exitCode !== null) return;
    const gone = new Promise((resolve) => running.once('exit', resolve));
    running.kill(signal);
    await gone;
  };

  const stack: Stack = {
    url,
    dataDir,
    log: () => log,
    pid: () => child?.pid ?? null,
    async start(origin) {
      const started = spawn(
        required('LANDFALL_PROGRAM'),
        [
          'serve',
          ...['--listen', `127.0.0.1:${port}`],
          ...['--data', dataDir],
          ...['--web', web ?? required('LANDFALL_WEB')],
          ...['--packages', packages ?? required('LANDFALL_PACKAGES')],
          ...['--keys', keys ?? required('LANDFALL_DEV_KEYS')],
          ...(origin === undefined ? [] : ['--origin', origin]),
        ],
        { stdio: ['ignore', 'pipe', 'pipe'] },
      );
      child = started;
      const note = (piece: Buffer): void => void (log += piece.toString());
      started.stdout.on('data', note);
      started.stderr.on('data', note);
      const until = Date.now() + kStartMs;
      while (!(await answers(url))) {
        if (started.exitCode !== null || Date.now() > until)
          throw new Error(`the server did not start:\n${log}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    async remove() {
      await end('SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  await stack.start();
  return stack;
}
