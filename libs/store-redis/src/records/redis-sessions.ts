import {
  fromJsonText,
  type KeptSession,
  type Session,
  type Sessions,
  SESSIONS_KEPT,
  SESSIONS_KEPT_OF_TOKEN,
  sessionText,
} from '@gateway-queue/operator-records';
import type { RecordsScripts } from './records-scripts.ts';
import { listReply, textReply } from '../scripts/reply.ts';

/** The sessions on the server. */
export class RedisSessions implements Sessions {
  constructor(private readonly scripts: RecordsScripts) {}

  async begin(secretHash: string, session: KeptSession, ttlMs: number): Promise<Session> {
    const text = sessionText(session);
    const ttl = String(Math.ceil(ttlMs));
    const reply = await this.scripts.run(
      'beginSession',
      String(SESSIONS_KEPT),
      String(SESSIONS_KEPT_OF_TOKEN),
      secretHash,
      session.tokenHash,
      text,
      ttl,
    );
    return { ...fromJsonText<KeptSession>(text), expiresAt: Number(reply) };
  }

  async find(secretHash: string): Promise<Session | undefined> {
    const [text, expiresAt] = listReply(await this.scripts.run('findSession', secretHash));
    if (text === undefined) return undefined;
    return { ...fromJsonText<KeptSession>(textReply(text)), expiresAt: Number(expiresAt) };
  }

  async end(secretHash: string): Promise<boolean> {
    return (await this.scripts.run('endSession', secretHash)) === 1;
  }
}
