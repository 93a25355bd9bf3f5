/** A wire with an ear: everything a phone sends to a server, as it went over the network. */
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export interface Wire {
  /** The address to open instead of the server's. */
  readonly url: string;
  /** Every byte sent to the server so far, connection after connection. */
  sent(): Buffer;
  /** The request lines among them. */
  requestLines(): readonly string[];
  close(): Promise<void>;
}

/** Listens on a free port and passes everything on to the server at `target`. */
export async function listenOn(target: string): Promise<Wire> {
  const connections: Buffer[][] = [];
  const open = new Set<Socket>();
  const server = createServer((phone) => {
    const pieces: Buffer[] = [];
    connections.push(pieces);
    const beyond = connect(Number(new URL(target).port), '127.0.0.1');
    phone.on('data', (piece) => void pieces.push(piece));
    for (const [from, to] of [
      [phone, beyond],
      [beyond, phone],
    ] as const) {
      open.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => open.delete(from));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const sent = (): Buffer => Buffer.concat(connections.flat());
  return {
    url: `http://127.0.0.1:${port}`,
    sent,
    requestLines: () =>
      sent()
        .toString('latin1')
        .match(/(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \/\S* HTTP\/1\.1/g) ?? [],
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
