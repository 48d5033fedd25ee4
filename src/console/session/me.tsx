import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { createContext, useContext, useMemo } from 'react';
import type { Action, Company, Me } from '../shared/api';
import { api, faultOf, read } from '../shared/api';
import { FaultAlert } from '../shared/fault-alert';
import { Loading } from '../shared/loading';
import { useSettings } from '../shared/settings';
import { visibleText } from '../shared/visible-text';
import { SignInPage } from './sign-in-page';

interface Session {
  readonly me: Me;
  /** The chosen company; absent where the person has none. */
  readonly company: Company | undefined;
}

const SessionContext = createContext<Session | undefined>(undefined);

/** Roles are read again at the provider every five minutes; the page follows. */
const AGAIN = 60_000;

/** Shows its children to a person who is signed in, and the sign-in to any other. */
export function SignedIn({ children }: { readonly children: ReactNode }) {
  const { company: chosen } = useSettings();
  const {
    data: me,
    error,
    refetch,
  } = useQuery({
    queryKey: ['me'],
    queryFn: async () => read(api.GET('/console/api/me')),
    refetchInterval: AGAIN,
  });
  const session = useMemo(() => {
    if (!me) return undefined;
    const companies = me.companies.map(withVisibleNames);
    return { me: { ...me, companies }, company: companies.find(({ id }) => id === chosen) ?? companies[0] };
  }, [me, chosen]);
  if (error && faultOf(error).code === 'SIGNED_OUT') return <SignInPage />;
  if (error && !session) return <FaultAlert error={error} onRetry={() => void refetch()} />;
  if (!session) return <Loading what="the console" />;
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** Names stand in menus and in the title, which show characters as they are. */
function withVisibleNames(company: Company): Company {
  return {
    ...company,
    name: visibleText(company.name),
    projects: company.projects.map((project) => ({ ...project, name: visibleText(project.name) })),
  };
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('A screen was shown outside a session.');
  return session;
}

/** Whether the person may do something in the chosen company. */
export function useMay(): (action: Action) => boolean {
  const { company, me } = useSession();
  return (action) => company?.may.includes(action) ?? me.everywhere.includes(action);
}
