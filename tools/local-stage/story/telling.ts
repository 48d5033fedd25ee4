import type { Stage } from '../../../src/cli/stage';
import type { LocalStage } from '../local-stage';
import type { SampleChannel } from '../sample/requests';
import type { StoryPerson, StoryRecipient } from './people';
import type { EventReceiver } from './receive-events';
import type { StoryPage } from './story-page';

/** What one conversation of the story is told with. */
export interface Telling<Who extends StoryRecipient = StoryPerson> {
  readonly stage: LocalStage;
  /** What the operators' commands stand on. */
  readonly operators: Stage;
  readonly receiver: EventReceiver;
  readonly projectId: string;
  readonly channel: SampleChannel;
  readonly person: Who;
  readonly page: StoryPage;
}
