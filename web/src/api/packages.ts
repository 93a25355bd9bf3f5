/** Fetches the signed index and content-addressed packages and texts. Nothing here is believed yet. */

import { kCertificatesPath, kPackagesPath, request, textOf, unexpectedAnswer } from './requests';

export interface IndexAnswer {
  readonly jws: string;
  /** The server's clock by its Date header, milliseconds; null when it sent none. */
  readonly serverTime: number | null;
  /** The server has certificates of root keys beside it. */
  readonly certified: boolean;
}

/**
 * Fetches the signed index.
 *
 * Problems: captive_portal, form_not_here, server_unreachable, server_busy, server_fault,
 * reply_not_understood, cancelled.
 */
export async function fetchIndex(
  fetcher: typeof fetch,
  server: string,
  signal: AbortSignal,
): Promise<IndexAnswer> {
  const answer = await request(fetcher, `${server}${kPackagesPath}`, {}, signal);
  if (answer.status !== 200 || answer.type === 'text/html') throw unexpectedAnswer(answer);
  const serverTime = Date.parse(answer.header('date') ?? '');
  return {
    jws: textOf(answer).trim(),
    serverTime: Number.isNaN(serverTime) ? null : serverTime,
    certified: answer.header('link')?.includes(kCertificatesPath) === true,
  };
}

/** Fetches the certificates between the agency's root keys; none where the server has none. Problems: as {@link fetchIndex}. */
export async function fetchCertificates(
  fetcher: typeof fetch,
  server: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const answer = await request(fetcher, `${server}${kCertificatesPath}`, {}, signal);
  if (answer.status === 404) return [];
  if (answer.status !== 200 || answer.type !== 'text/plain') throw unexpectedAnswer(answer);
  return textOf(answer)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Fetches a package or a text file by its digest. Problems: as {@link fetchIndex}. */
export async function fetchContent(
  fetcher: typeof fetch,
  server: string,
  digest: string,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const url = `${server}${kPackagesPath}/${digest}`;
  const answer = await request(fetcher, url, { cache: 'default' }, signal);
  if (answer.status !== 200) throw unexpectedAnswer(answer);
  return answer.bytes;
}
