import type { Pause, Waiter } from '../api/schemas.ts';
import type { Scope } from '../api/scope.ts';

/** An action of an operator, with what it applies to. */
export type Action =
  | { readonly kind: 'pause'; readonly scope: Scope }
  /** `pause` is the one that the page showed when the operator opened the dialog. */
  | { readonly kind: 'resume'; readonly scope: Scope; readonly pause: Pause }
  | { readonly kind: 'refresh'; readonly bot: string }
  | { readonly kind: 'override'; readonly bot: string }
  | {
      readonly kind: 'evict';
      readonly bot: string;
      readonly waiter: Waiter;
      /** Called once the waiter is evicted. */
      readonly onDone: () => void;
    };
