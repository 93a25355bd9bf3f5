/** Seals and signs a finished draft: what the outbox sends is made here, once, before the first try. */

import { ProblemError } from '../engine/problem';
import { kEngine, kTimeZone } from '../trust/anchor';
import type { AnswersPart, Core, Form, Keys } from '../engine/core';
import type { FileAnswer, NodeState, Verdict } from '../engine/protocol';
import type { Surroundings } from '../engine/surroundings';
import { dateIn, formatInstant } from './clock';
import { base64Url, uuid7 } from './names';
import type { NamedOutboxRecord } from './drafts';
import type { Packages } from './packages';
import type { DraftAttachment, DraftContents, OutboxPart, SealedFile } from './records';
import type { SealedFiles } from './sealed-files';

const kSaltBytes = 32;

export interface SealedSubmission {
  readonly outbox: NamedOutboxRecord;
  /** The draft's attachments, sealed anew where the recipients had changed. */
  readonly attachments: readonly DraftAttachment[];
}

/** What sealing needs of an open draft. */
export interface FinishedDraft {
  readonly form: Form;
  readonly contents: () => DraftContents;
  readonly attachments: () => readonly DraftAttachment[];
  readonly nodes: () => readonly NodeState[];
  /** Moves today() to `date`. */
  readonly setAsOf: (date: string) => void;
}

export interface Sealing {
  readonly core: Core;
  readonly keys: Keys;
  readonly packages: Packages;
  readonly files: SealedFiles;
  readonly around: Surroundings;
  /** A name for the item, which tells whose it is. */
  readonly newName: () => string;
}

function isFileAnswer(value: unknown): value is FileAnswer {
  return typeof value === 'object' && value !== null && 'sha256' in value;
}

function filesOf(node: NodeState): readonly FileAnswer[] {
  return node.relevant && Array.isArray(node.value) ? node.value.filter(isFileAnswer) : [];
}

/** The attached files that belong to the answers: those of questions that apply, in form order. */
function relevantAttachments(draft: FinishedDraft): readonly DraftAttachment[] {
  return draft.nodes().flatMap((node) =>
    filesOf(node).map(({ sha256 }) => {
      const found = draft
        .attachments()
        .find((attachment) => attachment.path === node.path && attachment.sha256 === sha256);
      if (found === undefined) throw new ProblemError('file_missing');
      return found;
    }),
  );
}

function sameRecipients(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((recipient) => b.includes(recipient));
}

/** An attachment sealed to the recipients of today; the sealed file itself when it already is. */
async function sealedToday(
  sealing: Sealing,
  attachment: DraftAttachment,
  recipients: readonly string[],
): Promise<DraftAttachment> {
  if (sameRecipients(attachment.recipients, recipients)) return attachment;
  const { core, files, keys } = sealing;
  const opener = core.openOpener(keys.identities);
  // Padding goes through with the rest: the plaintext of the age file stays the same.
  const sealed = await files.write(files.plaintext(attachment.sealed, opener), recipients);
  return { ...attachment, sealed, recipients };
}

function once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  return (async function* () {
    yield await Promise.resolve(bytes);
  })();
}

function partsOf(answers: SealedFile, attachments: readonly DraftAttachment[]): OutboxPart[] {
  const unsent = { upload_url: null, uploaded: false };
  return [
    { role: 'answers', file: answers, ...unsent },
    ...attachments.map(({ sealed }): OutboxPart => ({
      role: 'attachment',
      file: sealed,
      ...unsent,
    })),
  ];
}

interface Identity {
  readonly submission_id: string;
  readonly as_of: string;
  readonly sealed_at: string;
}

function answersPart(
  sealing: Sealing,
  draft: FinishedDraft,
  id: Identity,
  attachments: readonly DraftAttachment[],
): AnswersPart {
  const { form_id, version, digest } = draft.contents();
  return draft.form.writeAnswers({
    submission_id: id.submission_id,
    kid: sealing.keys.kid,
    salt: base64Url(sealing.around.randomBytes(kSaltBytes)),
    form: { id: form_id, version, digest },
    as_of: id.as_of,
    time_zone: kTimeZone,
    attachments: attachments.map(({ path, file_name, media_type, size, sha256, sealed }) => ({
      slot: path,
      file_name,
      media_type,
      size,
      sha256,
      sealed_sha256: sealed.sha256,
    })),
  });
}

/** Whom the manifest is for: the log that the agency's index names. */
function audience(packages: Packages): string {
  const index = packages.index();
  if (index === null) throw new ProblemError('index_missing');
  return index.aud;
}

async function signManifest(
  sealing: Sealing,
  draft: FinishedDraft,
  id: Identity,
  answers: AnswersPart,
  parts: readonly OutboxPart[],
): Promise<string> {
  const { form_id, version, digest, supersedes } = draft.contents();
  const { keys, packages } = sealing;
  return keys.signManifest({
    aud: audience(packages),
    submission_id: id.submission_id,
    form: { id: form_id, version, digest },
    engine: kEngine,
    as_of: id.as_of,
    time_zone: kTimeZone,
    sealed_at: id.sealed_at,
    clock_offset_ms: await packages.clockOffset(),
    sign_key: keys.sign_key,
    age_recipient: keys.age_recipient,
    parts: parts.map(({ role, file }) => ({ role, sha256: file.sha256, size: file.size })),
    verdict: answers.verdict.status,
    answers_commitment: answers.answers_commitment,
    fee_code: answers.fee_code,
    ...(supersedes === undefined ? {} : { supersedes }),
  });
}

function mustBeComplete(verdict: Verdict): void {
  if (verdict.status === 'incomplete') throw new ProblemError('form_incomplete');
}

/**
 * Seals the draft's answers and signs the manifest. Writes sealed chunks, nothing else: the caller
 * puts the item into the outbox together with the draft.
 *
 * Problems: form_incomplete, file_missing, index_missing, storage_full, the core's codes.
 */
export async function sealSubmission(
  sealing: Sealing,
  draft: FinishedDraft,
): Promise<SealedSubmission> {
  const { core, keys, files, packages, around } = sealing;
  const now = around.now();
  const id: Identity = {
    submission_id: uuid7(now, around.randomBytes),
    as_of: dateIn(kTimeZone, now),
    sealed_at: formatInstant(now),
  };
  draft.setAsOf(id.as_of);
  mustBeComplete(draft.form.check());

  const recipients = [...packages.recipients(), keys.age_recipient];
  const attachments: DraftAttachment[] = [];
  for (const attachment of relevantAttachments(draft)) {
    attachments.push(await sealedToday(sealing, attachment, recipients));
  }
  const answers = answersPart(sealing, draft, id, attachments);
  const sealedAnswers = await files.write(
    once(new TextEncoder().encode(answers.plaintext)),
    recipients,
  );
  const parts = partsOf(sealedAnswers, attachments);
  const manifest = await signManifest(sealing, draft, id, answers, parts);
  const { form_id, digest } = draft.contents();
  return {
    outbox: {
      name: sealing.newName(),
      record: {
        submission_id: id.submission_id,
        manifest,
        manifest_sha256: core.sha256(new TextEncoder().encode(manifest)),
        form_id,
        digest,
        sealed_at: id.sealed_at,
        kid: keys.kid,
        age_recipient: keys.age_recipient,
        parts,
        phase: 'waiting',
        reason: null,
        attempts: 0,
        next_try_at: 0,
        receipt: null,
      },
    },
    attachments: replaced(draft.attachments(), attachments),
  };
}

/** `all` with the files that were sealed anew in the place of their older selves. */
function replaced(
  all: readonly DraftAttachment[],
  anew: readonly DraftAttachment[],
): readonly DraftAttachment[] {
  return all.map(
    (old) => anew.find((next) => next.path === old.path && next.sha256 === old.sha256) ?? old,
  );
}
