// Idempotency-Key: what a caller sends again is done once and answered as the first time.
import { expect } from 'chai';
import { AdjustmentModel } from '../../models/adjustment.ts';
import { IdempotencyKeyModel } from '../../models/idempotency-key.ts';
import { MerchantModel, type Merchant } from '../../models/merchant.ts';
import { ids } from '../../server/lib/ids.ts';
import { anybody, isProblem } from '../support/app.ts';
import { enacted, submitted } from '../support/desk.ts';
import {
  aDesk,
  aListedMerchant,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  type Person,
} from '../support/world.ts';

const application = (name: string) => ({
  name,
  address: '靖宇街9号',
  category: 'pharmacy',
  subdistrict: '230104001',
});
const idIn = ({ body }: { body: unknown }) => (body as { id: string }).id;
const shopsNamed = (name: string) => MerchantModel.countDocuments({ name });

describe('an Idempotency-Key', () => {
  let desk: Desk;
  let staff: Person;
  let merchant: Merchant;

  before(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    ({ staff } = desk);
    merchant = await aListedMerchant(desk);
  });

  const apply = (person: Person, key: string, name: string) =>
    person.api.post('/merchants').set('Idempotency-Key', key).send(application(name));

  it('makes a repeat answer what the first one was answered', async () => {
    const first = await apply(staff, 'key-1', '甲店').expect(201);
    const again = await apply(staff, 'key-1', '甲店').expect(201);
    expect(again.body).to.deep.equal(first.body);
    expect(first.headers).to.not.have.property('idempotency-replayed');
    expect(again.headers['idempotency-replayed']).to.equal('true');
    expect(await shopsNamed('甲店')).to.equal(1);
  });

  it('does not mind the order of the fields', async () => {
    const { name, ...rest } = application('乙店');
    const send = (body: object) =>
      staff.api.post('/merchants').set('Idempotency-Key', 'key-2').send(body).expect(201);
    expect(idIn(await send({ name, ...rest }))).to.equal(idIn(await send({ ...rest, name })));
  });

  it('with another body, or at another address, is refused', async () => {
    await apply(staff, 'key-3', '丙店').expect(201);
    await apply(staff, 'key-3', '丁店').expect(isProblem(422, 'idempotency-differs'));
    const draft = { to: 'suspended', ground: 'notice', reason: '测试', merchants: [merchant._id] };
    await staff.api
      .post('/adjustments')
      .set('Idempotency-Key', 'key-3')
      .send(draft)
      .expect(isProblem(422, 'idempotency-differs'));
    expect(await shopsNamed('丁店')).to.equal(0);
  });

  it('belongs to its user', async () => {
    const other = (await aDesk()).staff;
    const mine = await apply(staff, 'key-4', '戊店').expect(201);
    const theirs = await apply(other, 'key-4', '戊店').expect(201);
    expect(idIn(theirs)).to.not.equal(idIn(mine));
  });

  it('sent ten times at once does it once: the others get the same answer, or hear that it is under way', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => apply(staff, 'key-5', '己店')));
    const done = answers.filter(({ status }) => status === 201);
    expect(done).to.not.be.empty;
    expect(new Set(done.map(idIn)).size).to.equal(1);
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      isProblem(409, 'request-in-flight')(answer);
      expect(answer.headers['retry-after']).to.equal('1');
    }
    expect(await shopsNamed('己店')).to.equal(1);
    expect(idIn(await apply(staff, 'key-5', '己店').expect(201))).to.equal(idIn(done[0] ?? { body: {} }));
  });

  it('keeps nothing of a refusal, so that a corrected state can be tried again', async () => {
    const adjustment = await staff.api
      .post('/adjustments')
      .send({ to: 'suspended', ground: 'notice', reason: '测试', merchants: [merchant._id] });
    const approve = () =>
      desk.approver.api
        .post(`/adjustments/${idIn(adjustment)}/approve`)
        .set('Idempotency-Key', 'key-6')
        .send({ setHash: 'a'.repeat(64) });
    await approve().expect(isProblem(409, 'adjustment-state'));
    await staff.api.post(`/adjustments/${idIn(adjustment)}/submit`).expect(200);
    await approve().expect(isProblem(409, 'set-changed'));
    expect(await IdempotencyKeyModel.countDocuments({ _id: /key-6/ })).to.equal(0);
  });

  it('takes nothing back that is meant to stay: a stale set is stale', async () => {
    const shop = await aListedMerchant(desk);
    const slow = await submitted(desk, { merchants: [shop._id] });
    await enacted(desk, { to: 'removed', merchants: [shop._id] });
    const approve = () =>
      desk.approver.api
        .post(`/adjustments/${slow.id}/approve`)
        .set('Idempotency-Key', 'key-stale')
        .send({ setHash: slow.setHash });
    await approve().expect(isProblem(409, 'adjustment-stale'));
    expect((await AdjustmentModel.findById(slow.id).lean())?.state).to.equal('stale');
    await approve().expect(isProblem(409, 'adjustment-state'));
  });

  it('does not make many at once wait for each other in vain', async () => {
    const begun = Date.now();
    const answers = await Promise.all(
      Array.from({ length: 80 }, (_, i) => apply(staff, `many-${i}`, `群店${i}（示例）`)),
    );
    expect(answers.map(({ status }) => status)).to.deep.equal(Array<number>(80).fill(201));
    expect(Date.now() - begun).to.be.below(12_000);
  });

  it('makes an act of state be answered again instead of refused', async () => {
    const draft = await staff.api
      .post('/adjustments')
      .send({ to: 'suspended', ground: 'notice', reason: '测试', merchants: [merchant._id] })
      .expect(201);
    const id = idIn(draft);
    const submit = () =>
      staff.api.post(`/adjustments/${id}/submit`).set('Idempotency-Key', 'key-7').expect(200);
    const first = await submit();
    expect((await submit()).body).to.deep.equal(first.body);
    expect((await AdjustmentModel.findById(id).lean())?.state).to.equal('submitted');
  });

  it('is judged before If-Match: a change whose answer was lost is answered again', async () => {
    const shop = await aListedMerchant(desk);
    const change = () =>
      staff.api
        .patch(`/merchants/${shop._id}`)
        .set('Idempotency-Key', 'key-8')
        .set('If-Match', `"${shop.rev}"`)
        .send({ capacity: 7 });
    const first = await change().expect(200);
    const again = await change().expect(200);
    expect(again.body).to.deep.equal(first.body);
    expect(again.headers.etag).to.equal(first.headers.etag);
    await staff.api
      .patch(`/merchants/${shop._id}`)
      .set('If-Match', `"${shop.rev}"`)
      .send({ capacity: 7 })
      .expect(isProblem(412, 'stale-version'));
  });

  it('is judged after role and form', async () => {
    await anybody()
      .post('/merchants')
      .set('Idempotency-Key', 'key-9')
      .send(application('庚店'))
      .expect(isProblem(401, 'not-signed-in'));
    await desk.approver.api
      .post('/merchants')
      .set('Idempotency-Key', 'key-1')
      .send(application('甲店'))
      .expect(isProblem(403, 'forbidden'));
    await staff.api
      .post('/merchants')
      .set('Idempotency-Key', 'key-1')
      .send({})
      .expect(isProblem(400, 'invalid-request'));
  });

  it('longer than 200 characters is refused', async () => {
    await apply(staff, 'k'.repeat(201), '辛店').expect(isProblem(400, 'invalid-request'));
    await apply(staff, 'k'.repeat(200), '辛店').expect(201);
  });

  it('is kept for thirty days', async () => {
    const indexes = await IdempotencyKeyModel.collection.indexes();
    expect(indexes.find(({ key }) => 'at' in key)?.expireAfterSeconds).to.equal(30 * 86_400);
  });

  it('of a user keeps no password, not even its hash', async () => {
    const { api, user } = await aPerson('admin');
    const body = {
      username: `new-${ids
        .secret(4)
        .toLowerCase()
        .replace(/[^a-z0-9]/g, '')}`,
      name: '新人',
      role: 'staff',
      password: 'a password nobody guesses',
    };
    await api.post('/users').set('Idempotency-Key', 'key-10').send(body).expect(201);
    expect(await IdempotencyKeyModel.exists({ _id: `${user._id}/key-10` })).to.equal(null);
  });
});
