// The first screens as a browser gets them: words in both languages, sizes, escapes, refusals that people can read.
import { expect } from 'chai';
import supertest from 'supertest';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { OrderLinkModel, OrderModel } from '../../models/order.ts';
import { wordsIn } from '../../server/pages/words.ts';
import { origin } from '../support/app.ts';
import { anOpenLink } from '../support/links.ts';
import { aPhoto } from '../support/visits.ts';
import {
  adjust,
  aDesk,
  aListedMerchant,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  type Person,
} from '../support/world.ts';

const budget = 14 * 1024;

const open = (path: string, language = 'zh-CN') =>
  supertest(origin()).get(path).set('Accept-Language', language);

/** A page within its budget, without script, without style attributes, under a policy that allows its own sheet only. */
function isPage(status: number, ...texts: string[]) {
  return (response: supertest.Response) => {
    expect(response.status, response.text.slice(0, 300)).to.equal(status);
    expect(response.headers['content-type']).to.equal('text/html; charset=utf-8');
    expect(response.headers['content-security-policy']).to.match(
      /^default-src 'none'; style-src 'sha256-[^']+'; /,
    );
    expect(response.headers['referrer-policy']).to.equal('no-referrer');
    expect(response.headers.vary).to.include('Accept-Language');
    expect(response.text)
      .to.match(/^<!doctype html>/)
      .and.to.include('</html>');
    expect(response.text).not.to.match(/<script| style=| on\w+=|undefined|\[object/);
    for (const text of texts) expect(response.text).to.include(text);
  };
}

function isSmallPage(status: number, ...texts: string[]) {
  return (response: supertest.Response) => {
    isPage(status, ...texts)(response);
    expect(Buffer.byteLength(response.text)).to.be.below(budget);
  };
}

describe('the first screens', () => {
  let desk: Desk;
  let inspector: Person;
  let shop: Merchant;

  before(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
    shop = await aListedMerchant(desk, { name: '松江鲜果行' });
  });

  describe('the words', () => {
    it('have the same keys in Chinese and English, none of them empty', () => {
      const keysOf = (value: unknown, path = ''): string[] => {
        if (typeof value === 'string') expect(value, path).not.to.equal('');
        if (typeof value !== 'object' || value === null) return [path];
        return Object.entries(value).flatMap(([key, inner]) => keysOf(inner, `${path}.${key}`));
      };
      expect(keysOf(wordsIn.en)).to.have.members(keysOf(wordsIn.zh));
    });
  });

  describe('a shop’s status', () => {
    it('says that a listed shop may open, since when, and that nobody has visited it yet', async () => {
      const year = `${new Date(shop.since.getTime() + 8 * 3_600_000).getUTCFullYear()}年`;
      await open(`/s/${shop.doorCode}`).expect(
        isSmallPage(
          200,
          '<html lang="zh-CN">',
          '松江鲜果行',
          '可以营业',
          '还没查过',
          '靖宇街道',
          '道外区',
          year,
        ),
      );
    });

    it('is in English for who prefers it, and in the language that the address asks for', async () => {
      await open(`/s/${shop.doorCode}`, 'en-GB').expect(
        isSmallPage(
          200,
          '<html lang="en">',
          'May open',
          'Not yet visited',
          '<span lang="zh-CN">松江鲜果行</span>',
        ),
      );
      await open(`/s/${shop.doorCode}?lang=en`).expect(isSmallPage(200, 'May open', 'href="/?lang=en"'));
      await open(`/s/${shop.doorCode}?lang=zh`, 'en').expect(isSmallPage(200, '可以营业'));
    });

    it('takes no notice of what messengers add to an address', () =>
      open(`/s/${shop.doorCode}?from=singlemessage&isappinstalled=0&lang=fr`).expect(
        isSmallPage(200, '可以营业'),
      ));

    it('is not sent again while it has not changed', async () => {
      const first = await open(`/s/${shop.doorCode}`).expect(200);
      const etag = String(first.headers.etag);
      await open(`/s/${shop.doorCode}`).set('If-None-Match', etag).expect(304);
      await open(`/s/${shop.doorCode}`, 'en').set('If-None-Match', etag).expect(200);
    });

    it('tells a suspended, a removed and a deregistered shop apart, with ground, notice and the way back', async () => {
      const [suspended, removed, ended] = [
        await aListedMerchant(desk),
        await aListedMerchant(desk),
        await aListedMerchant(desk),
      ];
      await adjust(desk, suspended._id, 'suspended', { ground: 'visit', notice: '示例通告〔2022〕9号' });
      await adjust(desk, removed._id, 'removed', { ground: 'notice', reason: '内部说明不公开' });
      await adjust(desk, ended._id, 'deregistered', { ground: 'closure' });
      await open(`/s/${suspended.doorCode}`).expect(
        isSmallPage(
          200,
          '暂停营业',
          '检查时发现问题',
          '示例通告〔2022〕9号',
          '另一名检查人员到店复查',
          '异议',
        ),
      );
      const { text } = await open(`/s/${removed.doorCode}`).expect(
        isSmallPage(200, '已移出名单', '公告', '重新申请'),
      );
      expect(text).not.to.include('内部说明不公开');
      await open(`/s/${ended.doorCode}`, 'en').expect(isSmallPage(200, 'Deregistered', 'closed down'));
    });

    it('shows the last visit’s result in words', async () => {
      const visited = await aListedMerchant(desk);
      for (const result of ['passed', 'fixed', 'orders', 'no-entry'] as const) {
        await MerchantModel.updateOne(
          { _id: visited._id },
          { $set: { lastVisit: { at: new Date('2022-11-30T02:26:00Z'), result } } },
        );
        await open(`/s/${visited.doorCode}`).expect(
          isSmallPage(200, '2022年11月30日', '10:26', wordsIn.zh.result[result]),
        );
      }
    });

    it('lists the shops of one credit code, a dozen at a time', async () => {
      const uscc = '92230104MA1B2C3D8C';
      for (let outlet = 1; outlet <= 14; outlet++)
        await aListedMerchant(desk, { name: `示例银行第${outlet}支行`, uscc, outlet });
      const first = await open(`/s/${uscc}`).expect(
        isSmallPage(200, '14 家店', '示例银行第12支行', `href="/s/${uscc}?skip=12"`),
      );
      expect(first.text).not.to.include('示例银行第13支行');
      await open(`/s/${uscc}?skip=12`).expect(isSmallPage(200, '示例银行第14支行'));
    });

    it('cannot be taken over by a hostile name', async () => {
      const hostile = await aListedMerchant(desk, {
        name: `<img src=x onerror=alert(1)>"'&`,
        address: '</dd><form action="//evil">',
      });
      const escaped = '&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;';
      for (const path of [
        `/s/${hostile.doorCode}`,
        '/?q=onerror',
        `/s/${encodeURIComponent('<img src=x onerror=alert(1)>"\'&')}`,
      ]) {
        const { text } = await open(path);
        expect(text, path)
          .to.include(escaped)
          .and.not.to.include('<img')
          .and.not.to.include('<form action="//');
      }
    });
  });

  describe('a code that is not in the list', () => {
    it('answers 404 with a page that says what it does not mean', () =>
      open('/s/0000000000').expect(
        isSmallPage(404, '没有查到', '这不等于被移出，也不等于可以营业', 'name="q"'),
      ));

    it('looks the same for a shop that applies as for one nobody has heard of', async () => {
      const facts = {
        name: '新申请的店',
        category: 'pharmacy',
        subdistrict: '230104001',
        address: '靖宇街 1 号',
      };
      const applied = await desk.staff.api.post('/merchants').send(facts).expect(201);
      const applying = await MerchantModel.findById((applied.body as { id: string }).id).lean();
      const code = String(applying?.doorCode);
      const known = await open(`/s/${code}`).expect(isSmallPage(404, '没有查到'));
      const unknown = await open('/s/0000000000').expect(404);
      expect(known.text.replaceAll(code, '')).to.equal(unknown.text.replaceAll('0000000000', ''));
      expect((await open(`/?q=${encodeURIComponent('新申请的店')}`)).text).not.to.include(code);
    });

    it('is told when a credit code fails its check', () =>
      open('/s/92230104MA1D4H8P4E', 'en').expect(isSmallPage(404, 'a character fails its check')));

    it('is a page too when it cannot be a code at all', async () => {
      await open(`/s/${'9'.repeat(500)}`).expect(isSmallPage(404, '没有查到'));
      await open('/s/%00').expect(isSmallPage(404, '没有查到'));
    });
  });

  describe('the search', () => {
    it('is one field and what the words mean', async () => {
      await open('/').expect(
        isSmallPage(200, 'name="q"', '可以营业', '暂停营业', '已移出名单', '已注销', 'href="/docs"'),
      );
      await open('/', 'en').expect(isSmallPage(200, 'May this shop open?'));
    });

    it('finds by name, pinyin initials, credit code and street, and leads to the page', async () => {
      for (const q of ['鲜果', 'sjxg', String(shop.uscc), shop.address]) {
        const { text } = await open(`/?q=${encodeURIComponent(q)}`).expect(
          isSmallPage(200, `href="/s/${shop.doorCode}"`, '在名单'),
        );
        expect(text, q).to.include('松江鲜果行');
      }
    });

    it('says when nothing is found, and keeps what was typed and the language', async () => {
      await open('/?q=%22zzz%3C').expect(isSmallPage(200, '没有查到', 'value="&quot;zzz&lt;"'));
      await open('/?q=zzz&lang=en').expect(
        isSmallPage(
          200,
          'Nothing found',
          '<input type="hidden" name="lang" value="en" />',
          '?q=zzz&amp;lang=zh',
        ),
      );
    });

    it('refuses what is too long with a page', () =>
      open(`/?q=${'x'.repeat(100)}`).expect(isSmallPage(400, '首页')));
  });

  describe('an order’s signed link', () => {
    it('shows the one order with its time and picture, and opening it changes nothing', async () => {
      const { path, order } = await anOpenLink(
        inspector,
        await aListedMerchant(desk, { name: '南勋果蔬店' }),
      );
      const before = await OrderModel.findById(order).lean();
      const response = await open(path).expect(
        isPage(
          200,
          '南勋果蔬店',
          '未张贴场所码',
          '还剩',
          '1 小时 59 分',
          'data:image/jpeg;base64,',
          'type="file"',
        ),
      );
      expect(response.headers['cache-control']).to.equal('no-store');
      await open(path, 'en').expect(isPage(200, '1 h 59 min', 'Fixed, send it'));
      expect(await OrderModel.findById(order).lean()).to.deep.equal(before);
    });

    it('takes photos and a note from the form and then says that it waits', async () => {
      const { path, order } = await anOpenLink(inspector, await aListedMerchant(desk));
      const photo = await aPhoto();
      const sent = await supertest(origin())
        .post(path)
        .attach('photo', photo.bytes, 'a.jpg')
        .field('note', '已贴好 <b>');
      expect(sent.status, sent.text).to.equal(303);
      expect(sent.headers.location).to.equal(path);
      const { text } = await open(path).expect(
        isPage(200, '已提交，等核验', '交了 1 张照片', '已贴好 &lt;b&gt;'),
      );
      expect(text).not.to.include('type="file"');
      const kept = await OrderModel.findById(order).lean();
      expect(kept?.state).to.equal('submitted');
      expect(kept?.history.at(-1)).to.deep.include({
        act: 'submit',
        note: '已贴好 <b>',
        photos: [{ sha256: photo.sha256, present: true, lost: false }],
      });
      const again = await aPhoto();
      await supertest(origin())
        .post(path)
        .attach('photo', again.bytes, 'a.jpg')
        .expect(isPage(409, '没有重复提交', '已提交，等核验'));
    });

    it('says above the form what was wrong with an answer, and keeps the note', async () => {
      const { path, order } = await anOpenLink(inspector, await aListedMerchant(desk));
      const post = () => supertest(origin()).post(path).set('Accept-Language', 'zh-CN');
      await post()
        .field('note', '改好了')
        .expect(isPage(422, '还没有选照片', '>改好了</textarea>'));
      await post()
        .attach('photo', Buffer.from('no picture'), 'a.heic')
        .field('note', '改好了')
        .expect(isPage(415, 'JPEG', '>改好了</textarea>'));
      const seven = post();
      for (let i = 0; i < 7; i++) seven.attach('photo', Buffer.from(`x${i}`), 'a.jpg');
      await seven.expect(isPage(413, '一次最多 6 张', 'type="file"'));
      await post()
        .field('other', 'x')
        .expect(isPage(400, '没有交上', 'type="file"'));
      await post().type('form').send('note=x').expect(isPage(415, '没有交上'));
      expect((await OrderModel.findById(order).lean())?.state).to.equal('open');
    });

    it('that is late says by how much, with its card and why it came back', async () => {
      const { path, order } = await anOpenLink(inspector, await aListedMerchant(desk));
      const photo = await aPhoto();
      await supertest(origin()).post(path).attach('photo', photo.bytes, 'a.jpg').expect(303);
      await desk.staff.api.post(`/orders/${order}/return`).send({ note: '照片看不清' }).expect(200);
      await OrderModel.updateOne(
        { _id: order },
        { $set: { due: new Date(Date.now() - 3_700_000), level: 'yellow' } },
      );
      await open(path).expect(isPage(200, '已超过', '1 小时 1 分', '黄牌', '上次没有通过', '照片看不清'));
    });

    it('that has ended answers 410, an unknown one 404, both with what to do', async () => {
      const { path, order } = await anOpenLink(inspector, await aListedMerchant(desk));
      await OrderLinkModel.updateMany({ order }, { $set: { revokedAt: new Date() } });
      await open(path).expect(isSmallPage(410, '链接已失效', '重新发链接'));
      await open(path, 'en').expect(isSmallPage(410, 'The link has ended'));
      const photo = await aPhoto();
      await supertest(origin())
        .post(path)
        .attach('photo', photo.bytes, 'a.jpg')
        .expect(isSmallPage(410, '链接已失效'));
      const unknown = await open('/f/fx_unknown').expect(isSmallPage(404, '链接打不开'));
      expect(unknown.headers['cache-control']).to.equal('no-store');
    });
  });
});
