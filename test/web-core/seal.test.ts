// What a sealed draft looks like to the server: its own schema and its own judgement find nothing wrong with it.
import { expect } from 'chai';
import fc from 'fast-check';
import type { VisitBody } from '../../models/visit.ts';
import { visitBody } from '../../routes/visits.schema.ts';
import { faultsOfForm, photosOf, resultOf } from '../../server/domain/visit-judgement.ts';
import { bodyValidator } from '../../server/http/schema.ts';
import type { Checklist, Draft } from '../../web/src/inspect/core/contract.ts';
import { lacksOf } from '../../web/src/inspect/core/lacks.ts';
import { photosOfVisit, resultOfVisit, sealedVisit } from '../../web/src/inspect/core/seal.ts';
import { a, b, checklist, draft, draftOf } from './a-draft.ts';
import { aChecklist, aDraft } from './drafts-made-up.ts';

const validate = bodyValidator(visitBody);
const sealedAt = '2022-11-29T02:30:00.000Z';
const onServer = (checklist: Checklist) => ({ ...checklist, _id: 'essential/1', createdAt: new Date(0) });
/** As it arrives: through JSON. */
const sent = (draft: Draft, checklist: Checklist) =>
  JSON.parse(JSON.stringify(sealedVisit(draft, checklist, sealedAt))) as VisitBody;

const drafted = fc.tuple(aChecklist, fc.boolean()).chain(([checklist, isCareful]) =>
  fc.record({
    checklist: fc.constant(checklist),
    isCareful: fc.constant(isCareful),
    draft: aDraft(checklist, isCareful),
  }),
);

describe('a sealed visit', () => {
  it('is never malformed to the server, whatever was typed', () => {
    let sealed = 0;
    fc.assert(
      fc.property(drafted, ({ checklist, isCareful, draft }) => {
        const lacks = lacksOf(draft, checklist);
        if (isCareful) expect(lacks).to.deep.equal([]);
        const body = sent(draft, checklist);
        // Not even of a draft that lacks something does the schema refuse a part.
        expect(validate(body, 'en')).to.deep.equal([]);
        if (lacks.length > 0) return;
        sealed += 1;
        expect(faultsOfForm(body, onServer(checklist))).to.deep.equal([]);
      }),
      { numRuns: 1_000 },
    );
    expect(sealed).to.be.greaterThan(400);
  });

  it('has the result and the photos that the server will find', () => {
    fc.assert(
      fc.property(drafted, ({ checklist, draft }) => {
        const own = sealedVisit(draft, checklist, sealedAt);
        const body = sent(draft, checklist);
        expect(resultOfVisit(own)).to.equal(resultOf(body));
        expect(photosOfVisit(own)).to.deep.equal(photosOf(body).map(({ sha256 }) => sha256));
      }),
    );
  });

  it('names every photo of a draft that has at most fifty', () => {
    fc.assert(
      fc.property(drafted, ({ checklist, draft }) => {
        const few = { ...draft, photos: draft.photos.slice(0, 50) };
        const named = photosOfVisit(sealedVisit(few, checklist, sealedAt));
        expect(named).to.include.members(few.photos.map(({ sha256 }) => sha256));
      }),
    );
  });

  it('says what was judged, and nothing that was not', () => {
    const body = sent(
      draftOf({
        mask: { outcome: 'fail', photos: [a], fix: { kind: 'on-site', photos: [b] }, note: ' 已改 ' },
        temperature: { value: 38, photos: [], fix: { kind: 'timed', photos: [] } },
        scan: { outcome: 'na', value: 'good', photos: [], fix: { kind: 'timed', photos: [] } },
      }),
      checklist,
    );
    expect(body).to.deep.equal({
      id: draft.id,
      kind: 'routine',
      merchant: 'shop-id',
      checklist: { key: 'essential', version: 3 },
      arrivedAt: draft.arrivedAt,
      sealedAt,
      location: { lng: 126.6, lat: 45.8, accuracy: 12 },
      answers: [
        { item: 'mask', outcome: 'fail', note: '已改', photos: [a], fix: { kind: 'on-site', photos: [b] } },
        { item: 'temperature', outcome: 'fail', value: 38, fix: { kind: 'timed' } },
        { item: 'scan', outcome: 'na' },
      ],
      photos: [{ sha256: a, takenAt: sealedAt, source: 'camera' }],
      acknowledgement: { name: '王', refused: false },
    });
  });

  it('has no answers where nobody came in', () => {
    const shut = draftOf({ mask: { outcome: 'pass', photos: [], fix: null } }, { noEntry: 'closed' });
    expect(sent(shut, checklist)).to.deep.include({ noEntry: 'closed', answers: [] });
    expect(lacksOf(shut, checklist)).to.deep.equal([]);
  });
});
