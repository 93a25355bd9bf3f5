/** Posts a file of any size by XMLHttpRequest: it reads the file as it goes and tells how far it came. */

import type { Upload } from '../surroundings';

/** Without a byte sent or heard for that long, the network is gone. */
const kSilenceMs = 60_000;

/** Statuses that have no body by definition; a Response with one cannot be made. */
const kBodiless: ReadonlySet<number> = new Set([204, 205, 304]);

function responseOf(xhr: XMLHttpRequest, asked: string): Response {
  // Redirects are followed without a word, and our server sends none.
  if (xhr.responseURL !== asked) return new Response(null, { status: 302 });
  const type = xhr.getResponseHeader('content-type') ?? '';
  const body = kBodiless.has(xhr.status) ? null : (xhr.response as ArrayBuffer);
  return new Response(body, { status: xhr.status, headers: { 'content-type': type } });
}

export const uploadByXhr: Upload = (url, file, type, told, signal) =>
  new Promise((resolve, reject) => {
    const asked = new URL(url, self.location.href).href;
    const xhr = new XMLHttpRequest();
    const stop = (): void => xhr.abort();
    let silence = setTimeout(stop, kSilenceMs);
    const hear = (): void => {
      clearTimeout(silence);
      silence = setTimeout(stop, kSilenceMs);
    };
    xhr.upload.onprogress = ({ loaded }) => {
      hear();
      told(loaded);
    };
    xhr.onprogress = hear;
    xhr.onloadend = () => {
      clearTimeout(silence);
      signal.removeEventListener('abort', stop);
      if (xhr.status === 0) reject(new TypeError('no answer'));
      else resolve(responseOf(xhr, asked));
    };
    xhr.open('POST', asked);
    xhr.responseType = 'arraybuffer';
    xhr.setRequestHeader('content-type', type);
    signal.addEventListener('abort', stop, { once: true });
    xhr.send(file);
  });
