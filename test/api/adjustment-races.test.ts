// Several hands at once: an adjustment is enacted once, the chain of blocks never forks, and no limit is slipped under.
import { expect } from 'chai';
import { AdjustmentModel } from '../../models/adjustment.ts';
import { LedgerBlockModel, LedgerEntryModel } from '../../models/ledger.ts';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { environment } from '../../server/domain/environment.ts';
import { verifyLedger } from '../../server/domain/verify-ledger.ts';
import { drafted, enacted, type ShownAdjustment, shownIn, submitted } from '../support/desk.ts';
import {
  aDesk,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  listedMerchants,
  type Person,
} from '../support/world.ts';

describe('several hands at once', () => {
  let desk: Desk;
  let second: Person;
  let merchants: Merchant[];

  beforeEach(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    second = await aPerson('approver');
    merchants = await listedMerchants(
      desk,
      Array.from({ length: 8 }, () => ({})),
    );
  });

  const idOf = (index: number) => merchants[index]?._id ?? '';
  const approve = (person: Person, { id, setHash }: ShownAdjustment) =>
    person.api.post(`/adjustments/${id}/approve`).send({ setHash });

  async function expectSoundChain(): Promise<void> {
    const verdict = await verifyLedger({ keys: environment().keys, heads: [] });
    expect(verdict).to.include({ ok: true });
    const blocks = await LedgerBlockModel.find().sort({ height: 1 }).lean();
    expect(blocks.map(({ height }) => height)).to.deep.equal(blocks.map((_, index) => index + 1));
  }

  it('two approvers enact an adjustment once', async () => {
    const frozen = await submitted(desk, { merchants: [idOf(0), idOf(1)] });
    const answers = await Promise.all([approve(desk.approver, frozen), approve(second, frozen)]);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
    const refused = answers.find(({ status }) => status === 409)?.body as { code: string };
    expect(refused.code).to.equal('adjustment-state');
    expect(await LedgerEntryModel.countDocuments({ adjustment: frozen.id })).to.equal(2);
    await expectSoundChain();
  });

  it('one draft undoes an adjustment, however often it is asked for at once', async () => {
    const { id } = await enacted(desk, { merchants: [idOf(0), idOf(1)] });
    const colleague = await aPerson('staff');
    const undo = ({ api }: Person, reason: string) => api.post(`/adjustments/${id}/undo`).send({ reason });
    const same = await Promise.all(Array.from({ length: 4 }, () => undo(desk.staff, '有误')));
    expect(same.map(({ status }) => status)).to.deep.equal([201, 201, 201, 201]);
    expect(new Set(same.map((answer) => shownIn(answer).id))).to.have.property('size', 1);
    const others = await Promise.all([undo(colleague, '有误'), undo(desk.staff, '别的理由')]);
    expect(others.map(({ status }) => status)).to.deep.equal([409, 409]);
    expect(await AdjustmentModel.countDocuments({ undoes: id })).to.equal(1);
  });

  it('an approval and a withdrawal: one of them counts', async () => {
    const frozen = await submitted(desk, { merchants: [idOf(0)] });
    const [approval, withdrawal] = await Promise.all([
      approve(desk.approver, frozen),
      desk.staff.api.post(`/adjustments/${frozen.id}/withdraw`),
    ]);
    expect([approval.status, withdrawal.status].sort()).to.deep.equal([200, 409]);
    const adjustment = await AdjustmentModel.findById(frozen.id).lean();
    expect(adjustment?.state).to.equal(approval.status === 200 ? 'enacted' : 'withdrawn');
    const merchant = await MerchantModel.findById(idOf(0)).lean();
    expect(merchant?.status).to.equal(approval.status === 200 ? 'suspended' : 'listed');
  });

  it('two adjustments on overlapping merchants are both legal, or one is stale', async () => {
    const suspension = await submitted(desk, { merchants: [idOf(0), idOf(1)] });
    const removal = await submitted(desk, { to: 'removed', merchants: [idOf(1), idOf(2)] });
    const [first, other] = await Promise.all([approve(desk.approver, suspension), approve(second, removal)]);
    expect(other.status).to.equal(200);
    expect([200, 409]).to.include(first.status);
    if (first.status === 409) expect((first.body as { code: string }).code).to.equal('adjustment-stale');
    const statuses = await MerchantModel.find({ _id: { $in: [idOf(0), idOf(1), idOf(2)] } }).lean();
    const statusOf = (id: string) => statuses.find(({ _id }) => _id === id)?.status;
    expect(statusOf(idOf(0))).to.equal(first.status === 200 ? 'suspended' : 'listed');
    expect(statusOf(idOf(1))).to.equal('removed');
    expect(statusOf(idOf(2))).to.equal('removed');
    await expectSoundChain();
  });

  it('eight adjustments on eight merchants are all enacted, one block each', async () => {
    const frozen: ShownAdjustment[] = [];
    for (const { _id } of merchants) frozen.push(await submitted(desk, { merchants: [_id] }));
    const answers = await Promise.all(frozen.map((one) => approve(desk.approver, one)));
    expect(answers.map(({ status }) => status)).to.deep.equal(Array<number>(8).fill(200));
    const heights = answers.map((answer) => shownIn(answer).height);
    expect(new Set(heights).size).to.equal(8);
    await expectSoundChain();
  });

  it('one pair of hands does not list more than twenty by being quick', async () => {
    const shops: string[] = [];
    for (let i = 0; i < 25; i++) {
      const { body } = await desk.staff.api
        .post('/merchants')
        .send({ name: `新店${i}（示例）`, address: '靖宇街', category: 'pharmacy', subdistrict: '230104001' })
        .expect(201);
      shops.push((body as { id: string }).id);
    }
    await enacted(desk, { to: 'verifying', ground: undefined, merchants: shops });
    const drafts: ShownAdjustment[] = [];
    for (let i = 0; i < 25; i += 5)
      drafts.push(
        await drafted(desk, { to: 'listed', ground: 'verified', merchants: shops.slice(i, i + 5) }),
      );
    const answers = await Promise.all(
      drafts.map(({ id }) => desk.staff.api.post(`/adjustments/${id}/submit`)),
    );
    const states = answers.map((answer) => shownIn(answer).state).sort();
    expect(states).to.deep.equal(['enacted', 'enacted', 'enacted', 'enacted', 'submitted']);
    await expectSoundChain();
  });
});
