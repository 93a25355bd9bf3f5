/** One open draft on the page: what was typed, what the engine said, and what is not yet known to be saved. */
import type {
  Answer,
  Finding,
  FormNode,
  NodeState,
  OpenedDraft,
  ProblemCode,
} from '../engine/protocol';
import type { Texts } from '../i18n/context';
import { formatMessage } from '../i18n/message';
import type { MessageArgs, Messages } from '../i18n/message';
import type { LocaleInfo } from '../i18n/locales';
import { problemOf, wasAborted } from './engine-port';
import type { Engine } from './engine-port';
import { readableParams } from './finding-params';
import { indexForm, indexStates, nodeAt } from './form-index';
import type { FormIndex, RuleNode, States } from './form-index';
import { afterPress } from './pointer';
import { createStore } from './store';
import type { Store } from './store';

/** Typing is handed to the engine at most this long after the first unsent key; saving follows within the second. */
export const kSendAfterMs = 400;

export type Saving =
  | { readonly kind: 'saved'; readonly at: string | null }
  | { readonly kind: 'saving' }
  | { readonly kind: 'failed'; readonly reason: ProblemCode };

export interface DraftState {
  readonly nodes: States;
  /** Questions whose findings are shown: those left after a change, and all of a section on "continue". */
  readonly shown: ReadonlySet<string>;
  /** Warnings the person ticked as checked. */
  readonly checked: ReadonlySet<string>;
  readonly saving: Saving;
}

export interface DraftSession {
  readonly draftId: string;
  readonly form: FormIndex;
  /** The language the form's own texts are in. */
  readonly formLocale: string;
  /** The version that is offered now, where it is newer than the draft's. */
  readonly newerVersion: string | null;
  /** The version that the draft was in before. */
  readonly carriedFrom: string | null;
  readonly state: Store<DraftState>;
  /** A text of the form; a key without a text shows as itself. */
  text(key: string | undefined, args?: MessageArgs): string;
  /** A text of the node at `path`, or of one of its choices, which may quote answers. */
  textAt(path: string, key: string | undefined, args?: MessageArgs): string;
  hasText(key: string): boolean;
  /** Takes note of typing; the engine hears of it within 400 ms. */
  type(path: string, value: Answer): void;
  /** Hands over and saves what was typed at once, and from now on shows what is wrong with it. */
  leave(path: string): void;
  /** Answers and saves at once: choices, ticks. */
  answer(path: string, value: Answer): void;
  /** What was typed and not yet answered by the engine, else the engine's value. */
  valueOf(path: string): Answer;
  show(paths: readonly string[]): void;
  check(finding: Finding, checked: boolean): void;
  apply(changes: readonly NodeState[]): void;
  addInstance(path: string, signal: AbortSignal): Promise<void>;
  removeInstance(path: string, index: number, signal: AbortSignal): Promise<void>;
  /** Hands over everything and resolves when the engine has answered all of it: only then is `state` a verdict. */
  settled(): Promise<void>;
  /** Hands over everything and resolves when it lies in the vault. */
  flush(signal: AbortSignal): Promise<void>;
  /** Takes the state of the engine that was started anew; the client already repeated what was not saved. */
  reopened(nodes: readonly NodeState[]): void;
  noteSaved(at: string): void;
  noteSaveFailed(reason: ProblemCode): void;
  /** Hands over what was typed. What is typed from now on is kept for the session that takes over. */
  retire(): void;
  /** Takes over from `former`, which is closed: another language opened the draft anew while somebody typed. */
  takeOver(former: DraftSession): void;
  /** What was typed since {@link retire}. */
  typedSince(): ReadonlyMap<string, Answer>;
  /** Stops timers; the last words typed are handed over first. */
  close(): void;
}

interface Timers {
  set(run: () => void, ms: number): number;
  clear(id: number): void;
}

const kWindowTimers: Timers = {
  set: (run, ms) => window.setTimeout(run, ms),
  clear: (id) => window.clearTimeout(id),
};

/** Key of a warning a person ticked: the same rule on another question is another warning. */
export function findingKey(finding: Finding): string {
  return `${finding.path} ${finding.code}`;
}

export function createDraftSession(
  engine: Engine,
  opened: OpenedDraft,
  texts: Messages,
  locale: LocaleInfo,
  formLocale: string,
  timers: Timers = kWindowTimers,
): DraftSession {
  return new Session(engine, opened, texts, locale, formLocale, timers);
}

class Session implements DraftSession {
  readonly draftId: string;
  readonly form: FormIndex;
  readonly newerVersion: string | null;
  readonly carriedFrom: string | null;
  readonly state: Store<DraftState>;
  /** Typed, not yet handed over. */
  readonly #typed = new Map<string, Answer>();
  /** Handed over, not yet known to be in the vault: the number says in which order. */
  readonly #unsaved = new Map<string, { readonly value: Answer; readonly turn: number }>();
  /** Handed over and not yet answered by the engine. */
  readonly #underway = new Set<Promise<void>>();
  /** Changed since the question was last left. */
  readonly #edited = new Set<string>();
  readonly #closing = new AbortController();
  /** Typed after the draft was opened anew, whose state may not know of it; null until then. */
  #late: Map<string, Answer> | null = null;
  #turn = 0;
  #timer: number | null = null;

  constructor(
    private readonly engine: Engine,
    opened: OpenedDraft,
    private readonly texts: Messages,
    private readonly locale: LocaleInfo,
    readonly formLocale: string,
    private readonly timers: Timers,
  ) {
    this.draftId = opened.draft_id;
    this.form = indexForm(opened.description);
    this.newerVersion = opened.newer_version ?? null;
    this.carriedFrom = opened.carried_from ?? null;
    this.state = createStore<DraftState>({
      nodes: indexStates(opened.nodes),
      shown: new Set(),
      checked: new Set(),
      saving: { kind: 'saved', at: null },
    });
  }

  text(key: string | undefined, args?: MessageArgs): string {
    if (key === undefined) return '';
    const message = this.texts[key];
    return message === undefined ? key : formatMessage(message, this.locale, args);
  }

  textAt(path: string, key: string | undefined, args?: MessageArgs): string {
    const quoted = Object.entries(this.state.get().nodes.get(path)?.outputs ?? {});
    // jr:choice-name() gives the key of a choice's label.
    const words: Record<string, string> = {};
    for (const [name, text] of quoted) words[name] = this.hasText(text) ? this.text(text) : text;
    return this.text(key, { ...words, ...args });
  }

  hasText(key: string): boolean {
    return key in this.texts;
  }

  type(path: string, value: Answer): void {
    this.#edited.add(path);
    this.#note(path, value);
    this.#timer ??= this.timers.set(() => this.#sendTyped(), kSendAfterMs);
    this.#update({ saving: { kind: 'saving' } });
  }

  leave(path: string): void {
    this.#sendTyped();
    // Moving through a question, as a screen reader does, is no mistake yet: only a change is looked at.
    if (!this.#edited.delete(path)) return;
    this.#saveNow();
    afterPress(() => this.show([path]));
  }

  answer(path: string, value: Answer): void {
    this.#note(path, value);
    this.#saveNow();
    this.show([path]);
  }

  valueOf(path: string): Answer {
    const typed = this.#typed.get(path);
    if (typed !== undefined) return typed;
    const sent = this.#unsaved.get(path);
    return sent && sent.turn > 0 ? sent.value : (this.state.get().nodes.get(path)?.value ?? null);
  }

  show(paths: readonly string[]): void {
    const shown = this.state.get().shown;
    if (paths.every((path) => shown.has(path))) return;
    this.#update({ shown: new Set([...shown, ...paths]) });
  }

  check(finding: Finding, checked: boolean): void {
    const next = new Set(this.state.get().checked);
    if (checked) next.add(findingKey(finding));
    else next.delete(findingKey(finding));
    this.#update({ checked: next });
  }

  apply(changes: readonly NodeState[]): void {
    if (changes.length === 0) return;
    this.#update({ nodes: new Map([...this.state.get().nodes, ...indexStates(changes)]) });
  }

  async addInstance(path: string, signal: AbortSignal): Promise<void> {
    this.#sendTyped();
    this.apply(await this.engine.addRepeat({ draft_id: this.draftId, path }, signal));
  }

  async removeInstance(path: string, index: number, signal: AbortSignal): Promise<void> {
    this.#sendTyped();
    this.apply(await this.engine.removeRepeat({ draft_id: this.draftId, path, index }, signal));
    // Later instances moved up, so what was noted under their old positions no longer belongs to them.
    for (const key of [...this.#unsaved.keys()])
      if (key.startsWith(`${path}[`)) this.#unsaved.delete(key);
    await this.flush(signal);
  }

  async settled(): Promise<void> {
    this.#sendTyped();
    // What is typed while one waits is waited for, too.
    while (this.#underway.size > 0) await Promise.all(this.#underway);
  }

  async flush(signal: AbortSignal): Promise<void> {
    this.#sendTyped();
    await this.engine.flush(signal);
  }

  reopened(nodes: readonly NodeState[]): void {
    this.#update({ nodes: indexStates(nodes) });
  }

  noteSaved(at: string): void {
    // An answer still on its way to the worker was not part of this save.
    for (const [path, { turn }] of this.#unsaved) if (turn === 0) this.#unsaved.delete(path);
    const pending = this.#typed.size + this.#unsaved.size > 0;
    this.#update({ saving: pending ? { kind: 'saving' } : { kind: 'saved', at } });
  }

  noteSaveFailed(reason: ProblemCode): void {
    this.#update({ saving: { kind: 'failed', reason } });
  }

  retire(): void {
    this.#sendTyped();
    this.#late = new Map();
  }

  takeOver(former: DraftSession): void {
    for (const [path, value] of former.typedSince()) this.type(path, value);
    former.close();
  }

  typedSince(): ReadonlyMap<string, Answer> {
    return this.#late ?? new Map<string, Answer>();
  }

  close(): void {
    this.#sendTyped();
    this.#closing.abort();
  }

  #note(path: string, value: Answer): void {
    this.#typed.set(path, value);
    this.#late?.set(path, value);
  }

  /** A question that was left is sealed without the pause that typing has. */
  #saveNow(): void {
    const signal = this.#closing.signal;
    this.flush(signal).catch((reason: unknown) => {
      if (!wasAborted(signal, reason)) this.noteSaveFailed(problemOf(reason).code);
    });
  }

  #sendTyped(): void {
    if (this.#timer !== null) this.timers.clear(this.#timer);
    this.#timer = null;
    const changes = [...this.#typed];
    this.#typed.clear();
    for (const [path, value] of changes) {
      const sending = this.#send(path, value).finally(() => this.#underway.delete(sending));
      this.#underway.add(sending);
    }
  }

  async #send(path: string, value: Answer): Promise<void> {
    const turn = ++this.#turn;
    this.#unsaved.set(path, { value, turn });
    this.#update({ saving: { kind: 'saving' } });
    const signal = this.#closing.signal;
    try {
      const changes = await this.engine.setAnswer({ draft_id: this.draftId, path, value }, signal);
      // Acknowledged: the next "saved" covers it, unless something newer was typed since.
      if (this.#unsaved.get(path)?.turn === turn) this.#unsaved.set(path, { value, turn: 0 });
      this.apply(changes);
    } catch (reason) {
      if (!wasAborted(signal, reason)) this.noteSaveFailed(problemOf(reason).code);
    }
  }

  #update(part: Partial<DraftState>): void {
    this.state.set({ ...this.state.get(), ...part });
  }
}

/**
 * The text of a finding: the form's own text for a rule code, the question's constraint message, or the
 * portal's text for the code. A code nobody has a text for is named, so that a helpdesk can look it up.
 */
export function findingText(session: DraftSession, finding: Finding, texts: Texts): string {
  const node: RuleNode | undefined = nodeAt(session.form, finding.path);
  const args: MessageArgs = {
    ...readableParams(finding.params, texts.locale),
    question: session.textAt(finding.path, node?.label),
  };
  const own = ownMessage(node, finding.code);
  if (own !== undefined && session.hasText(own)) return session.textAt(finding.path, own, args);
  for (const prefix of ['rule', 'finding']) {
    const key = `${prefix}.${finding.code}`;
    if (session.hasText(key)) return session.text(key, args);
  }
  if (finding.code === 'required' && node !== undefined && takesFiles(node)) {
    return texts.t('document_required');
  }
  return texts.finding(finding.code, args) ?? texts.t('finding_unknown', { code: finding.code });
}

function takesFiles({ type }: FormNode): boolean {
  return ['image', 'audio', 'video', 'file'].includes(type);
}

/** The key of what the form itself says when `code` is found at this question. */
function ownMessage(node: RuleNode | undefined, code: string): string | undefined {
  if (code === 'required') return node?.required_message;
  return code === 'constraint' ? node?.constraint_message : node?.rules?.[code];
}
