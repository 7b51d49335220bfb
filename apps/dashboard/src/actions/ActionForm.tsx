import type { Action } from './action.ts';
import { EvictForm } from './EvictForm.tsx';
import { OverrideForm } from './OverrideForm.tsx';
import { PauseForm } from './PauseForm.tsx';
import { RefreshForm } from './RefreshForm.tsx';
import { ResumeForm } from './ResumeForm.tsx';

interface Props {
  readonly action: Action;
  readonly onClose: () => void;
}

/** The form in the dialog of an action. */
export function ActionForm({ action, onClose }: Props) {
  switch (action.kind) {
    case 'pause':
      return <PauseForm scope={action.scope} onClose={onClose} />;
    case 'resume':
      return <ResumeForm scope={action.scope} pause={action.pause} onClose={onClose} />;
    case 'refresh':
      return <RefreshForm bot={action.bot} onClose={onClose} />;
    case 'override':
      return <OverrideForm bot={action.bot} onClose={onClose} />;
    case 'evict':
      return (
        <EvictForm
          bot={action.bot}
          waiter={action.waiter}
          onDone={action.onDone}
          onClose={onClose}
        />
      );
  }
}
