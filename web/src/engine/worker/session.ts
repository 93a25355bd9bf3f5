/** One open draft: the form, what is not saved yet, and the timer that saves it. */

import { ProblemError } from '../problem';
import type { Form, FormChange } from '../core';
import type { FormTexts, LastEdit, NodeState, OpenedDraft } from '../protocol';
import type { DraftAttachment, DraftContents } from '../../offline/records';

/** With the page's own 400 ms this keeps the promise of one second. */
export const kSaveAfterMs = 250;
const kRetryAfterMs = 3_000;

/** What a session needs of the worker around it. */
export interface SessionKeeper {
  readonly save: (contents: DraftContents) => Promise<void>;
  readonly now: () => string;
  readonly saved: (draftId: string, savedAt: string, through: number) => void;
  /** Also decides whether the engine as a whole has stopped. */
  readonly saveFailed: (draftId: string, cause: unknown) => void;
}

export interface Session {
  readonly draftId: string;
  readonly form: Form;
  /** As it lies in the vault. */
  readonly contents: () => DraftContents;
  /** As it would be saved now. */
  readonly snapshot: () => DraftContents;
  readonly attachments: () => readonly DraftAttachment[];
  readonly nodes: () => readonly NodeState[];
  readonly opened: (texts: FormTexts) => OpenedDraft;
  /** Applies one change of the page; `edit` names the request. Saving follows by itself. */
  readonly change: (change: FormChange, edit: LastEdit) => readonly NodeState[];
  /** Replaces the list of attached files; the change that names them is applied separately. */
  readonly setAttachments: (attachments: readonly DraftAttachment[]) => void;
  /** Moves today() to `date` without touching the draft. */
  readonly setAsOf: (date: string) => void;
  /** Saves also if nothing was typed: a draft just begun shows in the list. */
  readonly touch: () => void;
  /** Resolves when everything typed until now is in the vault. Problems: those of saving. */
  readonly flush: () => Promise<void>;
  /** Stops the timer, frees the form and gives the draft to other tabs. Nothing is saved. */
  readonly end: () => void;
}

function isQuestion(node: NodeState): boolean {
  return node.required && node.relevant && node.calculated !== true;
}

function isAnswered(node: NodeState): boolean {
  return node.value !== null && !node.findings.some(({ severity }) => severity === 'error');
}

function progressOf(nodes: readonly NodeState[]): { answered: number; questions: number } {
  const questions = nodes.filter(isQuestion);
  return { answered: questions.filter(isAnswered).length, questions: questions.length };
}

/** Keeps the state of every node, in form order, as changes come in. */
function nodeBook(initial: readonly NodeState[]) {
  let nodes = new Map(initial.map((node) => [node.path, node]));
  return {
    list: (): readonly NodeState[] => [...nodes.values()],
    merge: (changes: readonly NodeState[]): void => {
      for (const node of changes) nodes.set(node.path, node);
      for (const { path, count } of changes) {
        if (count === undefined) continue;
        nodes = new Map([...nodes].filter(([other]) => !isBeyond(other, path, count)));
      }
    },
  };
}

/** Whether `path` lies in an instance of the repeat `repeat` after its last one. */
function isBeyond(path: string, repeat: string, count: number): boolean {
  if (!path.startsWith(`${repeat}[`)) return false;
  return Number.parseInt(path.slice(repeat.length + 1), 10) > count;
}

interface Saver {
  /** Something changed: it is saved within kSaveAfterMs. */
  readonly touch: () => void;
  readonly flush: () => Promise<void>;
  readonly stop: () => void;
}

/**
 * Runs `saveOnce` one at a time, a moment after `touch`, and again after a failure.
 *
 * @param failed hears of failures nobody waits for.
 */
function autosave(saveOnce: () => Promise<void>, failed: (cause: unknown) => void): Saver {
  let dirty = false;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let saving: Promise<void> | null = null;

  const cancelTimer = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const attempt = async (): Promise<void> => {
    dirty = false;
    try {
      await saveOnce();
    } catch (cause) {
      dirty = true;
      throw cause;
    }
  };
  const save = async (): Promise<void> => {
    cancelTimer();
    while (saving !== null) await saving.catch(() => undefined);
    if (!dirty || stopped) return;
    saving = attempt();
    try {
      await saving;
    } catch (cause) {
      // Whoever asked hears of it; trying again is this timer's work in either case.
      schedule(kRetryAfterMs);
      throw cause;
    } finally {
      saving = null;
    }
  };
  const schedule = (delay: number): void => {
    if (timer !== null || stopped) return;
    timer = setTimeout(() => {
      timer = null;
      save().catch(failed);
    }, delay);
  };
  return {
    touch: () => {
      dirty = true;
      schedule(kSaveAfterMs);
    },
    flush: async () => {
      while ((dirty && !stopped) || saving !== null) await save();
    },
    stop: () => {
      stopped = true;
      cancelTimer();
    },
  };
}

/**
 * Begins a session on a form that was opened with the draft's answers. Opening never saves.
 *
 * @param release gives the draft's lock back.
 */
export function beginSession(
  start: DraftContents,
  form: Form,
  keeper: SessionKeeper,
  release: () => void,
): Session {
  const draftId = start.draft_id;
  const book = nodeBook(form.nodes);
  let contents = start;
  let attachments = start.attachments;
  let latest: LastEdit | null = null;
  let ended = false;

  const snapshot = (): DraftContents => ({
    ...contents,
    ...progressOf(book.list()),
    generation: contents.generation + 1,
    saved_at: keeper.now(),
    answers: form.allAnswers(),
    attachments,
    ...(latest === null ? {} : { last_edit: latest }),
  });
  const saver = autosave(
    async () => {
      const through = latest?.id ?? 0;
      const next = snapshot();
      await keeper.save(next);
      contents = next;
      keeper.saved(draftId, next.saved_at, through);
    },
    (cause) => keeper.saveFailed(draftId, cause),
  );
  const apply = (change: FormChange): readonly NodeState[] => {
    if (ended) throw new ProblemError('draft_closed');
    const changes = form.change(change);
    book.merge(changes);
    return changes;
  };

  return {
    draftId,
    form,
    contents: () => contents,
    snapshot,
    attachments: () => attachments,
    nodes: book.list,
    opened: (texts) => ({
      draft_id: draftId,
      description: form.description,
      texts,
      nodes: book.list(),
      fee: form.fee(),
      ...(contents.last_edit === undefined ? {} : { last_edit: contents.last_edit }),
    }),
    change: (change, edit) => {
      const changes = apply(change);
      const { id, page } = edit;
      latest = { page, id: Math.max(latest?.id ?? 0, id) };
      saver.touch();
      return changes;
    },
    setAttachments: (next) => {
      attachments = next;
      saver.touch();
    },
    setAsOf: (date) => {
      apply({ as_of: date });
    },
    touch: saver.touch,
    flush: saver.flush,
    end: () => {
      if (ended) return;
      ended = true;
      saver.stop();
      form.free();
      release();
    },
  };
}
