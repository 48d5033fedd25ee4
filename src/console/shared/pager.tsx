import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';

interface PagerProps {
  /** Cursors of the pages that were gone through. */
  readonly pages: readonly string[];
  /** Of the page after this one. */
  readonly next: string | undefined;
  readonly onPages: (pages: readonly string[]) => void;
}

/** Pages by cursor: there is a next one and the ones before, and no number of all. */
export function Pager({ pages, next, onPages }: PagerProps) {
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button
        disabled={pages.length === 0}
        onClick={() => {
          onPages(pages.slice(0, -1));
        }}
      >
        Previous page
      </Button>
      <Button
        disabled={next === undefined}
        onClick={() => {
          if (next !== undefined) onPages([...pages, next]);
        }}
      >
        Next page
      </Button>
    </SpaceBetween>
  );
}
