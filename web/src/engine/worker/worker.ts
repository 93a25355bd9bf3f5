/** The engine worker: gives the dispatcher this browser's surroundings. */

import {
  functionsUrl,
  identityUrl,
  trustUrl,
  vaultUrl,
  vectorUrl,
  wasmUrl,
} from 'virtual:landfall-wasm';
import { kRootCertificates, kRootKey } from '../../trust/anchor';
import { loadCore } from '../core';
import { startDispatcher } from './dispatcher';
import { uploadByXhr } from './upload';
import { ProblemError } from '../problem';
import type { EngineCancel, EngineRequest } from '../protocol';
import type { Surroundings, TabMessage } from '../surroundings';

declare const self: DedicatedWorkerGlobalScope;

function randomBytes(count: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(count));
}

const kBeside = { functions: functionsUrl, identity: identityUrl, vector: vectorUrl };

const around: Surroundings = {
  now: () => new Date(),
  randomBytes,
  fetch: (input, init) => fetch(input, init),
  upload: uploadByXhr,
  server: '',
  locks: navigator.locks,
  openChannel: (hear) => {
    const channel = new BroadcastChannel('landfall');
    channel.onmessage = (event: MessageEvent) => hear(event.data as TabMessage);
    return { tell: (message) => channel.postMessage(message), close: () => channel.close() };
  },
  loadCore: () => {
    if (wasmUrl === '') throw new ProblemError('engine_missing');
    return loadCore(fetch(wasmUrl), randomBytes, (name) => fetch(kBeside[name]));
  },
  compileVault: () => WebAssembly.compileStreaming(fetch(vaultUrl)),
  loadTrust: async () => (await import('@landfall/bindings/trust')).loadTrust(fetch(trustUrl)),
  rootKey: kRootKey,
  rootCertificates: kRootCertificates,
  development: __LANDFALL_DEVELOPMENT__,
  storage: async () => {
    const { quota, usage } = await navigator.storage.estimate();
    const persisted = await navigator.storage.persisted();
    return {
      ...(quota === undefined ? {} : { quota }),
      ...(usage === undefined ? {} : { usage }),
      persisted,
    };
  },
  databaseName: 'landfall',
};

const dispatcher = startDispatcher(around, (message) => self.postMessage(message));

self.onmessage = (event: MessageEvent) => {
  dispatcher.take(event.data as EngineRequest | EngineCancel);
};

self.addEventListener('online', () => {
  dispatcher.take({ id: -1, page: '', method: 'network', params: { online: true } });
});

// What nobody catches may have left the engine half-way: the page starts another one.
self.addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  self.postMessage({ stopped: 'engine_aborted', id: null });
});
