import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import { WebSocketServer } from 'ws';

import { GatewayCloseCodes } from 'discord-api-types/v10';
import type { FakeBot } from './bot.ts';
import { monotonicNow } from './clock.ts';
import { GatewayConnection } from './connection.ts';
import type { GatewayContext } from './gateway-context.ts';

/** The WebSocket side: takes connections in and knows those that are open. */
export class FakeGateway {
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #context: GatewayContext;
  readonly #open = new Set<GatewayConnection>();
  #connections = 0;

  constructor(context: Omit<GatewayContext, 'resetToken'>) {
    this.#context = { ...context, resetToken: (bot) => this.#resetToken(bot) };
  }

  /** Takes an HTTP upgrade. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      this.#connections += 1;
      const connection = new GatewayConnection(this.#connections, webSocket, this.#context);
      this.#open.add(connection);
      webSocket.once('close', () => this.#open.delete(connection));
    });
  }

  /** Ends the connections that it is asked for; with no code they break off without a word. */
  end(which: (connection: GatewayConnection) => boolean, code?: number): void {
    for (const connection of this.#open) {
      if (which(connection)) connection.end(code);
    }
  }

  close(): void {
    for (const connection of this.#open) connection.discard();
    this.#server.close();
  }

  #resetToken(bot: FakeBot): void {
    bot.tokenReset = true;
    bot.sessions.clear();
    this.#context.log.append({ kind: 'token-reset', at: monotonicNow(), bot: bot.name });
    this.end((connection) => connection.bot === bot, GatewayCloseCodes.AuthenticationFailed);
  }
}
