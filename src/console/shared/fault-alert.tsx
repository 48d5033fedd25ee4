import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { faultOf } from './api';

/** A fault where its result would be, with the way on. */
export function FaultAlert({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { code, message } = faultOf(error);
  const action =
    code === 'SIGNED_OUT' ? (
      <Button href={`/sign-in?return_to=${encodeURIComponent(location.pathname + location.search)}`}>Sign in</Button>
    ) : (
      onRetry && <Button onClick={onRetry}>Try again</Button>
    );
  return (
    <Alert type="error" action={action}>
      {message}
    </Alert>
  );
}
