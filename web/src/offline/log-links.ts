/** Follows the log under another name: what its links say of what this phone saw before. */

import { fetchLinks } from '../api/log';
import { ProblemError } from '../engine/problem';
import type { Receipt } from '../engine/protocol';
import type { Surroundings } from '../engine/surroundings';
import type {
  FollowedLinks,
  JudgingTrust,
  LogEntry,
  TrustVerdicts,
} from '../engine/trust-verdicts';

/** What a receipt claims of the log; that it is genuine says that it is true. */
interface LogClaims {
  readonly aud: string;
  /** Absent in the short receipt of a QR code. */
  readonly log?: { readonly origin: string; readonly index: number; readonly checkpoint: string };
}

export function logClaimsOf(receipt: string): LogClaims {
  const [, payload = ''] = receipt.split('.');
  const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (symbol) =>
    symbol.charCodeAt(0),
  );
  return JSON.parse(new TextDecoder().decode(bytes)) as LogClaims;
}

/** Each genuine receipt of a submission, the newest first. */
export function genuineOf(receipt: Receipt): readonly Receipt[] {
  return [receipt, ...(receipt.earlier ?? [])].filter(({ genuine }) => genuine);
}

/** Where a receipt stands; a short one tells only that its log held it when it was given. */
function entryOf({ jws }: Receipt, current: string): LogEntry | null {
  const { aud, log } = logClaimsOf(jws);
  if (log !== undefined) return { origin: log.origin, index: log.index };
  return aud === current ? { origin: aud, index: 0 } : null;
}

export interface Following {
  readonly around: Surroundings;
  readonly verdicts: TrustVerdicts;
  readonly trust: JudgingTrust;
}

export interface Seen {
  /** Names of the logs of which this phone kept a head. */
  readonly heads: readonly string[];
  readonly receipts: readonly Receipt[];
  /** Links of earlier looks. */
  readonly links: readonly string[];
}

export interface Followed {
  readonly links: readonly string[];
  readonly contradiction: readonly [string, string] | null;
  /** How many entries of a log are in the one of today; null where nobody knows. */
  readonly continued: (origin: string) => number | null;
  /** Submissions whose every receipt is of entries that were lost. */
  readonly lost: readonly string[];
  /** Submissions with a receipt of an entry that is in the log of today. */
  readonly held: readonly string[];
}

function standingsOf(
  receipts: readonly Receipt[],
  current: string,
  found: FollowedLinks,
): Pick<Followed, 'lost' | 'held'> {
  const standings = new Map(
    found.entries.map(({ origin, index, standing }) => [`${origin} ${String(index)}`, standing]),
  );
  const lost: string[] = [];
  const held: string[] = [];
  for (const receipt of receipts) {
    const entries = genuineOf(receipt).flatMap((one) => entryOf(one, current) ?? []);
    const places = entries.map(({ origin, index }) => standings.get(`${origin} ${String(index)}`));
    if (places.includes('held')) held.push(receipt.submission_id);
    else if (places.includes('lost')) lost.push(receipt.submission_id);
  }
  return { lost, held };
}

/** Nothing is followed: what is of another log is let lie, and the log of today is watched on. */
function unfollowed(links: readonly string[], current: string): Followed {
  const continued = (origin: string): number | null => (origin === current ? Infinity : null);
  return { links, contradiction: null, continued, lost: [], held: [] };
}

/** What the links lead to; null where one of them proves nothing, as one whose key was revoked since. */
async function believed(
  { verdicts, trust }: Following,
  request: Pick<Parameters<TrustVerdicts['links']>[0], 'links' | 'kept_links' | 'entries'>,
): Promise<FollowedLinks | null> {
  try {
    return await verdicts.links({ ...trust, ...request });
  } catch (cause) {
    if (cause instanceof ProblemError && cause.code !== 'engine_missing') return null;
    throw cause;
  }
}

/**
 * Asks for the links when something that was seen is of another log than `current`, the one of today.
 * Without any such thing nothing is asked, and nothing is lost.
 *
 * Problems: those of the network.
 */
export async function followLinks(
  following: Following,
  seen: Seen,
  current: string,
  signal: AbortSignal,
): Promise<Followed> {
  const entries = seen.receipts
    .flatMap(genuineOf)
    .flatMap((receipt) => entryOf(receipt, current) ?? []);
  const heads = seen.heads.map((origin) => ({ origin, index: 0 }));
  const asked = [...entries, ...heads];
  if (asked.every(({ origin }) => origin === current)) {
    return unfollowed(seen.links, current);
  }
  const links = await fetchLinks(following.around, signal);
  const found = await believed(following, { links, kept_links: seen.links, entries: asked });
  if (found === null) return unfollowed(seen.links, current);
  // The index says whose log is today's, and the head that was looked at is that log's.
  if (found.current !== current) throw new ProblemError('index_missing');
  const contradiction = found.contradiction ?? null;
  return {
    links: found.links,
    contradiction,
    continued: (origin) => {
      const entry = found.entries.find((one) => one.origin === origin);
      if (entry === undefined || entry.standing === 'foreign') return null;
      return entry.continued ?? Infinity;
    },
    ...(contradiction === null
      ? standingsOf(seen.receipts, current, found)
      : { lost: [], held: [] }),
  };
}
