import { judgeEvents } from './event-judge';
import type { ReplyMutation } from './reply-mutation';
import { PERSON } from './reply-people';
import type { ReplyPlan } from './reply-plan';
import { ReplyWorld } from './reply-world';
import { watchedRecord } from './watched';

export interface ReplyRun {
  readonly violations: readonly string[];
  readonly endings: readonly string[];
  readonly told: readonly string[];
}

/** Events after which a run counts as never coming to rest. */
const EVENTS = 8_000;

/** Runs one chat until everything has come to rest. */
export async function runReplies(
  plan: ReplyPlan,
  options: { readonly mutation?: ReplyMutation; readonly tells?: boolean } = {},
): Promise<ReplyRun> {
  const world = new ReplyWorld(plan, options.tells ?? false, options.mutation);
  const { machine, judge, events, conversations, threads, people } = world;
  await world.begin();
  for (const [index, write] of plan.writes.entries()) {
    for (const late of [0, ...write.again]) machine.after((write.at + late) * 1000, () => people.write(write, index));
  }
  for (const [index, step] of plan.steps.entries()) machine.after(step.at * 1000, () => world.step(step, index));
  if (!(await machine.run(EVENTS))) judge.blame(`the run did not come to rest within ${EVENTS} events`);
  const threadId = world.threadId();
  const thread = threads.known().get(threadId);
  if (plan.answers) world.answers.end(conversations.all(), world.vendor.accepted, thread);
  judge.end({
    thread,
    records: conversations.all(),
    accepted: world.vendor.accepted,
    isOptedOut: (await world.directory.optedOutOf({ recipient: PERSON, company: 'brightpath' })).length > 0,
    queueLeft: world.turns.left() + world.queue.left(),
  });
  judgeEvents({
    keys: [
      ...conversations.all(),
      { primary_channel: `thread#${threadId}`, conversation_id: 'thread' },
      ...judge.messages.map(({ sequence }) => (
        { primary_channel: `thread#${threadId}`, conversation_id: `message#${sequence}` }
      )),
    ],
    find: (key) => watchedRecord(key, world),
    logged: events.log.all(),
    endpoints: events.endpoints.all(),
    taken: events.taken,
  }, (words) => judge.blame(words));
  const replies = conversations.all().filter(({ reply }) => reply !== undefined);
  return {
    violations: judge.violations,
    endings: [
      ...replies.map(({ reply, conversation_status: status }) => (
        `${reply?.by !== undefined ? 'replies' : reply?.card ? 'answers' : 'last words'} ${status}`
      )),
      ...(conversations.all().some(({ answers }) => answers !== undefined) ? ['chats with answers'] : []),
      ...(thread ? [`threads of ${thread.owner}`] : []),
    ],
    told: machine.told,
  };
}
