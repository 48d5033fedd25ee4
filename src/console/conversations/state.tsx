import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { kindOf, wordsOf } from './states';

export function State({ status, delivery }: { readonly status: string; readonly delivery?: string }) {
  const isLost = delivery === 'undelivered';
  return (
    <StatusIndicator type={isLost ? 'error' : kindOf(status)}>
      {wordsOf(status) + (delivery === undefined ? '' : `, ${delivery}`)}
    </StatusIndicator>
  );
}
