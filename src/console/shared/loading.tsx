import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';

export function Loading({ what }: { readonly what: string }) {
  return (
    <Box padding="l" textAlign="center">
      <StatusIndicator type="loading">{`Loading ${what}`}</StatusIndicator>
    </Box>
  );
}

export function Empty({ children }: { readonly children: string }) {
  return (
    <Box padding="l" textAlign="center" color="text-body-secondary">
      {children}
    </Box>
  );
}
