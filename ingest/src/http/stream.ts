import { stream } from 'hono/streaming';
import type { AppContext } from './context.js';

/**
 * Answers with pieces as they are made. The first is made before anything is answered, so that what is wrong can still be
 * said; what breaks later breaks the connection off, since half a file must not look like a whole one.
 */
export async function answerInPieces(c: AppContext, pieces: AsyncGenerator<string>): Promise<Response> {
  const first = await pieces.next();
  return stream(c, async (out) => {
    try {
      for (let piece = first; !piece.done && !out.aborted; piece = await pieces.next()) {
        await out.write(piece.value);
      }
    } catch (error) {
      c.env.outgoing?.destroy();
      throw error;
    } finally {
      await pieces.return(undefined);
    }
  });
}
