// How the first screens answer: in the reader's language, under a policy that lets nothing else in, refusals as pages too.
import { type LinkedOrder, openLinkedOrder, photoOfFault } from '../server/domain/linked-orders.ts';
import { type Asked, Reply } from '../server/http/define-route.ts';
import { sha256 } from '../server/lib/canonical.ts';
import { clock } from '../server/lib/clock.ts';
import { Problem, type ProblemCode } from '../server/lib/problem.ts';
import { fixPage, type Refused } from '../server/pages/fix-page.ts';
import { policyOf, type Reader } from '../server/pages/layout.ts';
import { problemPage, unknownCodePage } from '../server/pages/problem-page.ts';
import { longestQuery } from '../server/pages/search-page.ts';

export const page = { mediaType: 'text/html' };
export function readerOf({ query, request }: Pick<Asked, 'query' | 'request'>): Reader {
  const { lang } = query;
  const chosen = lang === 'zh' || lang === 'en';
  return { language: chosen ? lang : request.language, chosen, now: clock.now() };
}

export const shared = { Vary: 'Accept-Language', 'Referrer-Policy': 'no-referrer' };

/** A page anybody may keep as long as it is asked for anew each time. */
export function publicPage({ language }: Reader, bytes: string): Reply {
  const headers = { ...shared, 'Content-Language': language, 'Content-Security-Policy': policyOf() };
  return new Reply({ etag: sha256(bytes).slice(0, 32), headers, media: { ...page, bytes } });
}

/** A page for one reader at one moment. */
function passingPage(
  { language }: Reader,
  bytes: string,
  status: number,
  sheet: 'page' | 'form' = 'page',
  problem?: Problem,
): Reply {
  const retry = problem?.extras.retryAfterSeconds;
  const headers = {
    ...shared,
    'Content-Language': language,
    'Content-Security-Policy': policyOf(sheet),
    'Cache-Control': 'no-store',
    ...(retry !== undefined && { 'Retry-After': String(retry) }),
  };
  return new Reply({ status, headers, media: { ...page, bytes } });
}

export function refuse(problem: Problem, asked: Asked): Reply {
  const reader = readerOf(asked);
  return passingPage(reader, problemPage(reader, problem), problem.status, 'page', problem);
}

export function refuseStatus(problem: Problem, asked: Asked): Reply {
  if (problem.code !== 'merchant-not-found' && problem.code !== 'invalid-request')
    return refuse(problem, asked);
  const reader = readerOf(asked);
  const code = String(asked.params.code).slice(0, longestQuery);
  return passingPage(reader, unknownCodePage(reader, code), 404);
}

const refusedBy: Partial<Record<ProblemCode, Refused>> = {
  'photo-unsupported': 'kind',
  'photo-damaged': 'damaged',
  'too-large': 'large',
  'order-state': 'state',
  'storage-full': 'full',
};

/** What was wrong with an answer is said above the form, and its note kept, as long as the link still opens it. */
export async function refuseAnswer(problem: Problem, asked: Asked, note?: string): Promise<Reply> {
  try {
    const linked = await openLinkedOrder(String(asked.params.token));
    return await orderPage(asked, linked, { problem, refused: refusedBy[problem.code] ?? 'other', note });
  } catch (error) {
    if (error instanceof Problem) return refuse(error, asked);
    throw error;
  }
}

type Answered = { refused?: Refused; note?: string; problem?: Problem };

export async function orderPage(
  asked: Pick<Asked, 'query' | 'request'>,
  linked: LinkedOrder,
  { refused, note, problem }: Answered = {},
): Promise<Reply> {
  const reader = readerOf(asked);
  const view = { ...linked, photo: await photoOfFault(linked.order), refused, note };
  const usual = refused === undefined ? 200 : 422;
  return passingPage(reader, fixPage(reader, view), problem?.status ?? usual, 'form', problem);
}
