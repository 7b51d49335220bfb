/** The faults that an injector can make, and that a plan chooses from. A history records what they led to as `FaultKind`. */
export const INJECTED_FAULTS = [
  'bad network',
  'kill replica',
  'suspend replica',
  'store away',
  'store slow',
  'empty store',
  'lose writes',
  'change limits',
  'spend starts elsewhere',
] as const;

export type InjectedFault = (typeof INJECTED_FAULTS)[number];
