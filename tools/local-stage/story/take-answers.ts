import type { StoryPerson } from './people';
import type { Telling } from './telling';

type Answering = Pick<StoryPerson, 'first' | 'last' | 'address' | 'answers'> & {
  readonly bursts: ReadonlyArray<readonly string[]>;
};

/** The client gets each answer with the words that prove it; answers whether it came. */
export async function takeAnswers(
  { receiver, channel, person: { first, bursts, answers: expected }, page }: Telling<Answering>, requestId: string,
): Promise<boolean> {
  const event = await receiver.first('conversation.answered', requestId);
  const answers = event?.data.answers ?? {};
  for (const [name, value] of Object.entries(expected)) {
    const found = answers[name];
    page.expect(
      found?.value === value && bursts.flat().some((text) => found.quote !== null && text.includes(found.quote)),
      `The answer ${name} of ${first} by ${channel} came as ${JSON.stringify(found)} instead of ${JSON.stringify(value)} `
        + 'with a quote.',
    );
    if (found) page.say('client', `${name} = ${JSON.stringify(found.value)}, proved by “${String(found.quote)}”`);
  }
  return event !== undefined;
}
