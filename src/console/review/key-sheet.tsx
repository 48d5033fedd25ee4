import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import { changeSettings, useSettings } from '../shared/settings';
import { REVIEW_KEYS } from './keys';

export function KeySheet({ onClose }: { readonly onClose: () => void }) {
  const { letterKeys } = useSettings();
  return (
    <Modal visible header="Keys of the review" onDismiss={onClose}>
      <SpaceBetween size="l">
        <KeyValuePairs columns={2} items={REVIEW_KEYS.map(({ shown, says }) => ({ label: shown, value: says }))} />
        <Toggle
          checked={letterKeys}
          onChange={({ detail }) => {
            changeSettings({ letterKeys: detail.checked });
          }}
        >
          Single letters work while the message has the focus
        </Toggle>
      </SpaceBetween>
    </Modal>
  );
}
