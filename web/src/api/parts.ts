/** Uploads one sealed part by tus: goes on where the server says it stands. */

import { DetailedError, Upload } from 'tus-js-client';
import type { UploadOptions } from 'tus-js-client';
import { ProblemError, problemOf } from '../engine/problem';
import type { ProblemCode } from '../engine/protocol';
import { isFinal, kPartsPath, momentaryCode, parseProblem } from './requests';
import { tusHttpStack } from './tus-http';

/** Larger than a sealed attachment of 512 KiB with padding: that is one request. */
const kFirstChunkBytes = 640 * 1024;
const kLeastChunkBytes = 64 * 1024;
const kMostChunkBytes = 4 * 1024 * 1024;
/** So much of a large file is lost at most when the network goes. */
const kShareOfFile = 20;
const kWantedMsPerChunk = 6_000;
/** The upload is of no use any more: gone, or finished with another digest. A wrong offset is not among them. */
const kBeginAnew: ReadonlySet<number> = new Set([400, 404, 410, 422, 460]);

type FileReader = NonNullable<UploadOptions['fileReader']>;

export interface PartUpload {
  readonly size: number;
  readonly sha256: string;
  /** Thumbprint of the key whose manifest will claim the part. */
  readonly kid: string;
  /** Where an earlier try got its place; null for a new upload. */
  readonly uploadUrl: string | null;
  readonly read: (start: number, end: number) => Promise<Uint8Array<ArrayBuffer>>;
  /** The server gave the upload a place: keep it. */
  readonly placed: (uploadUrl: string) => void;
  readonly progressed: (sentBytes: number) => void;
}

/** Bytes for the next request, from how the last one went. */
export function nextChunkBytes(size: number, lastBytes: number, lastMs: number): number {
  const wanted = (lastBytes / Math.max(lastMs, 1)) * kWantedMsPerChunk;
  const share = size <= kFirstChunkBytes ? size : Math.ceil(size / kShareOfFile);
  const most = Math.min(kMostChunkBytes, Math.max(share, kLeastChunkBytes));
  return Math.round(Math.min(most, Math.max(kLeastChunkBytes, wanted)));
}

function firstChunkBytes(size: number): number {
  return size <= kFirstChunkBytes
    ? kFirstChunkBytes
    : Math.max(kLeastChunkBytes, Math.ceil(size / kShareOfFile));
}

/**
 * - `done`: the server holds the whole part and has checked its digest.
 * - `later`: trying again may help, from where it stands.
 * - `anew`: trying again may help, but from the beginning.
 * - `refused`: the server will not take this part.
 */
export type PartOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'later' | 'anew' | 'refused'; readonly code: ProblemCode };

/** Whether the part itself is refused. A digest that differs (422, 460) may be a fault of the road. */
function isRefusal(status: number, code: string): boolean {
  return status === 413 || ([400, 401, 403].includes(status) && isFinal(status, code));
}

/** What a failed upload means for the next try. */
function failure(cause: Error): PartOutcome {
  if (!(cause instanceof DetailedError)) return { kind: 'later', code: problemOf(cause).code };
  if (cause.causingError instanceof ProblemError) {
    return { kind: 'later', code: cause.causingError.code };
  }
  const response = cause.originalResponse;
  if (response === null || response === undefined) {
    return { kind: 'later', code: 'server_unreachable' };
  }
  const status = response.getStatus();
  const type = response.getHeader('content-type') ?? '';
  // A success without the headers of tus: somebody else answered in the server's place.
  if (type.startsWith('text/html') || status < 300)
    return { kind: 'later', code: 'captive_portal' };
  const problem = parseProblem(response.getBody());
  if (problem !== null && isRefusal(status, problem.code)) {
    return { kind: 'refused', code: problem.code };
  }
  if (kBeginAnew.has(status)) return { kind: 'anew', code: momentaryCode(status) };
  return { kind: 'later', code: momentaryCode(status) };
}

function chunkSource(part: PartUpload, begun: () => void): FileReader {
  return {
    openFile: () =>
      Promise.resolve({
        size: part.size,
        slice: async (start: number, end: number) => {
          const bytes = await part.read(start, end);
          begun();
          return { value: new Blob([bytes]), done: end >= part.size };
        },
        close: () => undefined,
      }),
  };
}

/**
 * Uploads the part, from the server's offset when `uploadUrl` is still known there, else from the
 * beginning. One try: waiting and trying again is the outbox's business.
 *
 * Problems: cancelled; those of `read`.
 */
export function uploadPart(
  fetcher: typeof fetch,
  server: string,
  part: PartUpload,
  signal: AbortSignal,
): Promise<PartOutcome> {
  return new Promise((resolve, reject) => {
    let chunkStarted = 0;
    const ended = new AbortController();
    let readFailed: Error | null = null;
    const read: PartUpload['read'] = (start, end) =>
      part.read(start, end).catch((cause: unknown) => {
        readFailed = cause instanceof Error ? cause : new ProblemError('internal');
        throw readFailed;
      });
    const upload = new Upload(new Blob([]), {
      endpoint: `${server}${kPartsPath}`,
      uploadUrl: part.uploadUrl,
      uploadSize: part.size,
      chunkSize: firstChunkBytes(part.size),
      uploadDataDuringCreation: true,
      metadata: { kid: part.kid, sha256: part.sha256 },
      retryDelays: null,
      fingerprint: () => Promise.resolve(''),
      storeFingerprintForResuming: false,
      httpStack: tusHttpStack(fetcher),
      fileReader: chunkSource({ ...part, read }, () => (chunkStarted = performance.now())),
      onUploadUrlAvailable: () => {
        if (upload.url !== null) part.placed(upload.url);
      },
      onChunkComplete: (chunkBytes, sentBytes) => {
        const took = performance.now() - chunkStarted;
        upload.options.chunkSize = nextChunkBytes(part.size, chunkBytes, took);
        part.progressed(sentBytes);
      },
      onSuccess: () => {
        ended.abort();
        resolve({ kind: 'done' });
      },
      onError: (cause) => {
        ended.abort();
        // A damaged vault or a stopped engine is not the network's fault.
        if (readFailed !== null) reject(readFailed);
        else resolve(failure(cause));
      },
    });
    const stop = (): void => {
      ended.abort();
      // tus-js-client says nothing more once it is aborted.
      void upload.abort();
      reject(new ProblemError('cancelled'));
    };
    signal.addEventListener('abort', stop, { signal: ended.signal });
    upload.start();
  });
}
