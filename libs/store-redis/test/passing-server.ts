import type { Change } from '@gateway-queue/identify-limiter';
import type { Script } from '../src/scripts/script.ts';
import type { Server } from '../src/connection/server.ts';

/** Passes all on to a server, but for what a class that extends it does otherwise. */
export class PassingServer implements Server {
  constructor(protected readonly server: Server) {}

  run(script: Script, keys: readonly string[], args: readonly string[]): Promise<unknown> {
    return this.server.run(script, keys, args);
  }

  get connection(): number {
    return this.server.connection;
  }

  onChange(listener: (change: Change) => void): () => void {
    return this.server.onChange(listener);
  }

  onMissed(listener: () => void): () => void {
    return this.server.onMissed(listener);
  }
}
