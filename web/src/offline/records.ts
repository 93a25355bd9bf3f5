/** What lies in this browser's database, and what of it is readable there: see README.md. */

import type { DBSchema } from 'idb';
import type { JsonValue, PackageIndex } from '../engine/core';
import type { LastEdit, ProblemCode, Told } from '../engine/protocol';

/** How a person shows that it is them. With `device` alone, whoever can use this browser can. */
export type RootLock =
  | { readonly method: 'device' }
  | {
      readonly method: 'pin' | 'passphrase';
      /** 16 bytes. */
      readonly salt: Uint8Array<ArrayBuffer>;
      /** Of Argon2id, as they were measured on this phone when the password was set. */
      readonly memory_kib: number;
      readonly passes: number;
      readonly iv: Uint8Array<ArrayBuffer>;
    }
  | {
      readonly method: 'passkey';
      readonly credential_id: Uint8Array<ArrayBuffer>;
      /** 32 bytes: what the passkey's pseudo-random function is asked about. */
      readonly salt: Uint8Array<ArrayBuffer>;
      readonly iv: Uint8Array<ArrayBuffer>;
    };

/** Wrong tries since the last right one, and when the next may be made. */
export interface WrongTries {
  readonly failed: number;
  /** Milliseconds since 1970; 0 means now. */
  readonly next_try_at: number;
  /** How long the wait until then was meant to be. */
  readonly wait_ms: number;
}

/** One person's root: under what `lock` asks for, and that under a key that WebCrypto never hands out. */
export interface KeyRecord {
  readonly wrapping_key: CryptoKey;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly wrapped_root: ArrayBuffer;
  /** Public: an outbox item can be sealed to its owner while the vault is locked. */
  readonly age_recipient: string;
  /** Put away by the person, or by another one who opened theirs. */
  readonly locked: boolean;
  readonly lock: RootLock;
  readonly tries: WrongTries;
  /** What the locked screen calls this person, under `wrapping_key`; null before they chose a name. */
  readonly label: SealedLabel | null;
  /** Without a touch for that long the vault locks itself; 0 is never. */
  readonly lock_after_ms: number;
  /** Records whose names tell no owner are this person's: they were written before there were several. */
  readonly holds_unnamed: boolean;
}

export interface SealedLabel {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly bytes: ArrayBuffer;
}

/** The one key record of builds that knew one person only. */
export type FormerKeyRecord = Pick<
  KeyRecord,
  'wrapping_key' | 'iv' | 'wrapped_root' | 'age_recipient' | 'locked'
>;

/** A sealed JSON document: an age file that only the applicant's key opens. */
export interface SealedRecord {
  readonly sealed: Uint8Array<ArrayBuffer>;
}

/** Where the chunks of one sealed file lie, in order, and what the whole is. */
export interface SealedFile {
  readonly chunks: readonly string[];
  readonly chunk_sizes: readonly number[];
  /** Of the age file. */
  readonly size: number;
  readonly sha256: string;
}

export interface DraftAttachment {
  readonly path: string;
  readonly file_name: string;
  readonly media_type: string;
  /** Of the plaintext without padding. */
  readonly size: number;
  readonly sha256: string;
  readonly width?: number;
  readonly height?: number;
  readonly sealed: SealedFile;
  readonly recipients: readonly string[];
}

/** What a draft said before it went over to a newer version of its form; nothing of it is sent. */
export interface EarlierAnswers {
  readonly version: string;
  readonly digest: string;
  readonly answers: JsonValue;
}

/** A draft as it is sealed. Generations count up; the highest that opens is the draft. */
export interface DraftContents {
  readonly draft_id: string;
  readonly generation: number;
  readonly form_id: string;
  readonly version: string;
  readonly digest: string;
  readonly started_at: string;
  readonly saved_at: string;
  /** Everything typed, hidden questions too. */
  readonly answers: JsonValue;
  readonly answered: number;
  readonly questions: number;
  readonly attachments: readonly DraftAttachment[];
  /** The oldest first; absent while it is in the version it was begun in. */
  readonly earlier?: readonly EarlierAnswers[];
  /** The newest edit in `answers`: after a restart of the engine it is not made again. */
  readonly last_edit?: LastEdit;
  /** Set once the draft was sealed and signed; it is kept until the case is decided. */
  readonly submission_id: string | null;
  /** Digest of the manifest that it takes the place of: the case office could not read that one. */
  readonly supersedes?: string;
  /** The draft beside which this one is kept: another phone's version of it. */
  readonly rival_of?: string;
}

export interface OutboxPart {
  readonly role: 'answers' | 'attachment';
  readonly file: SealedFile;
  readonly upload_url: string | null;
  /** The server has said it holds the whole part. */
  readonly uploaded: boolean;
}

/** What is to be sent: ciphertext and a signed list of it. Nothing here can be opened without keys. */
export interface OutboxRecord {
  readonly submission_id: string;
  readonly manifest: string;
  readonly manifest_sha256: string;
  readonly form_id: string;
  readonly digest: string;
  readonly sealed_at: string;
  readonly kid: string;
  readonly age_recipient: string;
  readonly parts: readonly OutboxPart[];
  readonly phase: 'waiting' | 'refused' | 'received';
  /** Why the last try did not end with a receipt; null before the first try. */
  readonly reason: ProblemCode | null;
  readonly attempts: number;
  /** Milliseconds since 1970; 0 means now. */
  readonly next_try_at: number;
  /** How long the wait until then was meant to be. */
  readonly wait_ms?: number;
  /** Name of the sealed receipt. */
  readonly receipt: string | null;
  /** The receipt is the short one of a QR code: the whole one is fetched when there is a network. */
  readonly receipt_short?: boolean;
  /** Its entry was in what a restore of the log lost: it was received before, and is offered again. */
  readonly reoffered?: boolean;
  /** The case office has opened it: the sealed parts are not kept any longer. */
  readonly given_up?: boolean;
}

/** A receipt as it is sealed. */
export interface ReceiptContents {
  readonly submission_id: string;
  readonly form_id: string;
  readonly manifest_sha256: string;
  readonly jws: string;
  /** The keys that were known when a short receipt was taken: it brings no certificate of its own. */
  readonly receipt_keys?: PackageIndex['receipt_keys'];
  /** What the case office said last. */
  readonly told?: Told;
}

/** Public documents, each checked against the trust anchor before it is used. */
export type PublicRecord =
  | {
      readonly kind: 'index';
      readonly jws: string;
      readonly serial: number;
      /** Between root keys, where the agency has replaced its own. */
      readonly certificates?: readonly string[];
    }
  | {
      readonly kind: 'package';
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly signature: string;
    }
  | { readonly kind: 'texts'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'clock'; readonly offset_ms: number }
  /** Of builds that knew one person: they had deleted everything. */
  | { readonly kind: 'wiped' }
  /** A name that the database got when it was made: after the browser cleared everything it has another. */
  | { readonly kind: 'database'; readonly id: string };

export interface LandfallSchema extends DBSchema {
  readonly keys: { key: string; value: KeyRecord };
  readonly drafts: { key: string; value: SealedRecord };
  readonly files: { key: string; value: Uint8Array<ArrayBuffer> };
  readonly outbox: { key: string; value: OutboxRecord };
  readonly receipts: { key: string; value: SealedRecord };
  readonly backup: { key: string; value: SealedRecord };
  readonly log: { key: string; value: SealedRecord };
  readonly public: { key: string; value: PublicRecord };
}
