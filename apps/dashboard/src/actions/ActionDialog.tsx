import './dialog-styles.ts';
import { Modal } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { Action } from './action.ts';
import { ActionForm } from './ActionForm.tsx';
import { BusyContext } from './busy-context.ts';
import { titleOf } from './title-of.ts';

/** Long enough to be noticed, too short to delay the operator. */
const TRANSITION_MS = 120;

interface Props {
  readonly action: Action;
  /** Differs each time that the dialog opens, so that the form starts empty. */
  readonly number: number;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Called once the dialog is no longer visible. */
  readonly onClosed: () => void;
}

/**
 * The dialog in which an operator confirms an action. It reports success or the reason of a failure, and cannot be closed
 * while its request is under way.
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
        // Mantine returns the focus only from the second opening of a dialog on; ActionsProvider does it each time.
        returnFocus={false}
        centered
        // Mantine locks scrolling by a style element, which the page's policy forbids; theme.css locks it instead.
        lockScroll={false}
        transitionProps={{ duration: TRANSITION_MS }}
      >
        <Modal.Overlay />
        <Modal.Content>
          {/* A second header landmark would mislead: the page has one already. */}
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
