import TopNavigation from '@cloudscape-design/components/top-navigation';
import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { useSession } from './session/me';
import { api, read } from './shared/api';
import { changeSettings, useSettings } from './shared/settings';
import type { Settings } from './shared/settings';

/** Stages in which a mistake reaches real people. */
const SERIOUS = /^prod/;

/** Stage and company, always in sight; people and settings. */
export function TopBar() {
  const { me, company } = useSession();
  const { theme, letterKeys } = useSettings();
  const [, navigate] = useLocation();
  const queries = useQueryClient();
  const leave = async () => {
    const { location: next } = await read(api.POST('/console/api/sign-out')).catch(() => ({ location: '/' }));
    queries.clear();
    location.assign(next);
  };
  const follow = (id: string) => {
    if (id === 'sign-out') void leave();
    else if (id === 'sessions') navigate('/sessions');
    else if (id === 'letter-keys') changeSettings({ letterKeys: !letterKeys });
    else changeSettings({ theme: themeOf(id) });
  };
  return (
    <>
      <section aria-label="Stage and company" className={SERIOUS.test(me.stage) ? 'stage stage-serious' : 'stage'}>
        {`${SERIOUS.test(me.stage) ? 'Live stage' : 'Test stage'}: ${me.stage}`}
        {' · '}
        <bdi>{company?.name ?? 'no company'}</bdi>
      </section>
      <TopNavigation
        identity={{
          href: '/',
          title: 'Engine console',
          onFollow: (event) => {
            event.preventDefault();
            navigate('/');
          },
        }}
        utilities={[
          {
            type: 'menu-dropdown',
            text: company?.name ?? 'No company',
            ariaLabel: `Company: ${company?.name ?? 'No company'}`,
            iconName: 'group-active',
            items: me.companies.map(({ id, name }) => ({ id, text: name, disabled: id === company?.id })),
            onItemClick: ({ detail: { id } }) => {
              changeSettings({ company: id });
              navigate(`/${location.pathname.split('/')[1] ?? ''}`);
            },
          },
          {
            type: 'menu-dropdown',
            text: me.name,
            iconName: 'user-profile',
            ariaLabel: `You: ${me.name}`,
            items: [
              {
                text: 'Theme',
                id: 'themes',
                items: THEMES.map(({ id, text }) => ({ id, text, disabled: id === theme })),
              },
              {
                id: 'letter-keys',
                text: letterKeys ? 'Switch single-letter keys off' : 'Switch single-letter keys on',
              },
              { id: 'sessions', text: 'My sessions' },
              { id: 'sign-out', text: 'Sign out' },
            ],
            onItemClick: ({ detail: { id } }) => {
              follow(id);
            },
          },
        ]}
      />
    </>
  );
}

const THEMES = [
  { id: 'system', text: 'As the system' },
  { id: 'light', text: 'Light' },
  { id: 'dark', text: 'Dark' },
] as const;

function themeOf(id: string): Settings['theme'] {
  return THEMES.find((theme) => theme.id === id)?.id ?? 'system';
}
