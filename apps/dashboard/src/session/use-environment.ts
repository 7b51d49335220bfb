import { useSignedIn } from './session-context.ts';

/** Which installation this is: the name that its settings give it, else the host and port that the page comes from. */
export function useEnvironment(): string {
  return useSignedIn().session.environment ?? location.host;
}
