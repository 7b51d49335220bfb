import './dialog-styles.ts';
import { Modal } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { Action } from './action.ts';
import { ActionForm } from './ActionForm.tsx';
import { BusyContext } from './busy-context.ts';
import { titleOf } from './title-of.ts';

/** Long enough to be seen, short enough not to be waited for, in ms. */
const TRANSITION_MS = 120;

interface Props {
  readonly action: Action;
  /** Another one for each time that it is opened, so that it begins anew. */
  readonly number: number;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Called once nothing is to be seen of it any more. */
  readonly onClosed: () => void;
}

/**
 * The dialog in which an action is confirmed, and where it is said that it was done, or why not: while an order is under
 * way it does not close.
 */
export default function ActionDialog({ action, isOpen, number, onClose, onClosed }: Props) {
  const [isBusy, setBusy] = useState(false);
  return (
    <>
      <Notifications position="bottom-right" limit={3} />
      <Modal.Root
        opened={isOpen}
        onClose={onClose}
        onExitTransitionEnd={onClosed}
        closeOnEscape={!isBusy}
        closeOnClickOutside={!isBusy}
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
            <Modal.CloseButton aria-label="Close" disabled={isBusy} />
          </Modal.Header>
          <Modal.Body>
            <BusyContext value={setBusy}>
              <ActionForm key={number} action={action} onClose={onClose} />
            </BusyContext>
          </Modal.Body>
        </Modal.Content>
      </Modal.Root>
    </>
  );
}
