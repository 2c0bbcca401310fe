// Who is signed in on this phone. Kept in the database, so that a start without network is a start as oneself.
import { v7 as uuid } from 'uuid';
import { isRecord } from '../../shared/server/answers.ts';
import type { Api } from '../../shared/server/api.ts';
import type { ChangeTeller } from './changes.ts';
import type { LoginOutcome, User } from './contract.ts';
import type { Database, SessionRecord } from './database.ts';

export type Session = {
  user: () => User | null;
  /** Names this phone in the X-Device header; it outlives every login. */
  device: () => string;
  login: (api: Api, username: string, password: string) => Promise<LoginOutcome>;
  logout: (api: Api) => Promise<void>;
  reload: () => Promise<void>;
};

export async function openSession(database: Database, changes: ChangeTeller): Promise<Session> {
  let present: SessionRecord = { device: `phone-${uuid()}`, user: null };

  async function load(): Promise<boolean> {
    const stored = await (await database()).get('session', 'present');
    if (stored) present = stored;
    return stored !== undefined;
  }
  async function become(user: User | null): Promise<void> {
    present = { ...present, user };
    await (await database()).put('session', present, 'present');
  }
  if (!(await load())) await become(null);

  return {
    user: () => present.user,
    device: () => present.device,
    reload: async () => void (await load()),
    async login(api, username, password) {
      const answer = await api.login(username, password);
      if (answer.kind === 'refused') return 'wrong';
      if (answer.kind !== 'ok') return answer.kind === 'away' && answer.isThrottled ? 'too-many' : 'offline';
      const user = userIn(answer.body.user);
      if (user?.role !== 'inspector') {
        await api.logout();
        return 'not-inspector';
      }
      await become(user);
      changes.tellElsewhere('session');
      return 'ok';
    },
    async logout(api) {
      await become(null);
      changes.tellElsewhere('session');
      await api.logout();
    },
  };
}

function userIn(body: unknown): User | null {
  if (!isRecord(body)) return null;
  const { id, username, name, role } = body as User;
  return { id, username, name, role };
}
