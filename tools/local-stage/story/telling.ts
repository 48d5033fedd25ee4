import type { Stage } from '../../../src/cli/stage';
import type { LocalStage } from '../local-stage';
import type { SampleChannel } from '../sample/requests';
import type { StoryPerson } from './people';
import type { EventReceiver } from './receive-events';
import type { StoryPage } from './story-page';

/** What one channel's part of the story is told with. */
export interface Telling {
  readonly stage: LocalStage;
  /** What the operators' commands stand on. */
  readonly operators: Stage;
  readonly receiver: EventReceiver;
  readonly channel: SampleChannel;
  readonly person: StoryPerson;
  readonly page: StoryPage;
}
