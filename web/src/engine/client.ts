/** The page's side of the engine: typed calls, events, and a new worker when the old one stops. */

import { ProblemError } from './problem';
import { draftIdOf, kClosers, kEdits, kVaultClosers, localeOf } from './calls';
import { recover } from './recovery';
import { sendRequest } from './client-state';
import type { ClientState, EnginePort, WorkerMessage } from './client-state';
import type { EngineApi, EngineEvent, EngineMethod, EngineReply, OpenedDraft } from './protocol';

export type { EnginePort } from './client-state';

/** Every call of {@link EngineApi}, with an optional signal at the end that gives up waiting. */
export type EngineCalls = {
  readonly [M in EngineMethod]: (
    ...args: [...request: Parameters<EngineApi[M]>, signal?: AbortSignal]
  ) => ReturnType<EngineApi[M]>;
};

export interface EngineClient extends EngineCalls {
  /** Hears every event until the returned function is called. */
  readonly subscribe: (listener: (event: EngineEvent) => void) => () => void;
  /** Ends the worker. What was flushed is in the vault. */
  readonly close: () => void;
}

function settle(state: ClientState, reply: EngineReply): void {
  if (!reply.ok) state.unsaved = state.unsaved.filter((edit) => edit.id !== reply.id);
  const call = state.calls.get(reply.id);
  if (call === undefined) return;
  state.calls.delete(reply.id);
  if (!reply.ok) {
    call.reject(new ProblemError(reply.problem.code, reply.problem.offset));
    return;
  }
  if (call.method === 'startDraft' || call.method === 'openDraft') {
    const opened = reply.value as OpenedDraft;
    state.openDrafts.set(opened.draft_id, localeOf(call.params));
  }
  if (kClosers.has(call.method)) state.openDrafts.delete(draftIdOf(call.params));
  if (kVaultClosers.has(call.method)) state.openDrafts.clear();
  call.resolve(reply.value);
}

function receive(state: ClientState, message: WorkerMessage): void {
  if ('stopped' in message) {
    void recover(state, message.stopped, message.id, listen);
    return;
  }
  if ('ok' in message) {
    settle(state, message);
    return;
  }
  if (message.event === 'vault-carried') {
    state.carried = message.vault;
    return;
  }
  if (message.event === 'saved') {
    const { draft_id, through } = message;
    state.unsaved = state.unsaved.filter((edit) => edit.draft_id !== draft_id || edit.id > through);
  }
  for (const listener of [...state.listeners]) listener(message);
}

function listen(state: ClientState): void {
  const port = state.port;
  const whilePresent = (act: () => void) => () => {
    if (port === state.port) act();
  };
  port.onmessage = (event: MessageEvent) => {
    if (port === state.port) receive(state, event.data as WorkerMessage);
  };
  port.onerror = whilePresent(() => void recover(state, 'engine_aborted', null, listen));
  port.onmessageerror = whilePresent(() => void recover(state, 'engine_aborted', null, listen));
}

function call(
  state: ClientState,
  method: EngineMethod,
  params: unknown,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  if (state.dead !== null) return Promise.reject(new ProblemError(state.dead));
  if (signal?.aborted === true) return Promise.reject(new ProblemError('cancelled'));
  const id = state.nextId++;
  if (kEdits.has(method)) {
    state.unsaved.push({ id, draft_id: draftIdOf(params), method, params });
  }
  return new Promise((resolve, reject) => {
    const ended = new AbortController();
    // An edit that was made stays made: giving up waiting for its answer does not undo it.
    const giveUp = (): void => {
      state.port.postMessage({ cancel: id });
      reject(new ProblemError('cancelled'));
    };
    signal?.addEventListener('abort', giveUp, { once: true, signal: ended.signal });
    state.calls.set(id, {
      id,
      method,
      params,
      resolve: (value) => {
        ended.abort();
        resolve(value);
      },
      reject: (cause) => {
        ended.abort();
        reject(cause instanceof Error ? cause : new ProblemError('internal'));
      },
      internal: false,
      sentIn: state.recovering ? 0 : state.epoch,
    });
    if (!state.recovering) sendRequest(state, { id, method, params });
  });
}

/** The calls that take no request: their first argument is the signal. */
type BareMethod = {
  [M in EngineMethod]: Parameters<EngineApi[M]> extends [] ? M : never;
}[EngineMethod];

/** A record, so that the compiler misses whichever is left out. */
const kNoRequest: Readonly<Record<BareMethod, true>> = {
  boot: true,
  createVault: true,
  lockVault: true,
  unlockVault: true,
  listPeople: true,
  leaveDevice: true,
  wipe: true,
  listDrafts: true,
  flush: true,
  listOutbox: true,
  listReceipts: true,
  logAlarms: true,
  storage: true,
  backup: true,
  makeRecovery: true,
  recoverySheet: true,
  replaceRecovery: true,
  backUpNow: true,
  deleteBackup: true,
};

function calls(state: ClientState): EngineCalls {
  return new Proxy({} as EngineCalls, {
    get: (_target, method) => {
      // A promise-like look would make `await client` call the worker.
      if (typeof method !== 'string' || method === 'then') return undefined;
      const name = method as EngineMethod;
      return (...args: unknown[]) => {
        const bare = Object.hasOwn(kNoRequest, name);
        const signal = (bare ? args[0] : args[1]) as AbortSignal | undefined;
        return call(state, name, bare ? null : args[0], signal);
      };
    },
  });
}

function spawnWorker(): EnginePort {
  return new Worker(new URL('./worker/worker.ts', import.meta.url), {
    type: 'module',
    name: 'engine',
  });
}

function pageName(): string {
  return [...crypto.getRandomValues(new Uint32Array(4))].map((word) => word.toString(36)).join('-');
}

/**
 * Starts the engine worker. Calls may be made at once; they wait until it is up.
 *
 * A stopped worker (trap, out of memory, crash) is replaced: the drafts that were open are opened
 * from the vault, edits not yet confirmed as saved are applied again, waiting calls go on, and
 * `restarted` tells the page.
 *
 * @param spawn makes the worker; tests pass their own.
 */
export function startEngine(spawn: () => EnginePort = spawnWorker): EngineClient {
  const state: ClientState = {
    spawn,
    page: pageName(),
    port: spawn(),
    epoch: 1,
    nextId: 1,
    recovering: false,
    dead: null,
    restarts: [],
    calls: new Map(),
    stops: new Map(),
    unsaved: [],
    openDrafts: new Map(),
    carried: null,
    listeners: new Set(),
  };
  listen(state);
  const own = {
    subscribe: (listener: (event: EngineEvent) => void) => {
      state.listeners.add(listener);
      return () => state.listeners.delete(listener);
    },
    close: () => {
      state.dead = 'cancelled';
      state.port.terminate();
      for (const waiting of state.calls.values()) waiting.reject(new ProblemError('cancelled'));
      state.calls.clear();
    },
  };
  const typed = calls(state);
  return new Proxy(own as unknown as EngineClient, {
    get: (target, name, receiver): unknown =>
      name === 'subscribe' || name === 'close'
        ? Reflect.get(target, name, receiver)
        : Reflect.get(typed, name),
  });
}
