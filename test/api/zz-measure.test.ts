import { AdjustmentModel } from '../../models/adjustment.ts';
import { whenEnacted } from '../../server/domain/chunked-enactment.ts';
import { environment } from '../../server/domain/environment.ts';
import { verifyLedger } from '../../server/domain/verify-ledger.ts';
import { makeUscc } from '../../server/lib/uscc.ts';
import { csv, imported } from '../support/imports.ts';
import { aDesk, emptyWorld, layGround } from '../support/world.ts';
const columns = ['商户名称', '统一社会信用代码', '类别', '街道代码', '地址', '联系人', '联系电话'];
describe('measure', () => {
  for (const count of (process.env.COUNTS ?? '6029').split(',').map(Number))
    it(`of ${count}`, async () => {
      await emptyWorld(); await layGround();
      const desk = await aDesk();
      const rows = Array.from({ length: count }, (_, i) => [`康宁药店第${i}分店`, makeUscc('92', '230104', 2_000_000 + i), 'pharmacy', '230104001', `靖宇街${i}号`, '王小明', '10000001234']);
      const file = csv(columns, rows);
      let peak = 0; const timer = setInterval(() => { peak = Math.max(peak, process.memoryUsage().rss); }, 50);
      let t = Date.now(); const lap = (what: string) => { console.log(what, Date.now() - t, 'ms, peak rss', Math.round(peak / 1e6), 'MB'); t = Date.now(); peak = 0; };
      lap('made');
      const one = await imported(desk.staff, file); lap(`dry run ${JSON.stringify(one.counts)} ${JSON.stringify(one.failure)}`);
      const { body } = await desk.staff.api.post(`/imports/${one.id}/submit`).expect(200); lap('submit');
      const id = body.adjustment.id;
      const found = await AdjustmentModel.findById(id).lean();
      await desk.approver.api.post(`/adjustments/${id}/approve`).send({ setHash: found?.setHash }).expect(200); lap('approve');
      await whenEnacted(); lap('enacted');
      const again = await imported(desk.staff, file); lap(`again ${JSON.stringify(again.counts)}`);
      const { signer } = environment();
      console.log(await verifyLedger({ publicKeys: new Map([[signer.keyId, signer.publicJwk]]), heads: [] })); lap('verified');
      clearInterval(timer);
    }).timeout(600_000);
});
