import type { MarginView } from '@gateway-queue/identify-limiter';
import type { MarginBody } from '../bodies/margin.body.ts';
import { momentMember } from './moment-member.ts';

export function makeMargin({ backAt, ms, refusals, setMs }: MarginView): MarginBody {
  return { ms, setMs, ...momentMember('backAt', backAt), refusals };
}
