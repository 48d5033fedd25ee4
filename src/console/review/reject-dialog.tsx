import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Modal from '@cloudscape-design/components/modal';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useEffect, useState } from 'react';
import { REJECT_REASONS } from './reasons';

interface RejectDialogProps {
  readonly onClose: () => void;
  readonly onReject: (note: string) => void;
}

const OWN = 'own';
const LONGEST = 500;

/** Asks why; the number of a reason chooses it, and nothing is decided before the button. */
export function RejectDialog({ onClose, onReject }: RejectDialogProps) {
  const [reason, setReason] = useState('');
  const [own, setOwn] = useState('');
  const note = reason === OWN ? own.trim() : reason;
  // The dialogue's own buttons have the focus at first, and a number chooses there as well.
  useEffect(() => {
    const choose = ({ target, key, repeat }: KeyboardEvent) => {
      if (repeat || (target instanceof HTMLElement && target.matches('textarea'))) return;
      const chosen = /^[1-9]$/.test(key) ? REJECT_REASONS[Number(key) - 1] : undefined;
      if (chosen !== undefined) setReason(chosen);
    };
    document.addEventListener('keydown', choose);
    return () => {
      document.removeEventListener('keydown', choose);
    };
  }, []);
  return (
    <Modal
      visible
      header="Reject the message"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button
              variant="primary"
              disabled={note === '' || note.length > LONGEST}
              disabledReason="Choose a reason first."
              onClick={() => {
                onReject(note);
              }}
            >
              Reject
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <div>
        <FormField
          label="Why does it not go?"
          description="The client reads it, so name no person. 1 to 9 choose a reason."
        >
          <RadioGroup
            value={reason}
            onChange={({ detail }) => {
              setReason(detail.value);
            }}
            items={[
              ...REJECT_REASONS.map((words, index) => ({ value: words, label: `${index + 1}. ${words}` })),
              { value: OWN, label: 'Another reason, in your own words' },
            ]}
          />
        </FormField>
        {reason === OWN && (
          <FormField label="Your reason" constraintText={`${own.length} of ${LONGEST} characters`}>
            <Textarea
              value={own}
              onChange={({ detail }) => {
                setOwn(detail.value);
              }}
              rows={3}
            />
          </FormField>
        )}
      </div>
    </Modal>
  );
}
