import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { useSession } from './session/me';

const OWN = document.querySelector<HTMLMetaElement>('meta[name="version"]')?.content;

/** The page that is open goes on working; what it was built for may have changed. */
export function NewVersion() {
  const {
    me: { version },
  } = useSession();
  if (version === OWN || version === 'none') return null;
  return (
    <Alert
      type="info"
      action={
        <Button
          onClick={() => {
            location.reload();
          }}
        >
          Load it
        </Button>
      }
    >
      A new version of the console is there. Finish what you are doing, then load it.
    </Alert>
  );
}
