import I18nProvider from '@cloudscape-design/components/i18n';
import messages from '@cloudscape-design/components/i18n/messages/all.en';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { AppShell } from './app-shell';
import { DecisionQueue } from './review/decision-queue';
import { SignedIn } from './session/me';
import { faultOf } from './shared/api';
import { Theme } from './theme';
import './page.css';

/** Faults that asking again cures. */
const PASSING = ['OFFLINE', 'UNREADABLE', 'INTERNAL_ERROR'];

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (count, error) => count < 2 && PASSING.includes(faultOf(error).code),
    },
  },
});

const root = document.getElementById('page');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <I18nProvider locale="en" messages={[messages]}>
        <QueryClientProvider client={queries}>
          <Theme />
          <SignedIn>
            <DecisionQueue>
              <AppShell />
            </DecisionQueue>
          </SignedIn>
        </QueryClientProvider>
      </I18nProvider>
    </StrictMode>,
  );
}
