import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ConversationView, ReplyView } from '../shared/api';
import { api, read } from '../shared/api';
import { POLL } from '../shared/poll';
import { isOnItsWay } from './reply-state';

/** While something is about to change, the page asks this often. */
const SOON = 2_000;

/** A reply that came is marked as done by nobody who cannot have read it yet. */
const READ_MILLISECONDS = 1_000;

/** A reply of the person, as it was sent from this page. */
export interface SentReply {
  readonly key: string;
  readonly text: string;
  readonly status: string;
  readonly reason?: string;
}

/** The chat, asked for again while it is looked at. */
export function useReplyView(openKey: string) {
  return useQuery({
    queryKey: ['reply', openKey],
    queryFn: async () => read(api.GET('/console/api/replies/{id}', { params: { path: { id: openKey } } })),
    ...POLL,
    refetchInterval: (query) =>
      query.state.data?.thread?.leaving === undefined ? POLL.refetchInterval(query) : SOON,
    gcTime: 0,
  });
}

/** How many replies the person can have read: what came in the last second counts from then on. */
export function useSeen(replies: number | undefined): number | undefined {
  const [seen, setSeen] = useState<number>();
  useEffect(() => {
    const timer = setTimeout(() => {
      setSeen(replies);
    }, READ_MILLISECONDS);
    return () => {
      clearTimeout(timer);
    };
  }, [replies]);
  return seen;
}

/** What a person does in the chat; each step is followed by a fresh look at it. */
export function useReplySteps(openKey: string) {
  const queries = useQueryClient();
  const params = { path: { id: openKey } };
  const onSettled = async () => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: ['reply', openKey] }),
      queries.invalidateQueries({ queryKey: ['replies'] }),
    ]);
  };
  return {
    take: useMutation({
      mutationFn: async (from: string | undefined) =>
        read(api.POST('/console/api/replies/{id}/take', { params, body: { from } })),
      onSettled,
    }),
    giveBack: useMutation({
      mutationFn: async () => read(api.POST('/console/api/replies/{id}/return', { params })),
      onSettled,
    }),
    done: useMutation({
      mutationFn: async (seen: number) =>
        read(api.POST('/console/api/replies/{id}/acknowledge', { params, body: { seen } })),
      onSettled,
    }),
    send: useMutation({
      mutationFn: async (text: string) =>
        read(api.POST('/console/api/replies/{id}/messages', { params, body: { text } })),
      onSettled,
    }),
  };
}

/** What became of the replies that were sent from here, until each has ended. */
export function useSentReplies(openKey: string, sent: readonly SentReply[]): readonly SentReply[] {
  const queries = useQueryClient();
  const found = useQueries({
    queries: sent.map(({ key }) => ({
      queryKey: ['conversation', key],
      queryFn: async () => read(api.GET('/console/api/conversations/{id}', { params: { path: { id: key } } })),
      refetchInterval: ({ state: { data } }: { readonly state: { readonly data?: ConversationView } }) =>
        data === undefined || isOnItsWay(data.status) ? SOON : false,
    })),
  });
  const states = sent.map((reply, index) => ({
    ...reply,
    status: found[index]?.data?.status ?? reply.status,
    reason: found[index]?.data?.words,
  }));
  const ended = states.filter(({ status }) => !isOnItsWay(status)).length;
  useEffect(() => {
    if (ended === 0) return undefined;
    const look = () => void queries.invalidateQueries({ queryKey: ['reply', openKey] });
    look();
    // The line of what went is written right after the message's own record.
    const timer = setTimeout(look, SOON);
    return () => {
      clearTimeout(timer);
    };
  }, [ended, openKey, queries]);
  return states;
}

export type Thread = NonNullable<ReplyView['thread']>;
