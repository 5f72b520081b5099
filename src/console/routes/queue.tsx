import type { ComponentChildren } from 'preact';
import { seeOther, show } from '../../design/index.ts';
import { dayIsOver } from '../../desk/asked-for.ts';
import { seeCase, type ReviewCase } from '../../desk/review-case.ts';
import { queueTabs, seeQueue } from '../../desk/review-queue.ts';
import { isOrdered, orderAside, seeAside } from '../../desk/set-aside.ts';
import type { ConsoleDeps } from '../deps.ts';
import { QueuePage } from '../pages/queue.tsx';
import { mayResume } from '../rights.ts';
import type { Routes } from '../routes.ts';
import type { Words } from '../words.tsx';

export const doings = ['approve', 'ask', 'refuse', 'resume'] as const;
export type Doing = (typeof doings)[number];

/** What was done and what follows, read from the case itself: an address alone makes no page say what is not so. */
const toldOf = (doing: Doing, { status: { state, applicationNumber, cancelled, ends }, pack, approvals }: ReviewCase, { say, compose, instant, calendarDay }: Words, now: Date): ComponentChildren | undefined => {
  const number = applicationNumber;
  switch (doing) {
    case 'approve':
      if (state === 'reviewing' && approvals.mine) return say('done.approved.first', { number });
      if (state === 'approved') return say('done.approved.confirm', { number });
      if (state === 'scheduled' && ends && cancelled.at && dayIsOver(pack, ends.lastDay) > now) return compose('done.approved.ends', { number, day: calendarDay(ends.lastDay), at: instant(cancelled.at) });
      if (pack.recoverableDays === 0) return state === 'scheduled' || state === 'executing' || state === 'cancelled' ? say('done.approved.at-once', { number }) : undefined;
      return (state === 'scheduled' || state === 'recoverable') && cancelled.at ? compose('done.approved.bar', { number, at: instant(cancelled.at) }) : undefined;
    case 'ask':
      return state === 'waiting' ? say('done.asked', { number }) : undefined;
    case 'refuse':
      return state === 'refused' ? say('done.refused', { number }) : undefined;
    case 'resume':
      return state === 'stalled' ? undefined : say('done.resumed', { number });
  }
};

export const queueRoutes = (routes: Routes, { desk }: ConsoleDeps): void => {
  routes.get('', async ({ visit, who, staff, query, reply }) => {
    const tab = queueTabs.find((one) => one === query['tab']) ?? 'reviewing';
    const doing = doings.find((one) => one === query['done']);
    const number = query['case'];
    const decided = doing && typeof number === 'string' ? await seeCase(desk, who, number) : undefined;
    const told = doing && decided ? toldOf(doing, decided, visit.words, desk.clock.now()) : undefined;
    return show(reply, <QueuePage place={visit.place()} tab={tab} queue={await seeQueue(desk, who, tab)} {...(told === undefined ? {} : { told })}
      {...(tab === 'stalled' ? { aside: { rows: await seeAside(desk, who), staff, told: typeof query['aside'] === 'string' && await isOrdered(desk, who, query['aside']) ? 'ordered' as const : undefined } } : {})} />);
  });
  routes.get('/set-aside/:id', ({ visit, reply }) => seeOther(reply, visit.to.aside()));
  routes.post('/set-aside/:id', mayResume, async ({ visit, who, staff, params, reply }) => {
    const ordered = await orderAside(desk, who, params['id'] ?? '');
    if (ordered.ok) return seeOther(reply, visit.to.aside(params['id']));
    return show(reply, <QueuePage place={visit.place()} tab="stalled" queue={await seeQueue(desk, who, 'stalled')} aside={{ rows: await seeAside(desk, who), staff, told: 'gone' }} />, 404, false);
  });
  routes.get('/', ({ visit, reply }) => seeOther(reply, visit.to.home));

  routes.get('/find', ({ visit, query, reply }) => {
    const number = typeof query['number'] === 'string' ? query['number'].trim().slice(0, 60) : '';
    return seeOther(reply, number === '' ? visit.to.home : visit.to.case(encodeURIComponent(number)));
  });
};
