// What may come of asking the server, told apart so that nobody has to catch anything.

/** What the server says when it refuses: RFC 9457. */
export type Problem = {
  code: string;
  title: string;
  detail?: string;
  errors?: { path: string; message: string }[];
};

/** No network, or a server that is away or asks to wait: the whole queue waits. */
export type Away = { kind: 'away'; retryAfter: number | null; isThrottled: boolean };
/** The server could not do this one: others may still go through. */
export type Failed = { kind: 'failed' };
/** The session is over: somebody has to log in again. */
export type Login = { kind: 'login' };
/** Understood and refused for good. */
export type Refused = { kind: 'refused'; status: number; problem: Problem };
export type Trouble = Away | Failed | Login | Refused;
export type Answer<T> = { kind: 'ok'; body: T } | Trouble;

/** Statuses that ask to come again later; a proxy without its server answers 502 or 504. */
const away = [408, 425, 429, 502, 503, 504];

/** What a response that is no success means. A 4xx that is none of the server's own problems comes from something in between. */
export async function troubleOf(response: Response): Promise<Away | Failed | Refused> {
  const { status } = response;
  if (away.includes(status))
    return { kind: 'away', retryAfter: secondsOf(response.headers), isThrottled: status === 429 };
  const problem = status < 500 ? problemIn(await jsonOf(response)) : null;
  return problem ? { kind: 'refused', status, problem } : { kind: 'failed' };
}

/** The body as JSON; undefined where it is none, as from the login page of a hotel's network. */
export async function jsonOf(response: Response): Promise<unknown> {
  if (!/\bjson\b/.test(response.headers.get('content-type') ?? '')) return undefined;
  try {
    const body: unknown = await response.json();
    return body;
  } catch {
    return undefined;
  }
}

function problemIn(body: unknown): Problem | null {
  if (!isRecord(body) || typeof body.code !== 'string' || typeof body.title !== 'string') return null;
  const { code, title, detail, errors } = body as Problem;
  return {
    code,
    title,
    ...(typeof detail === 'string' && { detail }),
    ...(Array.isArray(errors) && { errors: errors.map(({ path, message }) => ({ path, message })) }),
  };
}

function secondsOf(headers: Headers): number | null {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
