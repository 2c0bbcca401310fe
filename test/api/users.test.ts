// Users over HTTP: made and changed by an admin, version against version; scopes are dated; colleagues see each other.
import { expect } from 'chai';
import { AuditRecordModel } from '../../models/audit-record.ts';
import { UserModel } from '../../models/user.ts';
import { isProblem } from '../support/app.ts';
import { aDesk, aListedMerchant, aPerson, emptyWorld, layGround, type Person } from '../support/world.ts';

type Shown = {
  id: string;
  username: string;
  rev: number;
  disabled: boolean;
  scopes: { areas: string[]; taskForce: string | null; from: string; to: string | null }[];
};
const shownIn = ({ body }: { body: unknown }) => body as Shown;

const newcomer = (username: string, changes: object = {}) => ({
  username,
  name: '王某',
  role: 'inspector',
  password: 'a password nobody guesses',
  scopes: [{ areas: ['230104001'], taskForce: 'market' }],
  ...changes,
});

describe('a user', () => {
  let admin: Person;

  before(async () => {
    await emptyWorld();
    await layGround();
    admin = await aPerson('admin');
  });

  const add = (body: object) => admin.api.post('/users').send(body);
  const change = (id: string, rev: number, changes: object) =>
    admin.api.patch(`/users/${id}`).set('If-Match', `"${rev}"`).send(changes);

  it('is added with a scope that begins now, and can be read with its version', async () => {
    const added = await add(newcomer('wang1')).expect(201);
    expect(added.headers.etag).to.equal('"1"');
    const { id, scopes } = shownIn(added);
    expect(scopes[0]).to.include({ taskForce: 'market', to: null });
    expect(added.text).to.not.match(/passwordHash|argon2|password/);
    const read = await admin.api.get(`/users/${id}`).expect(200);
    expect(read.headers.etag).to.equal('"1"');
    expect(read.body).to.deep.equal(added.body);
  });

  it('has a name of its own', async () => {
    await add(newcomer('wang2')).expect(201);
    await add(newcomer('wang2')).expect(isProblem(409, 'duplicate'));
    await add(newcomer('Wang3')).expect(isProblem(400, 'invalid-request'));
  });

  it('needs a password that is not weak, and areas and a task force that are on file', async () => {
    await add(newcomer('wang4', { password: 'wang4' })).expect(isProblem(422, 'weak-password'));
    await add(newcomer('wang4', { scopes: [{ areas: ['999999'], taskForce: null }] })).expect(
      isProblem(422, 'unknown-reference'),
    );
    await add(newcomer('wang4', { scopes: [{ areas: ['230104'], taskForce: 'unknown' }] })).expect(
      isProblem(422, 'unknown-reference'),
    );
    expect(await UserModel.exists({ username: 'wang4' })).to.equal(null);
  });

  it('is changed by who names its version', async () => {
    const { id } = shownIn(await add(newcomer('wang5')).expect(201));
    await admin.api
      .patch(`/users/${id}`)
      .send({ name: '李某' })
      .expect(isProblem(428, 'precondition-required'));
    const changed = await change(id, 1, { name: '李某' }).expect(200);
    expect(changed.headers.etag).to.equal('"2"');
    const stale = await change(id, 1, { name: '张某' }).expect(isProblem(412, 'stale-version'));
    expect((stale.body as { present: object }).present).to.deep.equal({ rev: 2 });
    await change(id, 2, { name: '' }).expect(isProblem(400, 'invalid-request'));
    await change(id, 2, { username: 'x' }).expect(isProblem(400, 'invalid-request'));
  });

  it('that two admins change at once is changed by one of them', async () => {
    const { id } = shownIn(await add(newcomer('wang6')).expect(201));
    const answers = await Promise.all(['甲', '乙', '丙'].map((name) => change(id, 1, { name })));
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 412, 412]);
    expect(shownIn(await admin.api.get(`/users/${id}`)).rev).to.equal(2);
  });

  it('keeps the scopes it held, with their end', async () => {
    const { id } = shownIn(await add(newcomer('wang7')).expect(201));
    const moved = shownIn(
      await change(id, 1, { scopes: [{ areas: ['230104005'], taskForce: 'market' }] }).expect(200),
    );
    expect(moved.scopes.map(({ areas, to }) => [areas[0], to === null])).to.deep.equal([
      ['230104001', false],
      ['230104005', true],
    ]);
    expect(moved.scopes[0]?.to).to.equal(moved.scopes[1]?.from);
    const same = shownIn(
      await change(id, 2, { scopes: [{ areas: ['230104005'], taskForce: 'market' }] }).expect(200),
    );
    expect(same.scopes).to.deep.equal(moved.scopes);
  });

  it('leaves in the audit trail what was changed, never a password', async () => {
    const { id } = shownIn(await add(newcomer('wang8')).expect(201));
    await change(id, 1, { disabled: true, password: 'yet another long phrase' }).expect(200);
    const trail = await AuditRecordModel.find({ record: id }).sort({ at: 1 }).lean();
    expect(trail.map(({ action }) => action)).to.deep.equal(['user.added', 'user.changed']);
    expect(trail[1]?.after).to.include({ disabled: true });
    expect(JSON.stringify(trail)).to.not.match(/phrase|argon2|nobody guesses/);
  });

  describe('among colleagues', () => {
    let people: Record<'district' | 'here' | 'there' | 'otherDistrict' | 'city' | 'moved', Person>;
    const longAgo = new Date('2022-01-01T00:00:00Z');

    before(async () => {
      people = {
        district: await aPerson('staff', { areas: ['230104'] }),
        here: await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' }),
        there: await aPerson('inspector', { areas: ['230104005'], taskForce: 'trade' }),
        otherDistrict: await aPerson('staff', { areas: ['230199'] }),
        city: await aPerson('auditor', { areas: ['2301'] }),
        moved: await aPerson('inspector', {
          scopes: [
            { areas: ['230104001'], taskForce: null, from: longAgo, to: new Date('2022-06-01T00:00:00Z') },
            { areas: ['230199001'], taskForce: null, from: longAgo, to: null },
          ],
        }),
      };
    });

    async function seenBy(person: Person): Promise<string[]> {
      const { items } = (await person.api.get('/users?limit=200').expect(200)).body as { items: Shown[] };
      const seen = new Set(items.map(({ id }) => id));
      return Object.entries(people).flatMap(([name, { user }]) => (seen.has(user._id) ? [name] : []));
    }

    it('sees those whose areas lie within its own or around them, as they are now', async () => {
      expect(await seenBy(people.district)).to.have.members(['district', 'here', 'there', 'city']);
      expect(await seenBy(people.here)).to.have.members(['district', 'here', 'city']);
      expect(await seenBy(people.city)).to.have.members(Object.keys(people));
      expect(await seenBy(people.moved)).to.have.members(['otherDistrict', 'moved', 'city']);
    });

    it('reads them one by one just so', async () => {
      await people.here.api.get(`/users/${people.district.user._id}`).expect(200);
      await people.here.api
        .get(`/users/${people.otherDistrict.user._id}`)
        .expect(isProblem(404, 'not-found'));
      await people.here.api.get(`/users/${people.here.user._id}`).expect(200);
    });

    it('is seen by a merchant not at all', async () => {
      const merchant = await aPerson('merchant');
      const { items, total } = (await merchant.api.get('/users').expect(200)).body as {
        items: Shown[];
        total: number;
      };
      expect(items.map(({ id }) => id)).to.deep.equal([merchant.user._id]);
      expect(total).to.equal(1);
    });

    it('is found by part of either name, and by whether it is disabled', async () => {
      const { body } = await add(newcomer('zhao.liu', { name: '赵某柳' })).expect(201);
      const { id } = shownIn({ body });
      const found = async (query: string) => {
        const answer = await admin.api.get(`/users?${query}`).expect(200);
        return (answer.body as { items: Shown[] }).items.map(({ username }) => username);
      };
      expect(await found(`q=${encodeURIComponent('某柳')}`)).to.deep.equal(['zhao.liu']);
      expect(await found('q=O.LI&role=inspector')).to.deep.equal(['zhao.liu']);
      expect(await found('q=o.li&role=staff')).to.deep.equal([]);
      expect(await found('q=.*')).to.deep.equal([]);
      expect(await found('disabled=true')).to.not.include('zhao.liu');
      await change(id, 1, { disabled: true }).expect(200);
      expect(await found('disabled=true')).to.include('zhao.liu');
    });

    it('of a merchant is given shops that are found in the list, or named by their ids', async () => {
      const shop = await aListedMerchant(await aDesk(), { name: '松江鲜果行' });
      const shown = { id: shop._id, name: shop.name, doorCode: shop.doorCode, address: shop.address };
      for (const query of ['q=sjxg', `id=${shop._id}`])
        expect((await admin.api.get(`/users/shops?${query}`).expect(200)).body).to.deep.equal({
          items: [shown],
        });
      expect((await admin.api.get('/users/shops').expect(200)).body).to.deep.equal({ items: [] });
    });

    it('is listed by role, page by page', async () => {
      const page = async (cursor: string | null): Promise<string[]> => {
        const query = cursor === null ? '' : `&cursor=${cursor}`;
        const { items, nextCursor } = (
          await admin.api.get(`/users?role=inspector&limit=2${query}`).expect(200)
        ).body as { items: Shown[]; nextCursor: string | null };
        const names = items.map(({ username }) => username);
        return nextCursor === null ? names : [...names, ...(await page(nextCursor))];
      };
      const names = await page(null);
      const all = await UserModel.find({ role: 'inspector' }, { username: 1 }).sort({ username: 1 }).lean();
      expect(names).to.deep.equal(all.map(({ username }) => username));
    });
  });
});
