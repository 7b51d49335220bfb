import './dialog-styles.ts';
import { Modal } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import type { Action } from './action.ts';
import { ActionForm } from './ActionForm.tsx';
import { titleOf } from './title-of.ts';

/** Long enough to be seen, short enough not to be waited for, in ms. */
const TRANSITION_MS = 120;

interface Props {
  readonly action: Action;
  /** Another one for each time that it is opened, so that it begins anew. */
  readonly number: number;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** The dialog in which an action is confirmed, and where it is said that it was done. Loaded with the first of them. */
export default function ActionDialog({ action, isOpen, number, onClose }: Props) {
  return (
    <>
      <Notifications position="bottom-right" limit={3} />
      <Modal
        opened={isOpen}
        onClose={onClose}
        title={titleOf(action)}
        centered
        // It would be locked by a style element, which the policy of the page does not let in; theme.css locks it.
        lockScroll={false}
        transitionProps={{ duration: TRANSITION_MS }}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <ActionForm key={number} action={action} onClose={onClose} />
      </Modal>
    </>
  );
}
