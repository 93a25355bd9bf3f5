/** What the page's side remembers of a running engine: open calls, unsaved edits, open drafts. */

import type {
  CarriedVault,
  EngineEvent,
  EngineMethod,
  EngineReply,
  EngineRequest,
  EngineStopped,
  ProblemCode,
} from './protocol';

/** What the client needs of a worker; `Worker` fits. */
export interface EnginePort {
  postMessage(message: unknown): void;
  terminate(): void;
  onmessage: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
}

export type WorkerMessage = EngineReply | EngineEvent | EngineStopped;

export interface PendingCall {
  readonly id: number;
  readonly method: EngineMethod;
  readonly params: unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (cause: unknown) => void;
  /** Made by the recovery, not by the page. */
  readonly internal: boolean;
  /** The epoch whose worker has the request; another number: not sent to the present worker. */
  sentIn: number;
}

export interface UnsavedEdit {
  readonly id: number;
  readonly draft_id: string;
  readonly method: EngineMethod;
  readonly params: unknown;
}

export interface ClientState {
  readonly spawn: () => EnginePort;
  /** A random name of this page: with it, request ids are unique for ever. */
  readonly page: string;
  port: EnginePort;
  /** Counts workers; whoever waited for an earlier one notices. */
  epoch: number;
  nextId: number;
  /** While a new worker takes over, calls wait instead of being sent. */
  recovering: boolean;
  dead: ProblemCode | null;
  /** When the engine was restarted, milliseconds. */
  readonly restarts: number[];
  readonly calls: Map<number, PendingCall>;
  /** How often the engine stopped at a request, by request id. */
  readonly stops: Map<number, number>;
  /** Edits the vault has not confirmed, oldest first. */
  unsaved: UnsavedEdit[];
  /** Draft id to the locale it was opened in. */
  readonly openDrafts: Map<string, string>;
  /** The open vault, for a worker that could not open it by itself. */
  carried: CarriedVault | null;
  readonly listeners: Set<(event: EngineEvent) => void>;
}

/** Sends one request to the present worker. */
export function sendRequest(
  { port, page }: ClientState,
  { id, method, params }: Pick<PendingCall, 'id' | 'method' | 'params'>,
): void {
  port.postMessage({ id, page, method, params } satisfies EngineRequest);
}
