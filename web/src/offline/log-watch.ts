/** Watches that the receipt log only grows: what it said last is kept, and what cannot both be true is an alarm. */

import { fetchCheckpoint, fetchConsistency, fetchInclusion } from '../api/log';
import { ProblemError } from '../engine/problem';
import type { LogAlarm, Receipt } from '../engine/protocol';
import type { Surroundings } from '../engine/surroundings';
import type {
  ComparedLogs,
  JudgingTrust,
  PlacedReceipt,
  TrustVerdicts,
} from '../engine/trust-verdicts';
import { formatInstant } from './clock';
import type { Database } from './database';
import { followLinks, genuineOf, logClaimsOf } from './log-links';
import type { Followed } from './log-links';
import { offerAgain, settle } from './reoffer';
import type { OutboxStore } from './outbox-store';
import type { OwnRecord } from './own-record';
import type { Receipts } from './receipts';
import type { Vault } from './vault';

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
  /** Under which names the log went on, as far as this phone was told. */
  readonly links?: readonly string[];
  /** Submissions that stood in what a restore lost, and that this phone cannot send again. */
  readonly gone?: readonly string[];
}

export type LogRecord = OwnRecord<LogContents>;

export interface Watching {
  readonly around: Surroundings;
  readonly database: Database;
  readonly receipts: Receipts;
  readonly outbox: OutboxStore;
  readonly vault: Vault;
  readonly verdicts: TrustVerdicts;
  readonly log: LogRecord;
}

/** What a look at the log led to. */
export interface Look {
  readonly alarms: readonly LogAlarm[];
  /** Something lies in the outbox again, or turned out to be gone. */
  readonly changed: boolean;
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

/** Where the log of `checkpoint` has a receipt, with the proof it takes. */
export async function placeOf(
  of: Pick<Watching, 'around' | 'verdicts'>,
  trust: JudgingTrust,
  receipt: string,
  checkpoint: string,
  signal: AbortSignal,
): Promise<PlacedReceipt['place']> {
  const found = await of.verdicts.place(receipt, checkpoint, trust);
  if (found.place !== 'unproven') return found.place;
  const proof = await fetchInclusion(of.around, found.index, found.checkpoint.size, signal);
  return (await of.verdicts.place(receipt, checkpoint, { ...trust, proof })).place;
}

interface Round {
  readonly of: Watching;
  readonly trust: JudgingTrust & { readonly links?: readonly string[] };
  readonly signal: AbortSignal;
  readonly now: string;
}

/** What is held against the log: the checkpoint kept, or a receipt. */
interface Held {
  readonly document: string;
  /** Kept by this phone after it was found genuine: its key may have left the index since. */
  readonly believed: boolean;
  /** It is of a log that goes on under another name: the index does not speak of it. */
  readonly former?: boolean;
}

/** Null where nothing can be said: a short receipt, or a key that was revoked since. */
async function compare(round: Round, held: Held): Promise<ComparedLogs | null> {
  const { of, trust, signal, now } = round;
  const believing = { ...trust, believes_first: true } as JudgingTrust;
  try {
    const first = held.believed && held.former === true ? believing : trust;
    return await relate(of, first, held.document, now, signal);
  } catch (cause) {
    if (!(cause instanceof ProblemError)) throw cause;
    if (cause.code === 'checkpoint_signature_wrong' && held.believed) {
      return relate(of, believing, held.document, now, signal);
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
  return document.includes('\n') ? document : (logClaimsOf(document).log?.checkpoint ?? '');
}

function withAlarm(contents: LogContents, alarm: LogAlarm): LogContents {
  const known = contents.alarms.some(({ kept }) => kept === alarm.kept);
  if (known || contents.alarms.length >= kMaxAlarms) return contents;
  return { ...contents, alarms: [...contents.alarms, alarm] };
}

interface Examined {
  readonly contents: LogContents;
  readonly compared: ComparedLogs | null;
  /** It was contradicted once, and not at the second look: nothing may move on from here. */
  readonly doubtful?: boolean;
}

/** Holds one document against the log; an alarm is added, and nothing else. */
async function examine(round: Round, contents: LogContents, held: Held): Promise<Examined> {
  const compared = await compare(round, held);
  if (compared?.relation !== 'rewritten') return { contents, compared };
  // Two signed heads of one size need no proof, and so no second look.
  const { first, second } = compared;
  const proven = first.origin === second.origin && first.size === second.size;
  const found = proven ? round.now : await confirm(round, held);
  if (found === null) return { contents, compared: null, doubtful: true };
  const kept = noteOf(held.document);
  const found_at = formatInstant(round.of.around.now());
  return {
    contents: withAlarm(contents, { origin: compared.first.origin, kept, found, found_at }),
    compared,
  };
}

/** The newer of what was kept and what the log says now; nothing moves while something is wrong. */
function keep(
  contents: LogContents,
  compared: ComparedLogs | null,
  now: KeptHead,
  continued: Followed['continued'],
): LogContents {
  const { kept } = contents;
  // Of a key that was revoked since it proves nothing any more, whatever it said.
  if (kept === null || compared === null) return { ...contents, kept: now };
  if (kept.origin === now.origin) {
    const grew = compared.relation === 'grown' || compared.relation === 'empty';
    return grew && now.size > kept.size ? { ...contents, kept: now } : contents;
  }
  const entries = continued(kept.origin);
  if (entries === null) return contents;
  // It saw entries that were lost: that they were is all that can be said.
  if (kept.size > entries) return { ...contents, kept: now };
  const agrees = ['same', 'grown', 'empty'].includes(compared.relation);
  return agrees && now.size >= kept.size ? { ...contents, kept: now } : contents;
}

interface Today extends Pick<Round, 'trust' | 'now'> {
  readonly head: KeptHead;
}

async function lookOnce(of: Watching, signal: AbortSignal): Promise<Today> {
  const trust = await trustHere(of);
  const now = await fetchCheckpoint(of.around, signal);
  // Against itself: whether it is genuine, and what it says.
  const { origin, size } = (await of.verdicts.compare(now, now, trust)).second;
  return { trust, now, head: { note: now, origin, size } };
}

/** The head of the log of today: by the index that lies here, or by the one published since. */
async function lookToday(of: Watching, signal: AbortSignal): Promise<Today> {
  try {
    return await lookOnce(of, signal);
  } catch (cause) {
    if (!(cause instanceof ProblemError) || !/^(checkpoint|note)_/.test(cause.code)) throw cause;
    await of.receipts.renew();
    return lookOnce(of, signal);
  }
}

/**
 * A receipt's name among those that were compared; of several for one submission, each has its own. One
 * of a former log is held against each log that continues it.
 */
function nameOf(receipt: Receipt, all: readonly Receipt[], current: string): string {
  const { submission_id, received_at, jws } = receipt;
  const own = all.length === 1 ? submission_id : `${submission_id} ${received_at}`;
  return logClaimsOf(jws).aud === current ? own : `${own} ${current}`;
}

/**
 * Looks for a receipt of a former log, whose own head saw entries that were lost: its entry is to stand
 * where it stood. Null while nothing can be said.
 */
async function examinePlace(
  round: Round,
  contents: LogContents,
  receipt: Receipt,
): Promise<LogContents | null> {
  const { of, trust, signal, now } = round;
  const place = await placeOf(of, trust, receipt.jws, now, signal);
  if (place === 'held') return contents;
  if (place !== 'absent') return null;
  const found = await fetchCheckpoint(of.around, signal);
  if ((await placeOf(of, trust, receipt.jws, found, signal)) !== 'absent') return null;
  const origin = logClaimsOf(receipt.jws).aud;
  const found_at = formatInstant(of.around.now());
  return withAlarm(contents, { origin, kept: noteOf(receipt.jws), found, found_at });
}

/** Holds each receipt against the log once. */
async function examineReceipts(
  round: Round,
  before: LogContents,
  receipts: readonly Receipt[],
  current: string,
): Promise<LogContents> {
  let contents = before;
  for (const all of receipts.map(genuineOf)) {
    for (const receipt of all) {
      const name = nameOf(receipt, all, current);
      if (contents.compared.includes(name)) continue;
      const examined = await examine(round, contents, { document: receipt.jws, believed: false });
      contents = examined.contents;
      if (examined.compared === null) continue;
      if (examined.compared.relation === 'other_log') {
        const placed = await examinePlace(round, contents, receipt);
        if (placed === null) continue;
        contents = placed;
      }
      contents = { ...contents, compared: [...contents.compared, name] };
    }
  }
  return contents;
}

/** What became of the log's name since the last look; two links that cannot both be true are an alarm. */
async function follow(
  of: Watching,
  { trust, head }: Today,
  contents: LogContents,
  receipts: readonly Receipt[],
  signal: AbortSignal,
): Promise<{ readonly contents: LogContents; readonly followed: Followed }> {
  const seen = {
    heads: contents.kept === null ? [] : [contents.kept.origin],
    receipts,
    links: contents.links ?? [],
  };
  const following = { around: of.around, verdicts: of.verdicts, trust };
  const followed = await followLinks(following, seen, head.origin, signal);
  if (followed.contradiction === null) {
    return { contents: { ...contents, links: followed.links }, followed };
  }
  const [kept, found] = followed.contradiction;
  const found_at = formatInstant(of.around.now());
  const alarm = { origin: head.origin, kept, found, found_at };
  return { contents: withAlarm(contents, alarm), followed };
}

async function offerLost(
  of: Watching,
  lost: readonly string[],
  goneBefore: readonly string[],
): Promise<{ readonly changed: boolean; readonly gone: readonly string[] }> {
  let changed = false;
  const gone: string[] = [];
  for (const submission_id of lost) {
    const offer = await offerAgain(of, submission_id);
    if (offer === 'gone') gone.push(submission_id);
    if (offer === 'again' || (offer === 'gone' && !goneBefore.includes(submission_id))) {
      changed = true;
    }
  }
  return { changed, gone };
}

/** While the network was waited for, somebody else may have opened theirs. */
export function mustBeOpenFor({ vault }: Pick<Watching, 'vault'>, person: string): void {
  if (vault.state() !== 'open' || vault.record().person !== person) {
    throw new ProblemError('vault_locked');
  }
}

/**
 * Asks the log for its head once and holds against it what this person's phone saw before: the
 * checkpoint it kept and every receipt once. Where the log goes on under another name after a restore,
 * its links are followed, and what was lost is offered again. Answers with the alarms there are.
 *
 * Problems: those of the network, checkpoint_signature_wrong and the like for a head or a link that is
 * not the agency's; then nothing changed. A stopped module passes through.
 */
export async function lookAtLog(of: Watching, signal: AbortSignal): Promise<Look> {
  const { person } = of.vault.record();
  const today = await lookToday(of, signal);
  const receipts = await of.receipts.list();
  const start = (await of.log.load()) ?? kNothing;
  const { contents: known, followed } = await follow(of, today, start, receipts, signal);
  if (followed.contradiction !== null) {
    // Both are signed: it takes no second look, and nothing else is to be had from this server.
    mustBeOpenFor(of, person);
    await of.log.save(known);
    return { alarms: known.alarms, changed: false };
  }
  const trust = { ...today.trust, links: followed.links };
  const round: Round = { of, trust, signal, now: today.now };
  let contents = known;
  let compared: ComparedLogs | null = null;
  let doubtful: boolean | undefined;
  if (contents.kept !== null) {
    const former = contents.kept.origin !== today.head.origin;
    const held = { document: contents.kept.note, believed: true, former };
    ({ contents, compared, doubtful } = await examine(round, contents, held));
  }
  contents = await examineReceipts(round, contents, receipts, today.head.origin);
  if (contents.alarms.length === 0 && doubtful !== true) {
    contents = keep(contents, compared, today.head, followed.continued);
  }
  mustBeOpenFor(of, person);
  const settled = await settle(of, followed.held);
  const { changed, gone } = await offerLost(of, followed.lost, start.gone ?? []);
  contents = { ...contents, gone };
  await of.log.save(contents);
  return { alarms: contents.alarms, changed: changed || settled };
}
