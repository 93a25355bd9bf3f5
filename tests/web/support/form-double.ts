/** A small form and an engine that answers from a table: for tests of the page's side alone. */

import { createDraftSession } from '../../../web/src/forms/draft-session';
import type { DraftSession } from '../../../web/src/forms/draft-session';
import type { Engine } from '../../../web/src/forms/engine-port';
import type {
  Answer,
  Finding,
  FormDescription,
  FormNode,
  NodeKind,
  NodeState,
} from '../../../web/src/engine/protocol';
import { localeByTag } from '../../../web/src/i18n/locales';
import type { Messages } from '../../../web/src/i18n/message';

/** One node of a form; `path` decides name and parent. */
export function formNode(
  path: string,
  type = 'text',
  kind: NodeKind = 'question',
  more: Partial<FormNode> = {},
): FormNode {
  const names = path.split('/');
  return {
    path,
    name: names.at(-1) ?? '',
    type,
    kind,
    parent: names.slice(0, -1).join('/'),
    label: `label ${path}`,
    ...more,
  };
}

export function description(nodes: readonly FormNode[]): FormDescription {
  return {
    form_id: 'test',
    version: '1',
    title: 'title',
    default_language: 'en',
    locales: ['en'],
    nodes,
    choices: {},
    documents: {},
  };
}

export function nodeState(
  path: string,
  value: Answer,
  findings: readonly Finding[] = [],
): NodeState {
  return {
    path,
    relevant: true,
    required: true,
    readonly: false,
    value,
    findings,
  };
}

export function error(path: string, code: string): Finding {
  return { path, code, severity: 'error', params: {} };
}

export interface Sent {
  readonly path: string;
  readonly value: Answer;
}

export interface EngineDouble {
  readonly engine: Engine;
  /** Every answer handed over, in order. */
  readonly sent: Sent[];
  readonly flushes: { count: number };
}

/** `respond` gives the changes for an answer; by default the answered node itself, without findings. */
export function engineDouble(
  respond: (sent: Sent) => readonly NodeState[] = ({ path, value }) => [nodeState(path, value)],
): EngineDouble {
  const sent: Sent[] = [];
  const flushes = { count: 0 };
  const calls: Partial<Engine> = {
    setAnswer: (request) => {
      sent.push({ path: request.path, value: request.value });
      return Promise.resolve(respond(request));
    },
    flush: () => {
      flushes.count += 1;
      return Promise.resolve(null);
    },
    subscribe: () => () => undefined,
  };
  return { engine: calls as Engine, sent, flushes };
}

/** An engine that keeps its answers back until `answerAll` is called. */
export function slowEngineDouble(): {
  readonly engine: Engine;
  readonly answerAll: () => Promise<void>;
} {
  const { engine } = engineDouble();
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const setAnswer: Engine['setAnswer'] = async (request) => {
    await released;
    return engine.setAnswer(request);
  };
  return {
    engine: { ...engine, setAnswer },
    answerAll: async () => {
      release();
      // A task later every promise that waited has run.
      await new Promise((resolve) => setTimeout(resolve, 0));
    },
  };
}

/** Timers that run only when told: no test waits for real time. */
export function handTimers() {
  const waiting = new Map<number, { readonly run: () => void; readonly ms: number }>();
  let next = 1;
  return {
    set: (run: () => void, ms: number): number => {
      waiting.set(next, { run, ms });
      return next++;
    },
    clear: (id: number): void => void waiting.delete(id),
    delays: (): number[] => [...waiting.values()].map((timer) => timer.ms),
    runAll: (): void => {
      const due = [...waiting.values()];
      waiting.clear();
      due.forEach((timer) => timer.run());
    },
  };
}

export function openTestSession(
  double: EngineDouble,
  nodes: readonly FormNode[],
  states: readonly NodeState[],
  timers = handTimers(),
  choices: FormDescription['choices'] = {},
  texts: Messages = {},
): DraftSession {
  const opened = {
    draft_id: 'd1',
    description: { ...description(nodes), choices },
    texts: {},
    nodes: states,
    fee: null,
  };
  return createDraftSession(double.engine, opened, texts, localeByTag('en'), 'en', timers);
}
