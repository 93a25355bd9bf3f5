/** What the page hears about documents that anybody brings, and about the receipt log. */

import type { Receipt } from './protocol';
import type { ComparedLogs, Judgement, PlacedReceipt } from '@landfall/bindings/trust';

/** What was found of something that anybody brought; `code` is absent when it is genuine. */
export type Judged = Judgement;

/** How two heads of the receipt log stand to each other. */
export interface ComparedWithLog extends ComparedLogs {
  /** Where the log has the receipt that one of them is. */
  readonly place?: PlacedReceipt['place'];
  /** Why the proof could not be had, with `unproven`. */
  readonly reason?: string;
}

/** What the case office said last of a submission: a message it signed, checked when it came. */
export interface Told {
  readonly says: 'opened' | 'unreadable';
  readonly counter: number;
  readonly issued: string;
  /** The message itself: what `landfall verify` takes. */
  readonly jws: string;
}

/** Two signed checkpoints of one log that cannot both be true: notes, as they were signed. */
export interface LogAlarm {
  readonly origin: string;
  readonly kept: string;
  readonly found: string;
  readonly found_at: string;
}

/** What becomes of an application whose entry in the log was lost, when the log was restored from a copy. */
export interface Reoffered {
  /** `sending`: offered again, no new receipt yet. `done`: it came. `gone`: the sealed parts are not here. */
  readonly reoffer?: 'sending' | 'done' | 'gone';
  /** Receipts of before, the newest first. */
  readonly earlier?: readonly Receipt[];
}
