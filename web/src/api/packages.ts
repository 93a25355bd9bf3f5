/** Fetches the signed index and content-addressed packages and texts. Nothing here is believed yet. */

import {
  kPackagesPath,
  mediaType,
  readBytes,
  readText,
  request,
  unexpectedAnswer,
} from './requests';

export interface IndexAnswer {
  readonly jws: string;
  /** The server's clock by its Date header, milliseconds; null when it sent none. */
  readonly serverTime: number | null;
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
  const response = await request(fetcher, `${server}${kPackagesPath}`, {}, signal);
  if (response.status !== 200 || mediaType(response) === 'text/html') {
    throw unexpectedAnswer(response);
  }
  const serverTime = Date.parse(response.headers.get('date') ?? '');
  return {
    jws: (await readText(response, signal)).trim(),
    serverTime: Number.isNaN(serverTime) ? null : serverTime,
  };
}

/** Fetches a package or a text file by its digest. Problems: as {@link fetchIndex}. */
export async function fetchContent(
  fetcher: typeof fetch,
  server: string,
  digest: string,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const url = `${server}${kPackagesPath}/${digest}`;
  const response = await request(fetcher, url, { cache: 'default' }, signal);
  if (response.status !== 200) throw unexpectedAnswer(response);
  return readBytes(response, signal);
}
