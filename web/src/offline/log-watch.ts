/** Watches that the receipt log only grows: what it said last is kept, and what cannot both be true is an alarm. */

import { fetchCheckpoint, fetchConsistency } from '../api/log';
import { ProblemError } from '../engine/problem';
import type { LogAlarm } from '../engine/protocol';
import type { Surroundings } from '../engine/surroundings';
import type { ComparedLogs, JudgingTrust, TrustVerdicts } from '../engine/trust-verdicts';
import { formatInstant } from './clock';
import type { Database } from './database';
import type { OwnRecord } from './own-record';
import type { Receipts } from './receipts';

/** A checkpoint that was genuine when it was kept. */
interface KeptHead {
  readonly note: string;
  readonly origin: string;
  readonly size: number;
}

/** What a person's phone saw of the log, as it is sealed. */
export interface LogContents {
  readonly kept: KeptHead | null;
  /** Submissions whose receipts were held against the log. */
  readonly compared: readonly string[];
  readonly alarms: readonly LogAlarm[];
}

export type LogRecord = OwnRecord<LogContents>;

export interface Watching {
  readonly around: Surroundings;
  readonly database: Database;
  readonly receipts: Receipts;
  readonly verdicts: TrustVerdicts;
  readonly log: LogRecord;
}

const kNothing: LogContents = { kept: null, compared: [], alarms: [] };

/** A server with two faces may show many: the first ones are evidence enough. */
const kMaxAlarms = 4;

/** Whom to trust: the root key, and the index that lies here. */
export async function trustHere(
  of: Pick<Watching, 'around' | 'database'>,
): Promise<JudgingTrust & { readonly index?: string }> {
  const record = await of.database.run((connection) => connection.get('public', 'index'));
  const index = record?.kind === 'index' ? record : null;
  const { around } = of;
  return {
    root_key: around.rootKey,
    now: formatInstant(around.now()),
    certificates: [...around.rootCertificates, ...(index?.certificates ?? [])],
    ...(index === null ? {} : { index: index.jws }),
  };
}

/** How `first`, a receipt or a checkpoint, and `now` stand to each other, with the proof it takes. */
export async function relate(
  of: Pick<Watching, 'around' | 'verdicts'>,
  trust: JudgingTrust,
  first: string,
  now: string,
  signal: AbortSignal,
): Promise<ComparedLogs> {
  const compared = await of.verdicts.compare(first, now, trust);
  if (compared.relation !== 'unproven') return compared;
  const sizes = [compared.first.size, compared.second.size];
  const proof = await fetchConsistency(of.around, Math.min(...sizes), Math.max(...sizes), signal);
  return of.verdicts.compare(first, now, { ...trust, proof });
}

interface Round {
  readonly of: Watching;
  readonly trust: JudgingTrust;
  readonly signal: AbortSignal;
  readonly now: string;
}

/** What is held against the log: the checkpoint kept, or a receipt. */
interface Held {
  readonly document: string;
  /** Kept by this phone after it was found genuine: its key may have left the index since. */
  readonly believed: boolean;
}

/** Null where nothing can be said: a short receipt, or a key that was revoked since. */
async function compare(round: Round, held: Held): Promise<ComparedLogs | null> {
  const { of, trust, signal, now } = round;
  try {
    return await relate(of, trust, held.document, now, signal);
  } catch (cause) {
    if (!(cause instanceof ProblemError)) throw cause;
    if (cause.code === 'checkpoint_signature_wrong' && held.believed) {
      return relate(
        of,
        { ...trust, believes_first: true } as JudgingTrust,
        held.document,
        now,
        signal,
      );
    }
    if (/^(receipt|checkpoint|jws)_/.test(cause.code)) return null;
    throw cause;
  }
}

/** A proof is not signed: whatever garbled one may not be there at a second look, two logs are. */
async function confirm(round: Round, held: Held): Promise<string | null> {
  const again = { ...round, now: await fetchCheckpoint(round.of.around, round.signal) };
  const compared = await compare(again, held);
  return compared?.relation === 'rewritten' ? again.now : null;
}

/** The checkpoint that `document` is, or that a receipt brings. */
function noteOf(document: string): string {
  if (document.includes('\n')) return document;
  const [, payload = ''] = document.split('.');
  const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (symbol) =>
    symbol.charCodeAt(0),
  );
  const claims = JSON.parse(new TextDecoder().decode(bytes)) as {
    readonly log: { readonly checkpoint: string };
  };
  return claims.log.checkpoint;
}

function withAlarm(contents: LogContents, alarm: LogAlarm): LogContents {
  const known = contents.alarms.some(({ kept }) => kept === alarm.kept);
  if (known || contents.alarms.length >= kMaxAlarms) return contents;
  return { ...contents, alarms: [...contents.alarms, alarm] };
}

/** Holds one document against the log; an alarm is added, and nothing else. */
async function examine(
  round: Round,
  contents: LogContents,
  held: Held,
): Promise<{ readonly contents: LogContents; readonly compared: ComparedLogs | null }> {
  const compared = await compare(round, held);
  if (compared?.relation !== 'rewritten') return { contents, compared };
  const found = await confirm(round, held);
  if (found === null) return { contents, compared: null };
  const kept = noteOf(held.document);
  const found_at = formatInstant(round.of.around.now());
  return {
    contents: withAlarm(contents, { origin: compared.first.origin, kept, found, found_at }),
    compared,
  };
}

/** The newer of what was kept and what the log says now; nothing moves while something is wrong. */
function keep(contents: LogContents, compared: ComparedLogs | null, now: KeptHead): LogContents {
  if (contents.kept === null) return { ...contents, kept: now };
  // Of a key that was revoked since: it proves nothing any more, whatever it said.
  if (compared === null) return { ...contents, kept: now };
  const grew = compared.relation === 'grown' || compared.relation === 'empty';
  return grew && now.size > contents.kept.size ? { ...contents, kept: now } : contents;
}

/**
 * Asks the log for its head once and holds against it what this person's phone saw before: the
 * checkpoint it kept and every receipt once. Answers with the alarms there are.
 *
 * Problems: those of the network, checkpoint_signature_wrong and the like for a head that is not the
 * agency's; then nothing changed. A stopped module passes through.
 */
export async function lookAtLog(of: Watching, signal: AbortSignal): Promise<readonly LogAlarm[]> {
  const trust = await trustHere(of);
  const now = await fetchCheckpoint(of.around, signal);
  // Against itself: whether it is genuine, and what it says.
  const { second } = await of.verdicts.compare(now, now, trust);
  const round: Round = { of, trust, signal, now };
  let contents = (await of.log.load()) ?? kNothing;
  let compared: ComparedLogs | null = null;
  if (contents.kept !== null) {
    const held = { document: contents.kept.note, believed: true };
    ({ contents, compared } = await examine(round, contents, held));
  }
  for (const { submission_id, jws, genuine } of await of.receipts.list()) {
    if (!genuine || contents.compared.includes(submission_id)) continue;
    const examined = await examine(round, contents, { document: jws, believed: false });
    contents = examined.contents;
    if (examined.compared === null || examined.compared.relation === 'other_log') continue;
    contents = { ...contents, compared: [...contents.compared, submission_id] };
  }
  if (contents.alarms.length === 0) {
    contents = keep(contents, compared, { note: now, origin: second.origin, size: second.size });
  }
  await of.log.save(contents);
  return contents.alarms;
}
