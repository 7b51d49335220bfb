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
  /** Called with the number of what is to be closed. */
  readonly onClose: (number: number) => void;
  /** Called once nothing is to be seen of it any more. */
  readonly onClosed: () => void;
}

/** The dialog in which an action is confirmed, and where it is said that it was done. Loaded with the first of them. */
export default function ActionDialog({ action, isOpen, number, onClose, onClosed }: Props) {
  const close = () => onClose(number);
  return (
    <>
      <Notifications position="bottom-right" limit={3} />
      <Modal.Root
        opened={isOpen}
        onClose={close}
        onExitTransitionEnd={onClosed}
        // Mantine knows the way back only from the second time on that a dialog is opened.
        returnFocus={false}
        centered
        // It would be locked by a style element, which the policy of the page does not let in; theme.css locks it.
        lockScroll={false}
        transitionProps={{ duration: TRANSITION_MS }}
      >
        <Modal.Overlay />
        <Modal.Content>
          {/* The page has a header already, and landmarks are for finding one's way on it. */}
          <Modal.Header role="presentation">
            <Modal.Title fw={600}>{titleOf(action)}</Modal.Title>
            <Modal.CloseButton aria-label="Close" />
          </Modal.Header>
          <Modal.Body>
            <ActionForm key={number} action={action} onClose={close} />
          </Modal.Body>
        </Modal.Content>
      </Modal.Root>
    </>
  );
}
