import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a ClickHouse, or the network before it, does wrong. */
export type Fault =
  | 'none'
  /** Nobody listens: every connection is dropped at once. */
  | 'away'
  /** Everything takes two seconds more. */
  | 'slow'
  /** 503, and nothing is done. */
  | 'refusing'
  /** The answer breaks off in the middle. */
  | 'half'
  /** The statement is run, the answer never comes: was it stored or not? */
  | 'silent';

/** A proxy before a ClickHouse that does it wrong on demand. */
export async function faultyProxy(target: string): Promise<{ url: string; set(fault: Fault): void; close(): void }> {
  let fault: Fault = 'none';
  const to = new URL(target);
  const server = createServer({ maxHeaderSize: 4 * 1024 * 1024 }, (incoming, outgoing) => {
    if (fault === 'away') {
      incoming.socket.destroy();
    } else if (fault === 'refusing') {
      outgoing.writeHead(503).end('Code: 999. DB::Exception: refused on purpose.');
    } else {
      setTimeout(() => forward(incoming, outgoing, to, fault), fault === 'slow' ? 2000 : 0);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(target);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    set: (next) => {
      fault = next;
      // What hangs because of the last fault is let go.
      server.closeAllConnections();
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function forward(incoming: IncomingMessage, outgoing: ServerResponse, to: URL, fault: Fault): void {
  const { hostname, port } = to;
  const passed = request(
    { hostname, port, method: incoming.method, path: incoming.url, headers: incoming.headers },
    (answer) => {
      if (fault === 'silent') {
        answer.resume();
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      if (fault === 'half') {
        answer.resume();
        outgoing.write('{"half', () => incoming.socket.destroy());
        return;
      }
      answer.pipe(outgoing);
    }
  );
  passed.once('error', () => incoming.socket.destroy());
  incoming.pipe(passed);
}
