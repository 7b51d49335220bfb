import { useSignedIn } from './session-context.ts';

/** The name of the installation: from the setting ENVIRONMENT, or the page's host and port without one. */
export function useEnvironment(): string {
  return useSignedIn().session.environment ?? location.host;
}
