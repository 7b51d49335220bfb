export { answers } from './answers.ts';
export { realFetch } from './real-fetch.ts';
export { ScriptedQueue } from './scripted-queue.ts';
export type { Step } from './step.ts';
export { TestTiming } from './test-timing.ts';
