import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { problems, type Coded } from '../errors.js';

/** What came is no request, or not a whole one in time: Node alone would answer a status without a word. */
export function answerNoRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = problemOf(error);
  const body = JSON.stringify(problem.toProblem());
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
      'content-type: application/problem+json',
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
      '',
      body,
    ].join('\r\n')
  );
}

function problemOf(error: NodeJS.ErrnoException): Coded {
  switch (error.code) {
    case 'HPE_HEADER_OVERFLOW':
      return problems.headersTooLarge();
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return problems.tooSlow();
    default:
      return problems.badRequest(`This is no HTTP request: ${error.message}.`);
  }
}
