import { parsed } from './answer-faults.ts';
import type { Schema } from './document.ts';
import { type Faults, faultsOfAnswer } from './json-schema.ts';

/** Where a reader of events may stop: the first one with data is complete. */
export const END_OF_EVENT = '}\n\n';

/** What is wrong with the snapshot that a stream of events begins with. */
export function eventFaults(stream: string, snapshot: Schema): Faults {
  const data = /^event: snapshot\n(?:id: .+\n)?data: (.+)$/m.exec(stream)?.[1];
  if (data === undefined) return ['the stream does not begin with a snapshot'];
  return faultsOfAnswer(snapshot, parsed(data));
}
