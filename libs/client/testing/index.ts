export { answers } from './answers.ts';
export { realFetch } from './real-fetch.ts';
export { ScriptedQueue, type Step } from './scripted-queue.ts';
export { TestTiming } from './test-timing.ts';
