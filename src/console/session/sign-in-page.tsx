import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';

const OUTCOMES: Readonly<Record<string, string>> = {
  not_begun: 'Signing in failed: it took too long, or it was begun in another window. Begin again.',
  refused: 'Signing in failed: the provider did not let you in. Begin again, or ask who gives out the roles.',
};

export function SignInPage() {
  const outcome = OUTCOMES[new URLSearchParams(location.search).get('sign_in') ?? ''];
  const target = outcome ? '/' : location.pathname + location.search;
  return (
    <main className="sign-in">
      <Container header={<Header variant="h1">Engine console</Header>}>
        <SpaceBetween size="l">
          {outcome && <Alert type="error">{outcome}</Alert>}
          <Box variant="p">
            People review messages, answer replies and see what is wrong here. Your roles decide what you see.
          </Box>
          <Button variant="primary" href={`/sign-in?return_to=${encodeURIComponent(target)}`}>
            Sign in
          </Button>
        </SpaceBetween>
      </Container>
    </main>
  );
}
