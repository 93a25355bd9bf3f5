/** Calls about newer versions of a draft's form. The old version stays until the person says otherwise. */

import { ProblemError } from '../problem';
import type { Core, Form } from '../core';
import type { Upgrade } from '../protocol';
import { begin, formOptions, openForm, openSession, presentDraft } from './api-drafts';
import type { Handlers } from './handlers';
import type { Parts } from './parts';
import { describeUpgrade, newerEntry, upgraded } from './upgrade';
import type { Side } from './upgrade';
import type { DraftContents, EarlierAnswers } from '../../offline/records';

/** Opens the package `digest` on answers of another version, and closes it after `use`. */
async function withForm<T>(
  parts: Parts,
  digest: string,
  earlier: EarlierAnswers,
  signal: AbortSignal,
  use: (form: Form, core: Core) => T,
): Promise<T> {
  const { bytes } = await parts.packages.load(digest, signal);
  const form = await openForm(parts.core, bytes, {
    ...formOptions(parts),
    answers: earlier.answers,
    answers_version: earlier.version,
  });
  try {
    return use(form, parts.core);
  } finally {
    form.free();
  }
}

async function sideOf(
  parts: Parts,
  digest: string,
  locale: string,
  signal: AbortSignal,
): Promise<Side> {
  const texts = await parts.packages.texts(digest, locale, signal);
  const nothing = { version: '', digest, answers: {} };
  const description = await withForm(parts, digest, nothing, signal, (form) => form.description);
  return { description, texts };
}

async function describe(
  parts: Parts,
  draft: DraftContents,
  locale: string,
  signal: AbortSignal,
): Promise<Upgrade> {
  const entry = newerEntry(parts.packages.index(), draft);
  const earlier = entry === null ? draft.earlier?.at(-1) : draft;
  if (earlier === undefined) throw new ProblemError('form_unknown');
  const digest = entry?.digest ?? draft.digest;
  const old = await sideOf(parts, earlier.digest, locale, signal);
  const texts = await parts.packages.texts(digest, locale, signal);
  return withForm(parts, digest, earlier, signal, (form) =>
    describeUpgrade(form, earlier, old, texts, entry === null),
  );
}

export const upgradeHandlers: Handlers<'previewUpgrade' | 'upgradeDraft'> = {
  previewUpgrade: async (parts, { draft_id, locale }, { signal }) => {
    const session = await openSession(parts, draft_id, signal);
    return describe(parts, session.snapshot(), locale, signal);
  },
  upgradeDraft: async (parts, { draft_id, locale }, { signal }) => {
    const session = await openSession(parts, draft_id, signal);
    const entry = newerEntry(parts.packages.index(), session.contents());
    // Asked twice, as after a restart of the engine: it is done already.
    if (entry === null) return presentDraft(parts, session, locale, signal);
    await parts.packages.texts(entry.digest, locale, signal);
    await session.flush();
    const draft = session.contents();
    const saved_at = session.snapshot().saved_at;
    const next = await withForm(parts, entry.digest, draft, signal, (form) =>
      upgraded(draft, entry, form, saved_at),
    );
    session.end();
    parts.sessions.delete(draft_id);
    // What cannot be saved has not happened: the page goes on in the version it had.
    const saved = await parts.drafts.save(next).then(
      () => next,
      (cause: unknown) => ({ cause }),
    );
    const failed = 'cause' in saved;
    const again = await begin(parts, failed ? draft : next, signal);
    if (failed) throw saved.cause;
    again.touch();
    return presentDraft(parts, again, locale, signal);
  },
};
