/** Takes the page's messages, runs the calls, answers; ends for good when the core module stops. */

import { backupHandlers } from './api-backup';
import { draftHandlers } from './api-drafts';
import { fileHandlers } from './api-files';
import { outboxHandlers } from './api-outbox';
import { peopleHandlers } from './api-people';
import { trustHandlers } from './api-trust';
import { upgradeHandlers } from './api-upgrade';
import { vaultHandlers } from './api-vault';
import { trapProblem } from '../core';
import type { CallContext, Handlers } from './handlers';
import { problemOf } from '../problem';
import { startParts } from './parts';
import type { Parts } from './parts';
import type {
  EngineCancel,
  EngineEvent,
  EngineReply,
  EngineRequest,
  EngineStopped,
  ProblemCode,
} from '../protocol';
import type { Surroundings } from '../surroundings';

const kHandlers: Handlers = {
  ...vaultHandlers,
  ...draftHandlers,
  ...fileHandlers,
  ...outboxHandlers,
  ...peopleHandlers,
  ...upgradeHandlers,
  ...backupHandlers,
  ...trustHandlers,
};

type AnyHandler = (parts: Parts, request: unknown, call: CallContext) => Promise<unknown>;

export interface Dispatcher {
  /** Takes one message of the page. */
  readonly take: (message: EngineRequest | EngineCancel) => void;
  /** Ends the parts as a closed tab would; for tests. */
  readonly close: () => Promise<void>;
}

/** @param post sends to the page. */
export function startDispatcher(
  around: Surroundings,
  post: (message: EngineReply | EngineEvent | EngineStopped) => void,
): Dispatcher {
  const running = new Map<number, AbortController>();
  let starting: Promise<Parts> | null = null;
  let ended = false;

  const stopped = (reason: ProblemCode, id: number | null): void => {
    if (ended) return;
    ended = true;
    post({ stopped: reason, id });
  };
  const voice = {
    emit: (event: EngineEvent): void => {
      if (!ended) post(event);
    },
    stopped: (reason: ProblemCode): void => stopped(reason, null),
  };
  const parts = (): Promise<Parts> => {
    // A start that failed (no network at the first visit) is tried again by the next call.
    starting ??= startParts(around, voice).catch((cause: unknown) => {
      starting = null;
      throw cause;
    });
    return starting;
  };

  const run = async ({ id, page, method, params }: EngineRequest): Promise<void> => {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const handler = kHandlers[method] as AnyHandler;
      const value = await handler(await parts(), params, {
        ...{ id, page },
        signal: controller.signal,
      });
      if (!ended) post({ id, ok: true, value });
    } catch (cause) {
      const reason = trapProblem(cause);
      if (reason !== null) stopped(reason, id);
      else if (!ended) post({ id, ok: false, problem: problemOf(cause) });
    } finally {
      running.delete(id);
    }
  };

  return {
    take: (message) => {
      if (ended) return;
      if ('cancel' in message) running.get(message.cancel)?.abort();
      else void run(message);
    },
    close: async () => {
      ended = true;
      (await starting)?.close();
    },
  };
}
