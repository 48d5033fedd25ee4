import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import type { Health } from '../shared/api';
import { channelName } from '../shared/channel-name';
import { Empty } from '../shared/loading';
import { shortDuration } from '../shared/moments';

const STEPS: Readonly<Record<string, string>> = {
  queue: 'Waits in the queue',
  composition: 'Is composed and proved',
  sending: 'Is taken by the vendor',
  delivery: 'Arrives',
};

/** How fast each part of a message's way is, by channel. */
export function Speed({ speed }: Pick<Health, 'speed'>) {
  return (
    <Table
      items={speed}
      header={
        <Header variant="h2" description="Of messages of the last 24 hours that no person looked at first.">
          How fast
        </Header>
      }
      empty={<Empty>No message went in the last 24 hours.</Empty>}
      ariaLabels={{ tableLabel: 'How fast each part of the way is' }}
      columnDefinitions={[
        {
          id: 'step',
          header: 'Part of the way',
          isRowHeader: true,
          cell: ({ channel, step }) => `${channelName(channel)}: ${STEPS[step] ?? step}`,
        },
        { id: 'median', header: 'Half within', cell: ({ median }) => shortDuration(median) },
        { id: 'most', header: '95 of 100 within', cell: ({ most }) => shortDuration(most) },
        { id: 'count', header: 'Messages', cell: ({ count }) => count },
      ]}
    />
  );
}
