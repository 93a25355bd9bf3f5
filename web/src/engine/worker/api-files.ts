/** Calls about attached files: check, seal, show, remove. */

import { ProblemError } from '../problem';
import type { JsonValue } from '../core';
import { sweep } from './parts';
import type { Parts } from './parts';
import type { Session } from './session';
import type { CallContext, Handlers } from './handlers';
import { sessionOf } from './api-drafts';
import type { AttachOutcome, AttachRequest, FileAnswer, NodeState } from '../protocol';
import { openAttachment, sealAttachment } from '../../offline/attachments';
import { whileAttaching } from '../../offline/locks';
import type { DraftAttachment } from '../../offline/records';
import { readPieces } from '../../offline/sealed-files';

/** Enough of a file's beginning and end for the core to know what it is. */
const kEdgeBytes = 64 * 1024;

async function bytesOf(part: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await part.arrayBuffer());
  } catch {
    throw new ProblemError('file_unreadable');
  }
}

function ruleOf(session: Session, path: string): JsonValue {
  const rule = session.form.documentRule(path.replace(/\[\d+\]/g, ''));
  if (rule === null) throw new ProblemError('path_unknown');
  return rule;
}

function measures(from: { readonly width?: number; readonly height?: number }): {
  width?: number;
  height?: number;
} {
  return {
    ...(from.width === undefined ? {} : { width: from.width }),
    ...(from.height === undefined ? {} : { height: from.height }),
  };
}

function filesAt(session: Session, path: string): readonly FileAnswer[] {
  const value = session.nodes().find((node) => node.path === path)?.value ?? null;
  return Array.isArray(value) ? (value as readonly FileAnswer[]) : [];
}

function answerWith(files: readonly FileAnswer[]): JsonValue {
  return files.length === 0 ? null : (files as unknown as JsonValue);
}

async function sealFile(
  parts: Parts,
  request: AttachRequest,
  media_type: string,
): Promise<DraftAttachment> {
  const { path, file, file_name } = request;
  const recipients = [...parts.packages.recipients(), parts.vault.keys().age_recipient];
  const { core, files } = parts;
  const made = await sealAttachment(core, files, readPieces(file), file.size, recipients);
  const { sealed, sha256 } = made;
  const size = file.size;
  return { path, file_name, media_type, size, sha256, ...measures(request), sealed, recipients };
}

function fileAnswer(attachment: DraftAttachment): FileAnswer {
  const { file_name, media_type, size, sha256 } = attachment;
  return { file_name, media_type, size, sha256, ...measures(attachment) };
}

function isSame(attachment: DraftAttachment, path: string, sha256: string): boolean {
  return attachment.path === path && attachment.sha256 === sha256;
}

/**
 * Puts the sealed file into the draft and saves. When that fails it is taken out again, and the same file
 * attached before is back in its place.
 */
async function keepFile(
  parts: Parts,
  session: Session,
  attachment: DraftAttachment,
  call: CallContext,
): Promise<readonly NodeState[]> {
  const { path, sha256 } = attachment;
  const formerFile = session.attachments().find((other) => isSame(other, path, sha256));
  const formerAnswer = filesAt(session, path).find((file) => file.sha256 === sha256);
  // Read anew each time: other files may come and go while this one is saved.
  const set = (file: DraftAttachment | undefined, answer: FileAnswer | undefined) => {
    const others = session.attachments().filter((other) => !isSame(other, path, sha256));
    const answers = filesAt(session, path).filter((other) => other.sha256 !== sha256);
    session.setAttachments(file === undefined ? others : [...others, file]);
    const value = answerWith(answer === undefined ? answers : [...answers, answer]);
    return session.change({ path, value }, call);
  };
  try {
    const changes = set(attachment, fileAnswer(attachment));
    await session.flush();
    return changes;
  } catch (cause) {
    set(formerFile, formerAnswer);
    await parts.files.remove(attachment.sealed.chunks).catch(() => undefined);
    throw cause;
  }
}

async function attach(
  parts: Parts,
  request: AttachRequest,
  call: CallContext,
): Promise<AttachOutcome> {
  const { draft_id, path, file, file_name } = request;
  const session = sessionOf(parts, draft_id);
  const head = await bytesOf(file.slice(0, kEdgeBytes));
  const tail = await bytesOf(file.slice(Math.max(0, file.size - kEdgeBytes)));
  const { findings, media_type } = parts.core.checkAttachment(
    { rule: ruleOf(session, path), name: file_name, size: file.size, ...measures(request) },
    head,
    tail,
  );
  if (findings.some(({ severity }) => severity === 'error')) return { changes: [], findings };
  const attachment = await sealFile(parts, request, media_type);
  return { changes: await keepFile(parts, session, attachment, call), findings };
}

function attachmentOf(session: Session, sha256: string): DraftAttachment {
  const found = session.attachments().find((attachment) => attachment.sha256 === sha256);
  if (found === undefined) throw new ProblemError('file_missing');
  return found;
}

export const fileHandlers: Handlers<'attach' | 'detach' | 'readAttachment'> = {
  // Shared with other attachments, never with the sweep: a chunk not yet named by a draft stays.
  attach: (parts, request, call) =>
    whileAttaching(parts.around.locks, () => attach(parts, request, call)),
  detach: async (parts, { draft_id, path, sha256 }, call) => {
    const session = sessionOf(parts, draft_id);
    const rest = filesAt(session, path).filter((file) => file.sha256 !== sha256);
    const changes = session.change({ path, value: answerWith(rest) }, call);
    session.setAttachments(
      session.attachments().filter((attachment) => !isSame(attachment, path, sha256)),
    );
    await session.flush();
    sweep(parts);
    return changes;
  },
  readAttachment: async (parts, { draft_id, sha256 }) => {
    const attachment = attachmentOf(sessionOf(parts, draft_id), sha256);
    const pieces: Blob[] = [];
    const plaintext = openAttachment(parts.core, parts.files, parts.vault.keys(), attachment);
    for await (const piece of plaintext) pieces.push(new Blob([piece]));
    return new Blob(pieces, { type: attachment.media_type });
  },
};
