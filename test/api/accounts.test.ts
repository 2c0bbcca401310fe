// Accounts: login, sessions whose tokens rotate, passwords, and how soon a change of a user holds.
import { expect } from 'chai';
import jwt from 'jsonwebtoken';
import { AuditRecordModel } from '../../models/audit-record.ts';
import { SessionModel } from '../../models/session.ts';
import { UserModel } from '../../models/user.ts';
import { environment } from '../../server/domain/environment.ts';
import {
  cookieIn,
  forgetAttempts,
  loggedIn,
  refreshed,
  signedInIn,
  tryLogin,
  withinASecond,
} from '../support/accounts.ts';
import { anybody, caller, isProblem } from '../support/app.ts';
import { releaseClock, passTime, days } from '../support/desk.ts';
import {
  aDesk,
  aListedMerchant,
  aPerson,
  emptyWorld,
  layGround,
  type Person,
  testPassword,
} from '../support/world.ts';

const otherPassword = 'another phrase that fits no list';

describe('an account', () => {
  let person: Person;

  before(async () => {
    await emptyWorld();
    await layGround();
  });

  beforeEach(async () => {
    await forgetAttempts();
    person = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
  });

  describe('logs in', () => {
    it('and gets a token for a quarter of an hour, and a cookie that no script can read', async () => {
      const response = await tryLogin(person.user.username).expect(200);
      const { accessToken, expiresIn, user } = signedInIn(response);
      expect(expiresIn).to.equal(900);
      expect(user.id).to.equal(person.user._id);
      expect(response.text).to.not.match(/passwordHash|argon2/);
      const [cookie = ''] = response.headers['set-cookie'] as unknown as string[];
      expect(cookie)
        .to.match(/HttpOnly/)
        .and.match(/SameSite=Strict/)
        .and.match(/Path=\/api\/v1\/auth/);
      const me = await caller(accessToken).get('/auth/me').expect(200);
      expect(me.body).to.deep.equal(user);
    });

    it('with the password alone: a name in other letters is another name', async () => {
      await tryLogin(person.user.username.toUpperCase()).expect(isProblem(401, 'wrong-credentials'));
      await tryLogin(person.user.username, ` ${testPassword}`).expect(isProblem(401, 'wrong-credentials'));
    });

    it('and leaves a trace in the audit trail, without token or password', async () => {
      const { id } = (await loggedIn(person)).user;
      const record = await AuditRecordModel.findOne({ action: 'session.opened', 'by.id': id }).lean();
      expect(record?.address).to.match(/127\.0\.0\.1/);
      expect(JSON.stringify(record)).to.not.include(testPassword);
    });

    it('no more once it is disabled, with the answer of a wrong password', async () => {
      await UserModel.updateOne({ _id: person.user._id }, { disabled: true });
      await tryLogin(person.user.username).expect(isProblem(401, 'wrong-credentials'));
    });
  });

  describe('that guesses', () => {
    it('hears the same of a wrong password and of an unknown name', async () => {
      const wrong = await tryLogin(person.user.username, 'wrong password').expect(401);
      const unknown = await tryLogin('nobody-of-this-name', 'wrong password').expect(401);
      const words = ({ body }: { body: unknown }) => ({ ...(body as object), requestId: '' });
      expect(words(unknown)).to.deep.equal(words(wrong));
    });

    it('waits as long for an unknown name as for a wrong password', async () => {
      const millisOf = async (username: string) => {
        const samples = [];
        for (let turn = 0; turn < 7; turn += 1) {
          const startedAt = performance.now();
          await tryLogin(username, 'wrong password').expect(401);
          samples.push(performance.now() - startedAt);
        }
        return samples.sort((a, b) => a - b)[3] ?? 0;
      };
      const [known, unknown] = [await millisOf(person.user.username), await millisOf('nobody-of-this-name')];
      expect(unknown).to.be.within(known / 3, known * 3);
    });

    it('is stopped after ten wrong passwords, whatever address it claims to come from', async () => {
      for (let turn = 0; turn < 10; turn += 1)
        await tryLogin(person.user.username, 'wrong')
          .set('X-Forwarded-For', `10.0.0.${turn}`)
          .expect(isProblem(401, 'wrong-credentials'));
      const stopped = await tryLogin(person.user.username)
        .set('X-Forwarded-For', '10.0.1.1')
        .expect(isProblem(429, 'too-many-requests'));
      expect(Number(stopped.headers['retry-after'])).to.be.within(1, 900);
    });

    it('is stopped for an unknown name just the same', async () => {
      for (let turn = 0; turn < 10; turn += 1) await tryLogin('nobody', 'wrong').expect(401);
      await tryLogin('nobody', 'wrong').expect(isProblem(429, 'too-many-requests'));
      await tryLogin('NOBODY', 'wrong').expect(isProblem(429, 'too-many-requests'));
    });

    it('is stopped after thirty wrong passwords from one address, over all names', async () => {
      for (let turn = 0; turn < 30; turn += 1)
        await tryLogin(`name-${turn}`, 'wrong')
          .set('X-Forwarded-For', `10.0.0.${turn}`)
          .set('Forwarded', `for=10.0.0.${turn}`)
          .expect(401);
      await tryLogin('name-31', 'wrong')
        .set('X-Forwarded-For', '10.0.1.1')
        .expect(isProblem(429, 'too-many-requests'));
      await tryLogin(person.user.username).expect(isProblem(429, 'too-many-requests'));
    });

    it('many times at once does not slip through', async () => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => tryLogin(person.user.username, 'wrong')),
      );
      expect(answers.filter(({ status }) => status === 401)).to.have.length(10);
      expect(answers.filter(({ status }) => status === 429)).to.have.length(10);
    });

    it('is forgiven by the right password', async () => {
      for (let turn = 0; turn < 9; turn += 1) await tryLogin(person.user.username, 'wrong').expect(401);
      for (let turn = 0; turn < 25; turn += 1) await tryLogin(person.user.username).expect(200);
      for (let turn = 0; turn < 9; turn += 1) await tryLogin(person.user.username, 'wrong').expect(401);
    });

    it('the present password at the change of passwords is counted too', async () => {
      const guess = () => person.api.post('/auth/password').send({ current: 'wrong', next: otherPassword });
      for (let turn = 0; turn < 10; turn += 1) await guess().expect(isProblem(401, 'wrong-credentials'));
      await guess().expect(isProblem(429, 'too-many-requests'));
    });
  });

  describe('refreshes its session', () => {
    it('for a new pair, again and again', async () => {
      let { cookie } = await loggedIn(person);
      for (let turn = 0; turn < 3; turn += 1) {
        const response = await refreshed(cookie).expect(200);
        await caller(signedInIn(response).accessToken).get('/auth/me').expect(200);
        expect(cookieIn(response)).to.not.equal(cookie);
        cookie = cookieIn(response);
      }
    });

    it('with the previous token as long as its successor was not used: the answer may have been lost', async () => {
      const { cookie: first } = await loggedIn(person);
      await refreshed(first).expect(200);
      const second = cookieIn(await refreshed(first).expect(200));
      const third = cookieIn(await refreshed(second).expect(200));
      await refreshed(second).expect(200);
      await refreshed(third).expect(200);
    });

    it('never with an older token: that one was stolen, and the family ends', async () => {
      const { cookie: first, api } = await loggedIn(person);
      const second = cookieIn(await refreshed(first).expect(200));
      const third = cookieIn(await refreshed(second).expect(200));
      await refreshed(first).expect(isProblem(401, 'session-ended'));
      await refreshed(third).expect(isProblem(401, 'session-ended'));
      await withinASecond();
      await api.get('/auth/me').expect(isProblem(401, 'session-ended'));
      expect(
        await AuditRecordModel.exists({ action: 'session.ended-by-reuse', 'by.id': person.user._id }),
      ).to.not.equal(null);
    });

    it('from two windows at once, and whichever answer is kept last goes on', async () => {
      const { cookie } = await loggedIn(person);
      const answers = await Promise.all(Array.from({ length: 4 }, () => refreshed(cookie)));
      expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200, 200]);
      const [kept, ...others] = answers.map(cookieIn);
      await refreshed(kept ?? '').expect(200);
      await refreshed(others[0] ?? '').expect(isProblem(401, 'session-ended'));
    });

    it('only with a token that it was given', async () => {
      const { cookie } = await loggedIn(person);
      await anybody().post('/auth/refresh').expect(isProblem(401, 'session-ended'));
      await refreshed('mingdan_refresh=x').expect(isProblem(401, 'session-ended'));
      await refreshed('mingdan_refresh=%E0%A4%A').expect(isProblem(401, 'session-ended'));
      await refreshed(cookie.replace('=', '=0')).expect(isProblem(401, 'session-ended'));
      await refreshed(cookie).expect(200);
    });

    it('no more after thirty days without use', async () => {
      const { cookie } = await loggedIn(person);
      try {
        passTime(29 * days);
        const next = cookieIn(await refreshed(cookie).expect(200));
        passTime(30 * days);
        await refreshed(next).expect(isProblem(401, 'session-ended'));
      } finally {
        releaseClock();
      }
    });
  });

  describe('looks after its sessions', () => {
    type Sessions = { items: { id: string; present: boolean; userAgent: string }[] };

    it('sees its own and which one it is using', async () => {
      await tryLogin(person.user.username).set('User-Agent', 'Phone 1').expect(200);
      const { api } = await loggedIn(person);
      const { items } = (await api.get('/auth/sessions').expect(200)).body as Sessions;
      expect(items).to.have.length(3);
      expect(items.filter(({ present }) => present)).to.have.length(1);
      expect(items.map(({ userAgent }) => userAgent)).to.include('Phone 1');
    });

    it('logs another device out within a second', async () => {
      const [phone, desk] = [await loggedIn(person), await loggedIn(person)];
      await phone.api.get('/auth/me').expect(200);
      const { items } = (await phone.api.get('/auth/sessions').expect(200)).body as Sessions;
      const lost = items.find(({ present }) => present);
      await desk.api.delete(`/auth/sessions/${lost?.id ?? ''}`).expect(204);
      await withinASecond();
      await phone.api.get('/auth/me').expect(isProblem(401, 'session-ended'));
      await refreshed(phone.cookie).expect(isProblem(401, 'session-ended'));
      await desk.api.get('/auth/me').expect(200);
    });

    it('cannot end somebody else’s', async () => {
      const other = await aPerson('inspector');
      await person.api
        .delete(`/auth/sessions/${other.actor.session ?? ''}`)
        .expect(isProblem(404, 'not-found'));
      await other.api.get('/auth/me').expect(200);
    });

    it('logs out: cookie and token are void within a second', async () => {
      const { cookie, api } = await loggedIn(person);
      const gone = await anybody().post('/auth/logout').set('Cookie', cookie).expect(204);
      expect(cookieIn(gone)).to.equal('mingdan_refresh=');
      await withinASecond();
      await api.get('/auth/me').expect(isProblem(401, 'session-ended'));
      await refreshed(cookie).expect(isProblem(401, 'session-ended'));
      await anybody().post('/auth/logout').expect(204);
    });

    it('is not let in by a token that is over, or that was made for something else', async () => {
      const claims = { sid: person.actor.session, epoch: 1 };
      const signed = (options: jwt.SignOptions, more: object = {}) =>
        jwt.sign({ ...claims, ...more }, environment().accessKey, {
          issuer: 'mingdan',
          audience: 'mingdan-api',
          subject: person.user._id,
          ...options,
        });
      const hourAgo = Math.floor(Date.now() / 1000) - 3_600;
      await caller(signed({ expiresIn: 900 }))
        .get('/auth/me')
        .expect(200);
      await caller(signed({ expiresIn: 900 }, { iat: hourAgo }))
        .get('/auth/me')
        .expect(isProblem(401, 'token-expired'));
      await caller(signed({ expiresIn: 86_400 }, { iat: hourAgo }))
        .get('/auth/me')
        .expect(401);
      await caller(signed({ audience: 'another' }))
        .get('/auth/me')
        .expect(isProblem(401, 'not-signed-in'));
      await caller(signed({ issuer: 'another' }))
        .get('/auth/me')
        .expect(isProblem(401, 'not-signed-in'));
      await caller(signed({ algorithm: 'HS512' }))
        .get('/auth/me')
        .expect(isProblem(401, 'not-signed-in'));
    });
  });

  describe('changes its password', () => {
    it('and every session ends', async () => {
      const { cookie, api } = await loggedIn(person);
      await api.post('/auth/password').send({ current: testPassword, next: otherPassword }).expect(204);
      expect(await SessionModel.countDocuments({ user: person.user._id })).to.equal(0);
      await api.get('/auth/me').expect(isProblem(401, 'session-ended'));
      await refreshed(cookie).expect(isProblem(401, 'session-ended'));
      await tryLogin(person.user.username).expect(isProblem(401, 'wrong-credentials'));
      await tryLogin(person.user.username, otherPassword).expect(200);
    });

    it('not to a weak one', async () => {
      const to = (next: string) => person.api.post('/auth/password').send({ current: testPassword, next });
      for (const next of [
        'short',
        'aaaaaaaaaaaaaaaa',
        'password1234',
        `${person.user.username}1`,
        '123456123456x',
      ])
        await to(next).expect(isProblem(422, 'weak-password'));
      await person.api.get('/auth/me').expect(200);
    });
  });

  describe('that an admin changes', () => {
    let admin: Person;
    beforeEach(async () => {
      admin = await aPerson('admin');
    });

    const change = (changes: object) =>
      admin.api.patch(`/users/${person.user._id}`).set('If-Match', '"1"').send(changes).expect(200);

    it('is out within a second once it is disabled', async () => {
      const { cookie } = await loggedIn(person);
      await person.api.get('/auth/me').expect(200);
      await change({ disabled: true });
      await withinASecond();
      await person.api.get('/auth/me').expect(isProblem(401, 'session-ended'));
      await refreshed(cookie).expect(isProblem(401, 'session-ended'));
    });

    it('stays out of its old sessions when it is enabled again', async () => {
      await change({ disabled: true });
      await admin.api
        .patch(`/users/${person.user._id}`)
        .set('If-Match', '"2"')
        .send({ disabled: false })
        .expect(200);
      await withinASecond();
      await person.api.get('/auth/me').expect(isProblem(401, 'session-ended'));
      await tryLogin(person.user.username).expect(200);
    });

    it('sees by its new scope within a second, without logging in anew', async () => {
      const merchant = await aListedMerchant(await aDesk());
      await person.api.get(`/merchants/${merchant._id}`).expect(200);
      await change({ scopes: [{ areas: ['230104005'], taskForce: 'market' }] });
      await withinASecond();
      await person.api.get(`/merchants/${merchant._id}`).expect(isProblem(404, 'merchant-not-found'));
    });

    it('must log in anew in its new role', async () => {
      await person.api.get('/auth/me').expect(200);
      await change({ role: 'auditor' });
      await withinASecond();
      await person.api.get('/auth/me').expect(isProblem(401, 'session-ended'));
      const { api } = await loggedIn(person);
      await api.get('/adjustments').expect(200);
    });

    it('is out when it is given another password', async () => {
      const { cookie } = await loggedIn(person);
      await change({ password: otherPassword });
      await withinASecond();
      await person.api.get('/auth/me').expect(isProblem(401, 'session-ended'));
      await refreshed(cookie).expect(isProblem(401, 'session-ended'));
      await tryLogin(person.user.username, otherPassword).expect(200);
    });
  });
});
