import Alert from '@cloudscape-design/components/alert';
import AppLayout from '@cloudscape-design/components/app-layout';
import Flashbar from '@cloudscape-design/components/flashbar';
import SideNavigation from '@cloudscape-design/components/side-navigation';
import { useEffect, useState } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { AuditScreen } from './audit/audit-screen';
import { CompaniesScreen } from './companies/companies-screen';
import { ConversationScreen } from './conversations/conversation-screen';
import { ConversationsScreen } from './conversations/conversations-screen';
import { HealthScreen } from './health/health-screen';
import { NewVersion } from './new-version';
import { PlaygroundScreen } from './playground/playground-screen';
import { RepliesScreen } from './replies/replies-screen';
import { useDecisionFlashes } from './review/decision-queue';
import { ReviewScreen } from './review/review-screen';
import { SCREENS } from './screens';
import { SessionsScreen } from './session/sessions-screen';
import { useMay, useSession } from './session/me';
import { TopBar } from './top-bar';

/** Header, navigation and the screen that the address names. */
export function AppShell() {
  const [path, navigate] = useLocation();
  const [isOpen, setOpen] = useState(innerWidth > 900);
  const may = useMay();
  const { me, company } = useSession();
  const flashes = useDecisionFlashes();
  const screens = SCREENS.filter(({ anyOf }) => anyOf.some(may));
  useEffect(() => {
    const screen = SCREENS.find(({ path: own }) => path.startsWith(own));
    document.title = `${screen?.name ?? 'My sessions'} · ${company?.name ?? 'no company'} · ${me.stage}`;
  }, [path, company, me.stage]);
  const first = screens[0]?.path ?? '/sessions';
  return (
    <>
      <div id="top">
        <TopBar />
      </div>
      <AppLayout
        headerSelector="#top"
        toolsHide
        navigationOpen={isOpen}
        onNavigationChange={({ detail }) => {
          setOpen(detail.open);
        }}
        ariaLabels={{
          navigation: 'Screens',
          navigationClose: 'Close the list of screens',
          navigationToggle: 'Open the list of screens',
          notifications: 'Notifications',
        }}
        navigation={
          <SideNavigation
            activeHref={`/${path.split('/')[1] ?? ''}`}
            items={[
              ...screens.map(({ path: href, name: text }) => ({ type: 'link', text, href }) as const),
              { type: 'divider' },
              { type: 'link', text: 'My sessions', href: '/sessions' },
            ]}
            onFollow={(event) => {
              event.preventDefault();
              navigate(event.detail.href);
            }}
          />
        }
        notifications={<Flashbar items={flashes} />}
        stickyNotifications
        content={
          <>
            <NewVersion />
            <Switch>
              <Route path="/review/:key?">
                {({ key }) => (
                  <Guarded screen="/review">
                    <ReviewScreen openKey={key} />
                  </Guarded>
                )}
              </Route>
              <Route path="/replies/:key?">
                {({ key }) => (
                  <Guarded screen="/replies">
                    <RepliesScreen openKey={key} />
                  </Guarded>
                )}
              </Route>
              <Route path="/conversations">
                <Guarded screen="/conversations">
                  <ConversationsScreen key={company?.id} />
                </Guarded>
              </Route>
              <Route path="/conversations/:key">
                {({ key }) => (
                  <Guarded screen="/conversations">
                    <ConversationScreen openKey={key} />
                  </Guarded>
                )}
              </Route>
              <Route path="/companies">
                <Guarded screen="/companies">
                  <CompaniesScreen key={company?.id} />
                </Guarded>
              </Route>
              <Route path="/playground">
                <Guarded screen="/playground">
                  <PlaygroundScreen key={company?.id} />
                </Guarded>
              </Route>
              <Route path="/health">
                <Guarded screen="/health">
                  <HealthScreen />
                </Guarded>
              </Route>
              <Route path="/audit">
                <Guarded screen="/audit">
                  <AuditScreen key={company?.id} />
                </Guarded>
              </Route>
              <Route path="/sessions">
                <SessionsScreen />
              </Route>
              <Route>
                <Redirect to={first} replace />
              </Route>
            </Switch>
          </>
        }
      />
    </>
  );
}

/** Says why a screen that was asked for by its address is not shown. */
function Guarded({ screen, children }: { readonly screen: string; readonly children: React.ReactNode }) {
  const may = useMay();
  const { company } = useSession();
  const wanted = SCREENS.find(({ path }) => path === screen);
  if (wanted?.anyOf.some(may)) return children;
  return (
    <Alert type="warning">
      {`Your roles do not open ${wanted?.name ?? 'this screen'}${company ? ` for ${company.name}` : ''}. ` +
        'Choose another company above, or ask whoever gives out the roles of your organisation.'}
    </Alert>
  );
}
