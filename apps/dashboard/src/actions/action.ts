import type { Pause, Waiter } from '../api/schemas.ts';
import type { Scope } from '../api/scope.ts';

/** What an operator may do, and to what. */
export type Action =
  | { readonly kind: 'pause'; readonly scope: Scope }
  /** `pause` is the one that was shown when this was begun. */
  | { readonly kind: 'resume'; readonly scope: Scope; readonly pause: Pause }
  | { readonly kind: 'refresh'; readonly bot: string }
  | { readonly kind: 'override'; readonly bot: string }
  | {
      readonly kind: 'evict';
      readonly bot: string;
      readonly waiter: Waiter;
      /** Called once it is done. */
      readonly onDone: () => void;
    };
