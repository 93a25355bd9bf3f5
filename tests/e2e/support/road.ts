/** The road between phone and server: a proxy of the test's own that can be slow, break, or be somebody else's hotel. */
import { createServer, request as ask } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What is done with one request. */
export type Treatment =
  | { readonly kind: 'pass' }
  /** Reads so many bytes of the body, hands them on, then breaks both connections. */
  | { readonly kind: 'cut-request'; readonly afterBytes: number }
  /** Lets the server answer, then breaks the phone's connection without a word. */
  | { readonly kind: 'lose-answer' }
  /** Answers in the server's place. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    };

export interface Passage {
  readonly method: string;
  readonly path: string;
  /** Bytes of the body that went on to the server. */
  bytes: number;
  /** Status the server gave; null when it gave none. */
  status: number | null;
  readonly uploadOffset: number | null;
}

export interface Road {
  readonly url: string;
  /** Every request so far, in order. */
  readonly passages: readonly Passage[];
  /** Decides about each request from now on; null lets everything pass. */
  treat(decide: ((request: IncomingMessage) => Treatment) | null): void;
  close(): Promise<void>;
}

const kPass: Treatment = { kind: 'pass' };

function passageOf(incoming: IncomingMessage): Passage {
  const offset = incoming.headers['upload-offset'];
  return {
    method: incoming.method ?? '',
    path: incoming.url ?? '',
    bytes: 0,
    status: null,
    uploadOffset: typeof offset === 'string' ? Number(offset) : null,
  };
}

/** Hands `incoming` on to the server as `treatment` says. */
function carry(
  server: URL,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  treatment: Treatment,
  passage: Passage,
): void {
  const { method, url: path, headers } = incoming;
  const onward = ask({ hostname: server.hostname, port: server.port, method, path, headers });
  onward.on('error', () => outgoing.destroy());
  onward.on('response', (answer) => {
    passage.status = answer.statusCode ?? null;
    if (treatment.kind === 'lose-answer') {
      answer.resume().on('end', () => incoming.socket.destroy());
      return;
    }
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  incoming.on('data', (piece: Buffer) => {
    const left =
      treatment.kind === 'cut-request' ? treatment.afterBytes - passage.bytes : piece.length;
    const goesOn = piece.subarray(0, Math.max(0, left));
    passage.bytes += goesOn.length;
    const cut = goesOn.length < piece.length;
    onward.write(goesOn, () => {
      if (!cut) return;
      // Ended in order on the server's side, so that what was handed on arrives; the phone hears nothing.
      onward.socket?.end();
      incoming.socket.destroy();
    });
    if (cut) incoming.pause();
  });
  incoming.on('end', () => onward.end());
}

/** Opens a road to the server at `url`, on the same host and a port of its own. */
export async function openRoad(url: string): Promise<Road> {
  const server = new URL(url);
  const passages: Passage[] = [];
  let decide: ((request: IncomingMessage) => Treatment) | null = null;
  const proxy = createServer((incoming, outgoing) => {
    const passage = passageOf(incoming);
    passages.push(passage);
    const treatment = decide?.(incoming) ?? kPass;
    if (treatment.kind !== 'answer') return carry(server, incoming, outgoing, treatment, passage);
    incoming.resume();
    outgoing.writeHead(treatment.status, { ...treatment.headers });
    outgoing.end(treatment.body);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    passages,
    treat: (next) => void (decide = next),
    close: () =>
      new Promise((resolve) => {
        proxy.close(() => resolve());
        proxy.closeAllConnections();
      }),
  };
}
