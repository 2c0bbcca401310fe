// Joint visits on the phone: who may make one with whom, and what of it is sealed.
import { expect } from 'chai';
import fc from 'fast-check';
import type { VisitBody } from '../../models/visit.ts';
import { visitBody } from '../../routes/visits.schema.ts';
import { faultsOfForm, photosOf, resultOf } from '../../server/domain/visit-judgement.ts';
import { faultsOfSections, partsOf, wholeOf } from '../../server/domain/visit-sections.ts';
import { bodyValidator } from '../../server/http/schema.ts';
import type { Colleague, Draft, Partner } from '../../web/src/inspect/core/contract.ts';
import { mayBeJoint, partnersFor, withoutInspector, withPartner } from '../../web/src/inspect/core/joint.ts';
import { lacksOf } from '../../web/src/inspect/core/lacks.ts';
import { photosOfVisit, resultOfVisit, sealedVisit } from '../../web/src/inspect/core/seal.ts';
import { aShop } from './a-shop.ts';
import { checklist, draft } from './a-draft.ts';
import { aChecklist, aDraft } from './drafts-made-up.ts';

const validate = bodyValidator(visitBody);
const sealedAt = '2022-11-29T02:30:00.000Z';
const [self, other, third] = ['1', '2', '3'].map((end) => `01930f2e-0000-7000-8000-00000000000${end}`) as [
  string,
  string,
  string,
];
const partner = (id: string, taskForce: string): Partner => ({
  id,
  name: `检查员${id.slice(-1)}`,
  taskForce,
});
const colleague = (id: string, areas: string[], taskForce: string | null): Colleague => ({
  id,
  name: `检查员${id.slice(-1)}`,
  scopes: [{ areas, taskForce }],
});
const taskForces = ['market', 'trade'].map((key) => ({ key, name: { zh: key, en: key } }));

describe('the partners of a joint visit', () => {
  it('are those whose scopes hold the shop, in the name of their task forces', () => {
    const colleagues = [
      colleague(self, ['230104001'], 'market'),
      colleague(other, ['230104'], null),
      colleague(third, ['230104005'], 'trade'),
    ];
    const found = partnersFor({ colleagues, taskForces }, aShop('a'));
    expect(found).to.deep.equal([partner(self, 'market'), partner(other, 'market'), partner(other, 'trade')]);
    expect(mayBeJoint(found, self)).to.equal(true);
    expect(mayBeJoint(found, third)).to.equal(false);
    expect(mayBeJoint([partner(self, 'market'), partner(other, 'market')], self)).to.equal(false);
  });

  it('are none in a pack that was fetched before packs named them', () => {
    expect(partnersFor({}, aShop('a'))).to.deep.equal([]);
  });

  it('share the section of one task force, and a section goes with the last of them', () => {
    const one = withPartner(
      withPartner([], partner(self, 'market'), checklist),
      partner(other, 'trade'),
      checklist,
    );
    const two = withPartner(one, partner(third, 'trade'), checklist);
    expect(two.map((section) => [section.taskForce, section.inspectors.map(({ id }) => id)])).to.deep.equal([
      ['market', [self]],
      ['trade', [other, third]],
    ]);
    expect(withoutInspector(two, other).map(({ taskForce }) => taskForce)).to.deep.equal(['market', 'trade']);
    expect(withoutInspector(one, other).map(({ taskForce }) => taskForce)).to.deep.equal(['market']);
    const moved = withPartner(one, partner(other, 'market'), checklist);
    expect(moved.map(({ inspectors }) => inspectors.length)).to.deep.equal([2]);
  });
});

const jointDraft = fc.tuple(aChecklist, aChecklist, fc.boolean()).chain(([first, second, isCareful]) =>
  fc
    .tuple(aDraft(first, isCareful), aDraft({ ...second, version: 2 }, isCareful))
    .map(([one, two]): { isCareful: boolean; draft: Draft } => ({
      isCareful,
      draft: {
        ...one,
        kind: 'joint',
        answers: {},
        photos: [...one.photos, ...two.photos],
        sections: [
          { ...sectionOf('market', self), checklist: first, answers: one.answers },
          { ...sectionOf('trade', other), checklist: { ...second, version: 2 }, answers: two.answers },
        ],
      },
    })),
);
const sectionOf = (taskForce: string, id: string) => ({ taskForce, inspectors: [{ id, name: '检查员' }] });

describe('a sealed joint visit', () => {
  it('is never malformed to the server, in any section', () => {
    let sealed = 0;
    fc.assert(
      fc.property(jointDraft, ({ draft, isCareful }) => {
        const lacks = lacksOf(draft, checklist);
        if (isCareful) expect(lacks).to.deep.equal([]);
        const body = JSON.parse(JSON.stringify(sealedVisit(draft, checklist, sealedAt))) as VisitBody;
        expect(validate(body, 'en')).to.deep.equal([]);
        if (lacks.length > 0) return;
        sealed += 1;
        expect(faultsOfSections(body)).to.deep.equal([]);
        for (const [at, part] of partsOf(body).entries()) {
          const list = draft.sections?.[at]?.checklist ?? checklist;
          const stored = { ...list, _id: `${list.key}/${list.version}`, createdAt: new Date(0) };
          expect(faultsOfForm(part.body, stored)).to.deep.equal([]);
        }
      }),
      { numRuns: 300 },
    );
    expect(sealed).to.be.greaterThan(100);
  });

  it('has the result and the photos that the server will find in all its sections', () => {
    fc.assert(
      fc.property(jointDraft, ({ draft }) => {
        const own = sealedVisit(draft, checklist, sealedAt);
        const body = wholeOf(JSON.parse(JSON.stringify(own)) as VisitBody);
        expect(resultOfVisit(own)).to.equal(resultOf(body));
        expect(photosOfVisit(own)).to.deep.equal(photosOf(body).map(({ sha256 }) => sha256));
      }),
      { numRuns: 300 },
    );
  });

  it('names each inspector once, and lacks a partner while one task force is alone', () => {
    const alone: Draft = {
      ...draft,
      kind: 'joint',
      noEntry: 'closed',
      sections: withPartner([], partner(self, 'market'), checklist),
    };
    expect(lacksOf(alone, checklist)).to.deep.equal([{ item: '', what: 'partner' }]);
    const sections = withPartner(alone.sections ?? [], partner(other, 'trade'), checklist);
    const body = sealedVisit({ ...alone, sections }, checklist, sealedAt);
    expect(lacksOf({ ...alone, sections }, checklist)).to.deep.equal([]);
    expect(body.inspectors).to.deep.equal([self, other]);
    expect(body.sections?.map(({ key, answers }) => [key, answers])).to.deep.equal([
      ['section-1', []],
      ['section-2', []],
    ]);
  });

  it('says in which section something is missing', () => {
    const sections = [partner(self, 'market'), partner(other, 'trade')].reduce(
      (before: NonNullable<Draft['sections']>, one) => withPartner(before, one, checklist),
      [],
    );
    const lacks = lacksOf({ ...draft, kind: 'joint', sections }, checklist);
    expect(lacks.map(({ section, item }) => `${section}/${item}`)).to.include.members([
      'market/mask',
      'trade/mask',
    ]);
  });
});
