import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { SessionContext } from '../../session-context.tsx';
import type { Session } from '../../session.ts';
import { createExecutionsStore } from '../../stores/executions-store.ts';
import { ClockProvider } from '../../ui/clock.tsx';
import { StripCard } from './strip-card.tsx';

test('one of the fourteen days is in the tab order: today', () => {
  const session = { stores: { executions: createExecutionsStore() }, commands: {}, call: null } as unknown as Session;
  const shown = renderToStaticMarkup(
    <ClockProvider>
      <SessionContext value={session}>
        <StripCard />
      </SessionContext>
    </ClockProvider>,
  );
  const stops = [...shown.matchAll(/<button[^>]* tabindex="(-?\d)"/gi)].map(([, stop]) => stop);
  expect(stops).toEqual([...Array.from({ length: 13 }, () => '-1'), '0']);
});
