// The same shops in two files: what one of them enters meanwhile is pointed out when the other is submitted, to all who decide.
import { expect } from 'chai';
import { approved, shownIn } from '../support/desk.ts';
import { csv, imported } from '../support/imports.ts';
import { aDesk, type Desk, emptyWorld, layGround } from '../support/world.ts';

const columns = ['商户名称', '类别', '街道代码', '地址'];
const shops = csv(columns, [
  ['恒源超市', 'pharmacy', '230104001', '保障街900号'],
  ['北十四药房', 'pharmacy', '230104001', '北十四道街7号'],
]);
const others = csv(columns, [
  ['恒源超市', 'pharmacy', '230104001', '保障街 ９００ 号'],
  ['北十四药房', 'pharmacy', '230104001', '北十四道街9号'],
]);

describe('an import of shops that another one enters meanwhile', () => {
  let desk: Desk;

  before(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
  });

  it('says so to who submits it and to who approves it', async () => {
    const [first, second] = [await imported(desk.staff, shops), await imported(desk.staff, others)];
    expect([first.warnings, second.warnings]).to.deep.equal([0, 0]);
    const adjustmentOf = async (one: typeof first) => {
      const { body } = await desk.staff.api.post(`/imports/${one.id}/submit`).expect(200);
      const { adjustment } = body as typeof first;
      return shownIn(await desk.approver.api.get(`/adjustments/${adjustment?.id}`).expect(200));
    };
    const entered = await adjustmentOf(first);
    expect(entered.dryRun.remarks).to.deep.equal([]);
    await approved(desk.approver, entered);

    const { remarks } = (await adjustmentOf(second)).dryRun;
    expect(
      remarks.map(({ code, shops: number, merchants }) => [code, number, merchants[0]?.name]),
    ).to.deep.equal([['look-alikes', 1, '恒源超市']]);
  });
});
