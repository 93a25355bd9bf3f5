/** Brings what a backup holds into the vault that is open: files first, then the drafts that name them. */

import { ProblemError } from '../engine/problem';
import type { Identities } from '../engine/core';
import type { Surroundings } from '../engine/surroundings';
import { fetchForms, fetchPack } from './backup-packs';
import type { Fetching } from './backup-packs';
import type { BackupDocument, ContentsOf } from './backup-document';
import { filesOf, formsOf, readContents, weighed } from './backup-document';
import { mergeDrafts } from './backup-merge';
import type { DraftMerge } from './backup-merge';
import { kDurable } from './database';
import { holdDraft, isDraftFree, whileAttaching } from './locks';
import { recordName } from './names';
import type { DraftContents, OutboxRecord, SealedFile } from './records';
import { sealJson } from './sealed-json';
import type { SealedFiles } from './sealed-files';
import type { Packages } from './packages';
import type { Receipts } from './receipts';

export interface Applying extends ContentsOf {
  readonly around: Surroundings;
  readonly files: SealedFiles;
  readonly receipts: Receipts;
  readonly packages: Packages;
}

type Present = ReadonlyMap<string, SealedFile>;

/** How many of each came from the backup and were not here. */
export interface Brought {
  readonly drafts: number;
  readonly items: number;
  readonly receipts: number;
  /** Versions of a draft kept beside the one that was here. */
  readonly rivals: number;
  /** Files that the server has no longer. */
  readonly lost_files: number;
}

/** The draft with its files as they lie here; those that are nowhere any more are left out. */
function withFiles(draft: DraftContents, present: Present): DraftContents {
  const attachments = draft.attachments.flatMap((attachment) => {
    const sealed = present.get(attachment.sealed.sha256);
    return sealed === undefined ? [] : [{ ...attachment, sealed }];
  });
  return { ...draft, attachments };
}

/** The item with its files as they lie here; null when it cannot be sent any more. */
function withParts(record: OutboxRecord, present: Present): OutboxRecord | null {
  // What is received needs nothing but its receipt.
  if (record.phase === 'received') return record;
  const parts = record.parts.flatMap((part) => {
    const file = present.get(part.file.sha256);
    return file === undefined ? [] : [{ ...part, file }];
  });
  return parts.length === record.parts.length ? { ...record, parts } : null;
}

/** Problems of a pack that no further try would mend. */
const kLost: ReadonlySet<string> = new Set([
  'backup_missing',
  'backup_not_genuine',
  'envelope_unreadable',
  'tar_malformed',
  'file_damaged',
]);

function fetching({ around, core, files }: Applying, identities: Identities): Fetching {
  return { core, files, from: around, identities };
}

/** The forms of `drafts`, from the server or, where it has them no longer, from the backup. */
async function bringForms(
  into: Applying,
  document: BackupDocument,
  drafts: readonly DraftContents[],
  identities: Identities,
  signal: AbortSignal,
): Promise<void> {
  for (const digest of formsOf({ drafts })) {
    try {
      await into.packages.load(digest, signal);
    } catch (cause) {
      if (!(cause instanceof ProblemError)) throw cause;
      const pack = document.packs.find(({ forms = [] }) => forms.includes(digest));
      // The draft is in the vault; it opens once its form is there.
      if (pack === undefined) continue;
      await fetchForms(fetching(into, identities), into.packages, pack, signal).catch(
        (failed: unknown) => {
          if (!(failed instanceof ProblemError)) throw failed;
        },
      );
    }
  }
}

/** The files of `wanted` that lie here or in the backup's packs. */
async function bringFiles(
  into: Applying,
  document: BackupDocument,
  wanted: ReadonlySet<string>,
  identities: Identities,
  signal: AbortSignal,
): Promise<Present> {
  const { drafts, outbox } = await readContents(into);
  const present = new Map(filesOf({ drafts, outbox, receipts: [] }));
  for (const pack of document.packs) {
    const lacking = new Set(pack.files.filter((f) => wanted.has(f) && !present.has(f)));
    if (lacking.size === 0) continue;
    try {
      const found = await fetchPack(fetching(into, identities), pack, lacking, signal);
      for (const [sha256, file] of found) present.set(sha256, file);
    } catch (cause) {
      // What the server lost, or damaged, does not keep back what it has.
      if (!(cause instanceof ProblemError) || !kLost.has(cause.code)) throw cause;
    }
  }
  return present;
}

/** What the merge brings from the server, each draft as it is to be saved. */
function toSave(
  into: Applying,
  merge: DraftMerge,
  here: readonly DraftContents[],
): DraftContents[] {
  const generationOf = (draftId: string): number =>
    here.find(({ draft_id }) => draft_id === draftId)?.generation ?? 0;
  const taken = merge.taken.map((draft) => ({
    ...draft,
    generation: Math.max(draft.generation, generationOf(draft.draft_id)) + 1,
  }));
  const rivals = merge.rivals.map((draft) => ({
    ...draft,
    draft_id: recordName(into.around.randomBytes),
    generation: 0,
    rival_of: draft.draft_id,
  }));
  return [...taken, ...merge.added, ...rivals];
}

/**
 * Runs `change` while nobody has the draft open, and only if it still is what it was when the merge looked at
 * it: since then files may have been on their way for minutes, and what was typed meanwhile must not go.
 *
 * Problems: draft_open_elsewhere; the next round sees both.
 */
async function whileUntouched(
  into: Applying,
  draftId: string,
  here: readonly DraftContents[],
  change: () => Promise<void>,
): Promise<void> {
  const generationIn = (drafts: readonly DraftContents[]): number | undefined =>
    drafts.find(({ draft_id }) => draft_id === draftId)?.generation;
  const release = await holdDraft(into.around.locks, draftId);
  try {
    const { drafts } = await into.drafts.load();
    if (generationIn(drafts) !== generationIn(here)) throw new ProblemError('draft_open_elsewhere');
    await change();
  } finally {
    release();
  }
}

/** Items and receipts that are not here yet, in one transaction. */
async function addItems(
  into: Applying,
  document: BackupDocument,
  items: readonly OutboxRecord[],
): Promise<number> {
  const { core, database, vault } = into;
  // Of one submission there are several when the receipt log was restored in between.
  const here = (await into.receipts.list()).flatMap((newest) => [
    newest,
    ...(newest.earlier ?? []),
  ]);
  const known = new Set(here.map(({ jws }) => jws));
  const { age_recipient } = vault.keys();
  const papers = document.receipts.filter(({ jws }) => !known.has(jws));
  const named = papers.map((contents) => ({ name: vault.newName(), contents }));
  const records = items.map((record) => {
    const paper = named.find(({ contents }) => contents.submission_id === record.submission_id);
    const receipt = paper?.name ?? null;
    // Without its receipt an item is not received, whatever it says.
    const phase: OutboxRecord['phase'] = receipt === null ? 'waiting' : 'received';
    return { name: vault.newName(), record: { ...record, phase, receipt } };
  });
  await database.run(async (connection) => {
    const transaction = connection.transaction(['outbox', 'receipts'], 'readwrite', kDurable);
    await Promise.all([
      ...named.map(({ name, contents }) =>
        transaction.objectStore('receipts').put(sealJson(core, age_recipient, contents), name),
      ),
      ...records.map(({ name, record }) => transaction.objectStore('outbox').put(record, name)),
      transaction.done,
    ]);
  });
  return named.length;
}

async function openDrafts(into: Applying, drafts: readonly DraftContents[]): Promise<Set<string>> {
  const open = new Set<string>();
  for (const { draft_id } of drafts) {
    if (!(await isDraftFree(into.around.locks, draft_id))) open.add(draft_id);
  }
  return open;
}

/** Items of the backup that are not here, with their files where they are still to be sent. */
function newItems(
  document: BackupDocument,
  outbox: readonly OutboxRecord[],
): readonly OutboxRecord[] {
  const known = new Set(outbox.map(({ submission_id }) => submission_id));
  return document.outbox.filter(({ submission_id }) => !known.has(submission_id));
}

/**
 * Brings in what the backup holds and this vault does not; where both changed a draft, both stay.
 *
 * Problems: draft_unreadable, draft_open_elsewhere, backup_missing, those of fetchPack and of saving.
 */
export async function applyDocument(
  into: Applying,
  document: BackupDocument,
  bases: Readonly<Record<string, string>>,
  identities: Identities,
  signal: AbortSignal,
): Promise<Brought> {
  return whileAttaching(into.around.locks, async () => {
    const here = await readContents(into);
    const merge = mergeDrafts({
      here: weighed(into.core, here.drafts),
      there: weighed(into.core, document.drafts),
      bases,
      open: await openDrafts(into, here.drafts),
    });
    const drafts = toSave(into, merge, here.drafts);
    const items = newItems(document, here.outbox);
    const wanted = new Set(filesOf({ drafts, outbox: items, receipts: [] }).keys());
    const present = await bringFiles(into, document, wanted, identities, signal);
    const whole = items.flatMap((record) => withParts(record, present) ?? []);
    const sendable = new Set(whole.map(({ submission_id }) => submission_id));
    const unsent = new Set(
      items.map(({ submission_id }) => submission_id).filter((id) => !sendable.has(id)),
    );
    for (const draft of drafts) {
      // What cannot be sent any more is a draft again: its answers are there.
      const again = unsent.has(draft.submission_id ?? '') ? { submission_id: null } : {};
      const contents = { ...withFiles(draft, present), ...again };
      await whileUntouched(into, draft.draft_id, here.drafts, () => into.drafts.save(contents));
    }
    const receipts = await addItems(into, document, whole);
    for (const draftId of merge.dropped) {
      await whileUntouched(into, draftId, here.drafts, () => into.drafts.remove(draftId));
    }
    await bringForms(into, document, drafts, identities, signal);
    const { length: rivals } = merge.rivals;
    const lost_files = [...wanted].filter((sha256) => !present.has(sha256)).length;
    return { drafts: drafts.length - rivals, items: whole.length, receipts, rivals, lost_files };
  });
}
