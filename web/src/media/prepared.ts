/** What the page asks of the preparation of a file, and what it hears. Shared by page and worker. */
import type { DocumentRule } from '../engine/protocol';

export type PrepareStep = 'reading' | 'decoding' | 'fetching-decoder' | 'shrinking';

export interface PrepareRequest {
  readonly file: File;
  readonly rule: DocumentRule;
}

/** What was done to the picture, so that the page can say it. */
export interface Changes {
  /** Media type of the original when it was converted to another. */
  readonly convertedFrom: string | null;
  readonly scaled: boolean;
  readonly cropped: boolean;
}

export type Prepared =
  | {
      readonly kind: 'ready';
      readonly file: Blob;
      readonly fileName: string;
      readonly beforeBytes: number;
      readonly afterBytes: number;
      readonly width: number | null;
      readonly height: number | null;
      readonly changes: Changes;
    }
  /** `code` is a finding code: the text `finding.<code>` says what is wrong and what to do. */
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly params: Readonly<Record<string, string>>;
    };

export type PrepareReply =
  | { readonly kind: 'step'; readonly step: PrepareStep }
  | { readonly kind: 'result'; readonly result: Prepared }
  /** The worker has no canvas of its own (Safari before 16.4): the page must do it. */
  | { readonly kind: 'needs-page' };

export function refused(code: string, params: Readonly<Record<string, string>> = {}): Prepared {
  return { kind: 'refused', code, params };
}
