/** Two phones, one vault: what becomes of each draft when both changed it. Nothing is merged, nothing is lost. */

import type { DraftContents } from './records';

/** A draft with the digest of what it says. */
export interface WeighedDraft {
  readonly draft: DraftContents;
  readonly digest: string;
}

export interface DraftMerge {
  /** From the server, in place of this phone's: nothing was changed here since. */
  readonly taken: readonly DraftContents[];
  /** From the server; this phone has none of that name. */
  readonly added: readonly DraftContents[];
  /** From the server, to be kept beside this phone's: both were changed. */
  readonly rivals: readonly DraftContents[];
  /** Deleted on another phone, and not changed here since. */
  readonly dropped: readonly string[];
}

export interface BothSides {
  readonly here: readonly WeighedDraft[];
  readonly there: readonly WeighedDraft[];
  /** By draft: what both sides had last. */
  readonly bases: Readonly<Record<string, string>>;
  /** Drafts that somebody is typing into: nothing takes their place. */
  readonly open: ReadonlySet<string>;
}

/** What a draft says, without when it was saved, where its files lie and what it is called. */
export function wordsOf(draft: DraftContents): unknown {
  const { form_id, version, digest, answers, earlier, submission_id } = draft;
  const attachments = draft.attachments.map(({ path, file_name, sha256 }) => [
    path,
    file_name,
    sha256,
  ]);
  return { form_id, version, digest, answers, attachments, earlier, submission_id };
}

type Fate = 'same' | 'taken' | 'rival' | 'mine';

function fateOf(mine: WeighedDraft, theirs: WeighedDraft, base: string | undefined): Fate {
  if (mine.digest === theirs.digest) return 'same';
  if (theirs.digest === base) return 'mine';
  return mine.digest === base ? 'taken' : 'rival';
}

/** Whether a draft that says the same lies beside `draftId` already: a merge that was interrupted. */
function isKept(here: readonly WeighedDraft[], draftId: string, digest: string): boolean {
  return here.some((kept) => kept.draft.rival_of === draftId && kept.digest === digest);
}

export function mergeDrafts({ here, there, bases, open }: BothSides): DraftMerge {
  const mine = new Map(here.map((weighed) => [weighed.draft.draft_id, weighed]));
  const theirs = new Set(there.map(({ draft }) => draft.draft_id));
  const taken: DraftContents[] = [];
  const added: DraftContents[] = [];
  const rivals: DraftContents[] = [];
  for (const weighed of there) {
    const { draft, digest } = weighed;
    const { draft_id } = draft;
    const present = mine.get(draft_id);
    if (present === undefined) {
      // What was deleted here comes back only if it was changed elsewhere since.
      if (bases[draft_id] !== digest) added.push(draft);
      continue;
    }
    const fate = fateOf(present, weighed, bases[draft_id]);
    if (fate === 'taken' && !open.has(draft_id)) taken.push(draft);
    else if (fate !== 'same' && fate !== 'mine' && !isKept(here, draft_id, digest)) {
      rivals.push(draft);
    }
  }
  const dropped = here
    .filter(({ draft, digest }) => !theirs.has(draft.draft_id) && bases[draft.draft_id] === digest)
    .map(({ draft }) => draft.draft_id)
    .filter((draftId) => !open.has(draftId));
  return { taken, added, rivals, dropped };
}
