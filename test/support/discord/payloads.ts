import { ApplicationFlags, GatewayDispatchEvents, GatewayOpcodes } from 'discord-api-types/v10';
import type { GatewayReadyDispatchData } from 'discord-api-types/v10';

/** A frame from a client, of which nothing is sure but that it is an object with an opcode. */
export interface ClientPayload {
  /** Undefined when Discord knows no such opcode. */
  readonly op: GatewayOpcodes | undefined;
  readonly d: unknown;
}

/** Undefined when it is not JSON, or not an object with an opcode. */
export function readPayload(frame: Buffer): ClientPayload | undefined {
  try {
    const payload: unknown = JSON.parse(frame.toString());
    const { op, d } = asRecord(payload);
    if (typeof op !== 'number') return undefined;
    return { op: isOpcode(op) ? op : undefined, d };
  } catch {
    return undefined;
  }
}

function isOpcode(op: number): op is GatewayOpcodes {
  return op in GatewayOpcodes;
}

/** The value's properties; none when it is not an object. */
export function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** `[id, count]`. Left out, it is the only shard, as Discord has it; undefined when it makes no sense. */
export function readShard(value: unknown): readonly [id: number, count: number] | undefined {
  if (value === undefined) return [0, 1];
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [id, count]: unknown[] = value;
  if (!Number.isSafeInteger(id) || !Number.isSafeInteger(count)) return undefined;
  if (typeof id !== 'number' || typeof count !== 'number') return undefined;
  return id >= 0 && id < count ? [id, count] : undefined;
}

export const hello = (heartbeatIntervalMs: number): object => ({
  op: GatewayOpcodes.Hello,
  d: { heartbeat_interval: heartbeatIntervalMs },
  s: null,
  t: null,
});

export const heartbeatAck = (): object => ({ op: GatewayOpcodes.HeartbeatAck });

/** `d: false`: the session cannot be resumed, the client has to identify. */
export const invalidSession = (): object => ({ op: GatewayOpcodes.InvalidSession, d: false });

export const resumed = (sequence: number): object => ({
  op: GatewayOpcodes.Dispatch,
  t: GatewayDispatchEvents.Resumed,
  s: sequence,
  d: {},
});

export function ready(
  sessionId: string,
  resumeUrl: string,
  shard: readonly [id: number, count: number],
): object {
  const id = '1000000000000000001';
  const data: GatewayReadyDispatchData = {
    v: 10,
    user: {
      id,
      username: 'fake',
      discriminator: '0',
      global_name: null,
      avatar: null,
      bot: true,
    },
    guilds: [],
    session_id: sessionId,
    resume_gateway_url: resumeUrl,
    shard: [...shard],
    application: { id, flags: ApplicationFlags.GatewayPresenceLimited, flags_new: '0' },
  };
  return { op: GatewayOpcodes.Dispatch, t: GatewayDispatchEvents.Ready, s: 1, d: data };
}
