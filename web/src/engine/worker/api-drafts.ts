/** Calls about drafts: begin, open, change, attach, check, carry over. */

import type { Core, Form, FormOptions, JsonValue } from '../core';
import { ProblemError } from '../problem';
import { saveProblem, sweep } from './parts';
import type { Parts } from './parts';
import { beginSession } from './session';
import { newerEntry } from './upgrade';
import type { Session } from './session';
import type { Handlers } from './handlers';
import type { DraftSummary, OpenedDraft } from '../protocol';
import { dateIn, formatInstant } from '../../offline/clock';
import { readDraftFile, writeDraftFile } from '../../offline/draft-file';
import type { DraftFiles } from '../../offline/draft-file';
import { holdDraft, whileAttaching } from '../../offline/locks';
import { base64Url, draftCode, normaliseCode, recordName } from '../../offline/names';
import type { DraftContents } from '../../offline/records';
import { kTimeZone } from '../../trust/anchor';

// As many as fit into what the engine takes, which is 32 characters.
const kSeedBytes = 24;

function nowText(parts: Parts): string {
  return formatInstant(parts.around.now());
}

/** What every form is opened with: today, and lots that nobody else draws. */
export function formOptions(parts: Parts): FormOptions {
  return {
    as_of: dateIn(kTimeZone, parts.around.now()),
    time_zone: kTimeZone,
    seed: base64Url(parts.around.randomBytes(kSeedBytes)),
  };
}

/** Opens a form; where it needs modules beside the core, loads them first. */
export async function openForm(core: Core, bytes: Uint8Array, options: FormOptions): Promise<Form> {
  try {
    return core.openForm(bytes, options);
  } catch (cause) {
    if (!(cause instanceof ProblemError) || cause.code !== 'functions_needed') throw cause;
    await core.loadFunctions(cause.offset ?? 0);
  }
  return core.openForm(bytes, options);
}

/** Opens the form on the draft's answers; saves nothing. */
export async function begin(
  parts: Parts,
  draft: DraftContents,
  signal: AbortSignal,
): Promise<Session> {
  const release = await holdDraft(parts.around.locks, draft.draft_id);
  try {
    const { bytes } = await parts.packages.load(draft.digest, signal);
    const options = { ...formOptions(parts), answers: draft.answers };
    const form = await openForm(parts.core, bytes, options);
    const session = beginSession(
      draft,
      form,
      {
        save: (contents) => parts.drafts.save(contents),
        now: () => nowText(parts),
        saved: (draft_id, saved_at, through) => {
          parts.emit({ event: 'saved', draft_id, saved_at, through });
          parts.backup.touch();
        },
        saveFailed: (draft_id, cause) => {
          if (parts.stoppedBy(cause)) return;
          parts.emit({ event: 'save-failed', draft_id, reason: saveProblem(cause) });
        },
      },
      release,
    );
    parts.sessions.set(draft.draft_id, session);
    return session;
  } catch (cause) {
    release();
    throw cause;
  }
}

async function findAndBegin(parts: Parts, draftId: string, signal: AbortSignal): Promise<Session> {
  const draft = await parts.drafts.find(draftId);
  if (draft.submission_id !== null) throw new ProblemError('draft_submitted');
  return begin(parts, draft, signal);
}

/** The session of a draft, opened if it is not open in this tab. Problems: draft_open_elsewhere, … */
export function openSession(parts: Parts, draftId: string, signal: AbortSignal): Promise<Session> {
  const session = parts.sessions.get(draftId);
  if (session !== undefined) return Promise.resolve(session);
  const opening = parts.opening.get(draftId);
  if (opening !== undefined) return opening;
  const begun = findAndBegin(parts, draftId, signal).finally(() => parts.opening.delete(draftId));
  parts.opening.set(draftId, begun);
  return begun;
}

/** The session of a draft that must be open. Problems: draft_closed. */
export function sessionOf(parts: Parts, draftId: string): Session {
  const session = parts.sessions.get(draftId);
  if (session === undefined) throw new ProblemError('draft_closed');
  return session;
}

export async function presentDraft(
  parts: Parts,
  session: Session,
  locale: string,
  signal: AbortSignal,
): Promise<OpenedDraft> {
  const draft = session.contents();
  const opened = session.opened(await parts.packages.texts(draft.digest, locale, signal));
  const newer = newerEntry(parts.packages.index(), draft);
  const earlier = draft.earlier?.at(-1);
  return {
    ...opened,
    ...(newer === null ? {} : { newer_version: newer.version }),
    ...(earlier === undefined ? {} : { carried_from: earlier.version }),
  };
}

export function summaryOf(draft: DraftContents): DraftSummary {
  const { draft_id, form_id, digest, started_at, saved_at, answered, questions } = draft;
  const { rival_of } = draft;
  return {
    ...{ draft_id, form_id, digest, started_at, saved_at, answered, questions },
    ...(rival_of === undefined ? {} : { rival_of }),
  };
}

function draftFiles(parts: Parts): DraftFiles {
  const { core, files, packages } = parts;
  return {
    core,
    files,
    packages,
    keys: parts.vault.keys(),
  };
}

async function newDraft(parts: Parts, formId: string): Promise<DraftContents> {
  const entry = parts.packages.index()?.packages.find(({ form_id }) => form_id === formId);
  if (entry === undefined) throw new ProblemError('form_unknown');
  const now = nowText(parts);
  return Promise.resolve({
    draft_id: recordName(parts.around.randomBytes),
    generation: 0,
    form_id: entry.form_id,
    version: entry.version,
    digest: entry.digest,
    started_at: now,
    saved_at: now,
    answers: {},
    answered: 0,
    questions: 0,
    attachments: [],
    submission_id: null,
  });
}

/**
 * Puts a new draft into the vault before anything can be typed into it: an engine that stops a moment
 * later finds it there. A full storage is told and does not keep anybody from filling in the form.
 */
async function saveFirst(parts: Parts, session: Session): Promise<void> {
  session.touch();
  try {
    await session.flush();
  } catch (cause) {
    if (parts.stoppedBy(cause)) throw cause;
    parts.emit({ event: 'save-failed', draft_id: session.draftId, reason: saveProblem(cause) });
  }
}

export const draftHandlers: Handlers<
  | 'listDrafts'
  | 'startDraft'
  | 'openDraft'
  | 'closeDraft'
  | 'deleteDraft'
  | 'setAnswer'
  | 'addRepeat'
  | 'removeRepeat'
  | 'flush'
  | 'check'
  | 'fee'
  | 'exportDraft'
  | 'importDraft'
> = {
  listDrafts: async (parts) => {
    const drafts = (await parts.drafts.load()).drafts.filter(
      ({ submission_id }) => submission_id === null,
    );
    const present = new Set(drafts.map(({ draft_id }) => draft_id));
    return drafts
      .sort((a, b) => (a.saved_at < b.saved_at ? 1 : -1))
      .map(summaryOf)
      .map(({ rival_of, ...summary }) =>
        // Alone it is a draft like any other.
        rival_of === undefined || !present.has(rival_of) ? summary : { ...summary, rival_of },
      );
  },
  startDraft: async (parts, { form_id, locale }, { signal }) => {
    parts.vault.keys();
    const session = await begin(parts, await newDraft(parts, form_id), signal);
    await saveFirst(parts, session);
    return presentDraft(parts, session, locale, signal);
  },
  openDraft: async (parts, { draft_id, locale }, { signal }) => {
    parts.closing.delete(draft_id);
    const session = await openSession(parts, draft_id, signal);
    return presentDraft(parts, session, locale, signal);
  },
  closeDraft: async (parts, { draft_id }) => {
    const session = parts.sessions.get(draft_id);
    if (session === undefined) return null;
    parts.closing.add(draft_id);
    await session.flush();
    // Somebody who left and came back at once goes on in it.
    if (!parts.closing.delete(draft_id)) return null;
    session.end();
    parts.sessions.delete(draft_id);
    return null;
  },
  deleteDraft: async (parts, { draft_id }) => {
    const session = parts.sessions.get(draft_id);
    if (session !== undefined) {
      session.end();
      parts.sessions.delete(draft_id);
      // A save under way would bring the draft back; whether it succeeds does not matter any more.
      await session.flush().catch(() => undefined);
    }
    const release = await holdDraft(parts.around.locks, draft_id);
    try {
      await parts.drafts.remove(draft_id);
    } finally {
      release();
    }
    parts.backup.hurry();
    sweep(parts);
    return null;
  },
  setAnswer: (parts, { draft_id, path, value }, call) => {
    const json = value as JsonValue;
    return Promise.resolve(sessionOf(parts, draft_id).change({ path, value: json }, call));
  },
  addRepeat: (parts, { draft_id, path }, call) =>
    Promise.resolve(sessionOf(parts, draft_id).change({ path, add: true }, call)),
  removeRepeat: (parts, { draft_id, path, index }, call) =>
    Promise.resolve(
      sessionOf(parts, draft_id).change({ path: `${path}[${String(index)}]`, remove: true }, call),
    ),
  flush: async (parts) => {
    await Promise.all([...parts.sessions.values()].map((session) => session.flush()));
    return null;
  },
  check: (parts, { draft_id }) => Promise.resolve(sessionOf(parts, draft_id).form.check()),
  fee: (parts, { draft_id }) => Promise.resolve(sessionOf(parts, draft_id).form.fee()),
  exportDraft: async (parts, { draft_id }, { signal }) => {
    await parts.sessions.get(draft_id)?.flush();
    const draft = await parts.drafts.find(draft_id);
    const code = draftCode(parts.around.randomBytes);
    const file = await writeDraftFile(draftFiles(parts), draft, code, signal);
    return { file, file_name: `landfall-${nowText(parts).slice(0, 10)}.age`, code };
  },
  importDraft: async (parts, { file, code }) =>
    whileAttaching(parts.around.locks, async () => {
      const draftId = recordName(parts.around.randomBytes);
      const draft = await readDraftFile(draftFiles(parts), file, normaliseCode(code), draftId);
      await parts.drafts.save(draft);
      return summaryOf(draft);
    }),
};
