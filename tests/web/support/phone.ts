/** A phone with one browser: its database, its tabs, its clock. The engine in each tab is the real one. */

import 'fake-indexeddb/auto';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { loadTrust } from '@landfall/bindings/trust';
import type { TrustModule } from '@landfall/bindings/trust';
import { loadCore } from '../../../web/src/engine/core';
import type { Core } from '../../../web/src/engine/core';
import { startEngine } from '../../../web/src/engine/client';
import type { EngineClient, EnginePort } from '../../../web/src/engine/client';
import type { EngineEvent } from '../../../web/src/engine/protocol';
import type { Surroundings, TabMessage } from '../../../web/src/engine/surroundings';
import { startDispatcher } from '../../../web/src/engine/worker/dispatcher';
import { findWasm, moduleBeside } from '../../../web/scripts/build-inputs.mjs';
import { kRoot } from './agency';
import { newBrowser, tabLocks } from './locks';
import type { Browser } from './locks';
import type { TestServer } from './server';

const kServer = 'http://server.test';

let compiled: Promise<WebAssembly.Module> | null = null;

function coreModule(): Promise<WebAssembly.Module> {
  const wasm = findWasm();
  if (wasm === '') throw new Error('the core module is not built: ./dev test builds it');
  compiled ??= WebAssembly.compile(readFileSync(wasm));
  return compiled;
}

function random(count: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(randomBytes(count));
}

/** The core on its own, for tests of what stands right above it. */
export async function freshCore(): Promise<Core> {
  return loadCore(await coreModule(), random, (name) =>
    readFileSync(moduleBeside(findWasm(), name)),
  );
}

export interface Phone {
  readonly browser: Browser;
  readonly databaseName: string;
  readonly server: TestServer;
  readonly channels: Set<(message: TabMessage) => void>;
  /** Added to the real time, milliseconds. */
  clockAhead: number;
  /** Called with each core a tab loads; may change what it does, for instance stop it. */
  prepareCore: (core: Core) => Core;
  /** Brings the module of the vault, or does not. */
  compileVault: () => Promise<WebAssembly.Module>;
  /** Brings the module of trust, or does not. */
  loadTrust: () => Promise<TrustModule>;
  rootKey: string;
  rootCertificates: readonly string[];
  /** What becomes of a worker's message: the page hears it, or does not, or the worker dies saying it. */
  fate: (message: unknown) => 'heard' | 'lost' | 'dies';
}

let phones = 0;

export function newPhone(server: TestServer): Phone {
  phones += 1;
  return {
    browser: newBrowser(),
    databaseName: `phone-${String(phones)}`,
    server,
    channels: new Set(),
    clockAhead: 0,
    prepareCore: (core) => core,
    compileVault: () => WebAssembly.compile(readFileSync(moduleBeside(findWasm(), 'vault'))),
    loadTrust: () => loadTrust(readFileSync(moduleBeside(findWasm(), 'trust'))),
    rootKey: kRoot.public,
    rootCertificates: [],
    fate: () => 'heard',
  };
}

function surroundings(phone: Phone, locks: LockManager): Surroundings {
  return {
    now: () => new Date(Date.now() + phone.clockAhead),
    randomBytes: random,
    fetch: phone.server.fetch,
    upload: async (url, file, type, told, signal) => {
      const headers = { 'content-type': type };
      const answer = await phone.server.fetch(url, {
        method: 'POST',
        body: file,
        headers,
        signal,
      });
      told(file.size);
      return answer;
    },
    server: kServer,
    locks,
    openChannel: (hear) => {
      phone.channels.add(hear);
      return {
        tell: (message) => {
          const others = [...phone.channels].filter((other) => other !== hear);
          // As a BroadcastChannel: later, and to everybody else.
          setTimeout(() => others.forEach((other) => other(message)), 0);
        },
        close: () => phone.channels.delete(hear),
      };
    },
    loadCore: async () => phone.prepareCore(await freshCore()),
    compileVault: () => phone.compileVault(),
    loadTrust: () => phone.loadTrust(),
    rootKey: phone.rootKey,
    rootCertificates: phone.rootCertificates,
    development: true,
    storage: () => Promise.resolve({ quota: 1_000_000_000, usage: 1_000, persisted: false }),
    databaseName: phone.databaseName,
  };
}

/** A worker in this process: messages are copied and arrive later, and it can be killed at any moment. */
function spawnPort(phone: Phone): EnginePort {
  const tab = tabLocks(phone.browser);
  let alive = true;
  const port: EnginePort = {
    onmessage: null,
    onerror: null,
    onmessageerror: null,
    postMessage: (message) => {
      const copy = structuredClone(message);
      setTimeout(() => {
        if (alive) dispatcher.take(copy as Parameters<typeof dispatcher.take>[0]);
      }, 0);
    },
    terminate: () => {
      alive = false;
      tab.release();
      void dispatcher.close();
    },
  };
  const dispatcher = startDispatcher(surroundings(phone, tab.locks), (message) => {
    const copy: unknown = structuredClone(message);
    setTimeout(() => {
      if (!alive) return;
      const fate = phone.fate(copy);
      if (fate === 'heard') port.onmessage?.({ data: copy } as MessageEvent);
      if (fate === 'dies') port.onerror?.({} as ErrorEvent);
    }, 0);
  });
  return port;
}

export interface Tab {
  readonly engine: EngineClient;
  readonly events: EngineEvent[];
  /** Ends the tab at once, as the system does: nothing is saved any more. */
  readonly kill: () => void;
}

export function openTab(phone: Phone): Tab {
  const engine = startEngine(() => spawnPort(phone));
  const events: EngineEvent[] = [];
  engine.subscribe((event) => events.push(event));
  return { engine, events, kill: () => engine.close() };
}

/** Waits until `condition` holds. */
export async function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('it did not happen within ten seconds');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The code under which a call fails. */
export async function problemOfCall(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (cause) {
    return (cause as { readonly code?: string }).code ?? String(cause);
  }
  return 'none';
}
