/** What a backup holds: the root, every draft, outbox item and receipt, and where the attached files lie. */

import { ProblemError } from '../engine/problem';
import type { Core, Identities } from '../engine/core';
import type { Pack } from './backup-records';
import { wordsOf } from './backup-merge';
import type { WeighedDraft } from './backup-merge';
import { base64Url } from './names';
import { openJson, readOwn } from './sealed-json';
import type { Database } from './database';
import type { Drafts } from './drafts';
import type { OutboxStore } from './outbox-store';
import type { DraftContents, OutboxRecord, ReceiptContents, SealedFile } from './records';
import type { Vault } from './vault';

type Bytes = Uint8Array<ArrayBuffer>;

const kFormat = 'landfall-backup/1';

/** What lies in the vault of one person, as far as a backup brings it elsewhere. */
export interface VaultContents {
  readonly drafts: readonly DraftContents[];
  readonly outbox: readonly OutboxRecord[];
  readonly receipts: readonly ReceiptContents[];
}

export interface BackupDocument extends VaultContents {
  readonly format: typeof kFormat;
  /** 32 bytes, base64url. */
  readonly root: string;
  readonly packs: readonly Pack[];
}

export interface ContentsOf {
  readonly core: Core;
  readonly database: Database;
  readonly vault: Vault;
  readonly drafts: Drafts;
  readonly outbox: OutboxStore;
}

/** The open person's drafts, items and receipts. Problems: vault_locked, draft_unreadable. */
export async function readContents(from: ContentsOf): Promise<VaultContents> {
  const { core, database, vault } = from;
  const keys = vault.keys();
  const { drafts, unreadable } = await from.drafts.load();
  // A backup without the draft that cannot be read now would take it away from the other phones.
  if (unreadable > 0) throw new ProblemError('draft_unreadable');
  const outbox = (await from.outbox.load())
    .map(({ record }) => record)
    .filter(({ age_recipient }) => age_recipient === keys.age_recipient);
  const receipts = (await readOwn(database, 'receipts', vault.owns)).map(
    ([, record]) => openJson(core, keys, record) as ReceiptContents,
  );
  const byId = (a: { readonly draft_id: string }, b: { readonly draft_id: string }): number =>
    a.draft_id < b.draft_id ? -1 : 1;
  return { drafts: [...drafts].sort(byId), outbox, receipts };
}

/** Every sealed file that drafts and items name, each once. */
export function filesOf({ drafts, outbox }: VaultContents): ReadonlyMap<string, SealedFile> {
  const attached = drafts.flatMap(({ attachments }) => attachments.map(({ sealed }) => sealed));
  // What is received needs nothing but its receipt.
  const parts = outbox
    .filter(({ phase }) => phase !== 'received')
    .flatMap((record) => record.parts.map(({ file }) => file));
  return new Map([...attached, ...parts].map((file) => [file.sha256, file]));
}

/** The packages that drafts are opened with. */
export function formsOf({ drafts }: Pick<VaultContents, 'drafts'>): ReadonlySet<string> {
  return new Set(drafts.map(({ digest }) => digest));
}

/** A file as another phone knows it: what it is, not where it lies. */
function placeless(file: SealedFile): SealedFile {
  return { ...file, chunks: [], chunk_sizes: [] };
}

/** The contents without what belongs to this phone: names of chunks, tries, addresses of uploads. */
export function carried({ drafts, outbox, receipts }: VaultContents): VaultContents {
  return {
    drafts: drafts.map(({ last_edit: _edit, ...draft }) => ({
      ...draft,
      attachments: draft.attachments.map((attachment) => ({
        ...attachment,
        sealed: placeless(attachment.sealed),
      })),
    })),
    outbox: outbox.map((record) => ({
      ...record,
      parts: record.parts.map((part) => ({
        ...part,
        file: placeless(part.file),
        upload_url: null,
        uploaded: false,
      })),
      phase: record.phase === 'refused' ? 'waiting' : record.phase,
      ...{ reason: null, attempts: 0, next_try_at: 0, receipt: null },
    })),
    receipts,
  };
}

function digestOf(core: Core, value: unknown): string {
  return core.sha256(new TextEncoder().encode(JSON.stringify(value)));
}

export function weighed(core: Core, drafts: readonly DraftContents[]): readonly WeighedDraft[] {
  return drafts.map((draft) => ({ draft, digest: digestOf(core, wordsOf(draft)) }));
}

/** Changes whenever the next backup would say something else. */
export function shapeOf(core: Core, contents: VaultContents): string {
  const { outbox, receipts } = carried(contents);
  const drafts = weighed(core, contents.drafts).map(({ draft, digest }) => [
    draft.draft_id,
    digest,
  ]);
  const items = outbox.map(({ submission_id, phase }) => [submission_id, phase]);
  const papers = receipts.map(({ jws }) => jws);
  return digestOf(core, { drafts, items, papers });
}

/** The document, padded with spaces to its Padmé length and sealed to the recovery code. */
export function sealDocument(
  core: Core,
  recipient: string,
  root: Bytes,
  contents: VaultContents,
  packs: readonly Pack[],
): Bytes {
  const document: BackupDocument = {
    format: kFormat,
    root: base64Url(root),
    ...carried(contents),
    packs,
  };
  const json = new TextEncoder().encode(JSON.stringify(document));
  const padded = new Uint8Array(core.paddedSize(json.length)).fill(0x20);
  padded.set(json);
  return core.seal([recipient], padded);
}

/** Problems: backup_not_genuine (not for this code, changed, or no backup). */
export function openDocument(core: Core, identities: Identities, sealed: Bytes): BackupDocument {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder().decode(core.open(identities, sealed)));
  } catch (cause) {
    if (!(cause instanceof ProblemError) && !(cause instanceof SyntaxError)) throw cause;
    throw new ProblemError('backup_not_genuine');
  }
  const known =
    typeof parsed === 'object' &&
    parsed !== null &&
    'format' in parsed &&
    parsed.format === kFormat;
  if (!known) throw new ProblemError('backup_not_genuine');
  return parsed as BackupDocument;
}
