// What keeps a page from answering: tasks of its main thread, by the time that they worked.
import type { Page } from 'playwright-core';

type TraceEvent = {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  tdur?: number;
  args: { name?: string };
};

/**
 * Milliseconds that each task worked which worked for more than 50. Not the time that went by: on a machine without a graphics
 * card the browser paints with the same processors, and a task that waits for one of them is none of the page's.
 */
export async function longTasksWhile(page: Page, work: () => Promise<void>): Promise<number[]> {
  const debuggerOf = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  debuggerOf.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await debuggerOf.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', '__metadata'] },
  });
  await work();
  const ended = new Promise((resolve) => debuggerOf.once('Tracing.tracingComplete', resolve));
  await debuggerOf.send('Tracing.end');
  await ended;
  await debuggerOf.detach();
  const placeOf = ({ pid, tid }: TraceEvent) => `${pid}/${tid}`;
  const mains = new Set(events.filter(({ args }) => args.name === 'CrRendererMain').map(placeOf));
  const tasks = events.filter((one) => one.name.endsWith('RunTask') && mains.has(placeOf(one)));
  if (tasks.length === 0) throw new Error('the browser told of no task');
  return tasks.map(({ tdur = 0 }) => Math.round(tdur / 1_000)).filter((millis) => millis > 50);
}
