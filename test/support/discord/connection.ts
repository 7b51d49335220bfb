import { randomUUID } from 'node:crypto';

import { GatewayCloseCodes, GatewayOpcodes } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';

import { judgeIdentify, judgeResume, type Reaction } from './authentication.ts';
import type { FakeBot } from './bot.ts';
import { monotonicNow } from './clock.ts';
import type { GatewayContext } from './gateway-context.ts';
import { DelayLine, drawDelay } from './network.ts';
import * as payloads from './payloads.ts';

/** One shard's connection, from HELLO to its close. */
export class GatewayConnection {
  readonly number: number;
  /** Whose session this is, from READY or RESUMED on. */
  bot: FakeBot | undefined;
  #sessionId = '';
  #closedByGateway = false;
  readonly #socket: WebSocket;
  readonly #context: GatewayContext;
  readonly #line = new DelayLine();

  constructor(number: number, socket: WebSocket, context: GatewayContext) {
    this.number = number;
    this.#socket = socket;
    this.#context = context;
    context.log.append({ kind: 'connect', at: monotonicNow(), connection: number });
    // Frames come as one Buffer each: that is the socket's default binaryType.
    socket.on('message', (data: Buffer) => this.#onMessage(data));
    // An IDENTIFY is on its way ahead of the close that follows it: it still counts.
    socket.on('close', (code) => this.#line.send(0, () => this.#onClose(code)));
    // A frame that breaks the protocol closes the socket by itself; that is all there is to do.
    socket.on('error', () => undefined);
    this.#send(payloads.hello(context.settings.heartbeatIntervalMs));
  }

  /** Ends the connection from the gateway's side; with no code it breaks off without a word. */
  end(code?: number): void {
    this.#closedByGateway = true;
    if (code === undefined) this.#socket.terminate();
    else this.#socket.close(code);
  }

  /** Breaks off and forgets what is still on its way. */
  discard(): void {
    this.#line.cut();
    this.#socket.terminate();
  }

  #onMessage(data: Buffer): void {
    const receivedAt = monotonicNow();
    const payload = payloads.readPayload(data);
    const { settings, random } = this.#context;
    const identifies = payload?.op === GatewayOpcodes.Identify;
    this.#line.send(identifies ? drawDelay(settings.jitter, random) : 0, () => {
      if (this.#closedByGateway) return;
      if (payload) this.#handle(payload, receivedAt);
      else this.end(GatewayCloseCodes.DecodeError);
    });
  }

  #handle({ op, d }: payloads.ClientPayload, receivedAt: number): void {
    if (op === GatewayOpcodes.Heartbeat) this.#send(payloads.heartbeatAck());
    else if (op === GatewayOpcodes.Identify) this.#identify(payloads.asRecord(d), receivedAt);
    else if (op === GatewayOpcodes.Resume) this.#resume(payloads.asRecord(d));
    else if (!this.bot) this.end(GatewayCloseCodes.NotAuthenticated);
    else if (op === undefined) this.end(GatewayCloseCodes.UnknownOpcode);
    // What else an identified shard may send changes nothing here.
  }

  #identify(d: Record<string, unknown>, receivedAt: number): void {
    const { bots, settings, log } = this.#context;
    const judgedAt = monotonicNow();
    const { finding, reaction } = judgeIdentify(d, this.bot, bots, settings.windowMs, judgedAt);
    const times = { receivedAt, judgedAt, networkDelayMs: judgedAt - receivedAt };
    log.append({ kind: 'identify', connection: this.number, ...finding, ...times });
    this.#react(reaction, d);
  }

  #resume(d: Record<string, unknown>): void {
    const { bots, settings, log } = this.#context;
    const { bot, reaction } = judgeResume(d, this.bot, bots, settings.resumes);
    const accepted = reaction.kind === 'resumed';
    log.append({ kind: 'resume', at: monotonicNow(), connection: this.number, bot, accepted });
    this.#react(reaction, d);
  }

  #react(reaction: Reaction, d: Record<string, unknown>): void {
    switch (reaction.kind) {
      case 'ready':
        this.bot = reaction.bot;
        this.#sessionId = randomUUID();
        this.bot.sessions.add(this.#sessionId);
        this.#send(payloads.ready(this.#sessionId, this.#context.gatewayUrl(), reaction.shard));
        break;
      case 'resumed':
        this.bot = reaction.bot;
        this.#sessionId = reaction.sessionId;
        this.#send(payloads.resumed(Number(d['seq']) + 1));
        break;
      case 'invalid-session':
        this.#send(payloads.invalidSession());
        break;
      case 'token-reset':
        this.#send(payloads.invalidSession());
        this.end(GatewayCloseCodes.AuthenticationFailed);
        this.#context.resetToken(reaction.bot);
        break;
      case 'close':
        this.end(reaction.code);
        break;
    }
  }

  #send(payload: object): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(payload));
  }

  #onClose(code: number): void {
    const by = this.#closedByGateway ? 'gateway' : 'client';
    // A client that closes with one of these says that it will not resume.
    if (by === 'client' && (code === 1000 || code === 1001)) {
      this.bot?.sessions.delete(this.#sessionId);
    }
    const whose = { connection: this.number, bot: this.bot?.name };
    this.#context.log.append({ kind: 'close', at: monotonicNow(), ...whose, code, by });
  }
}
