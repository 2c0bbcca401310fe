// The two persons of an adjustment: who has done what, and who is still to come.
import { terms } from '../../shared/vocabulary.ts';
import { user } from '../server.ts';
import { type Adjustment, isUnconfirmed } from './adjustment.ts';
import { words } from './decision-words.ts';

type By = Adjustment['draftedBy'];
type Part = Adjustment['mine'][number];
type Row = { name: string; isMe: boolean; act: string; at: string | null; done: boolean };

export function peopleOf(adjustment: Adjustment) {
  const { state, draftedBy, draftedAt, submittedBy, submittedAt, decidedBy, decidedAt } = adjustment;
  const { confirmedBy, mine, can } = adjustment;
  const said = words.value.people;
  const done = (by: By, part: Part, act: string, at: string | null): Row => ({
    name: by.kind === 'user' ? by.name : terms.value.role[by.kind],
    isMe: mine.includes(part),
    act,
    at,
    done: true,
  });
  const toCome = (role: 'staff' | 'approver', act: string, mayI = false): Row => ({
    name: mayI ? (user.value?.name ?? '') : terms.value.role[role],
    isMe: mayI,
    act,
    at: null,
    done: false,
  });
  const isOneHand = submittedBy?.name === draftedBy.name && submittedBy.role === draftedBy.role;
  const rows = [
    isOneHand
      ? done(draftedBy, 'drafted', said.draftedAndSubmitted, submittedAt)
      : done(draftedBy, 'drafted', said.drafted, draftedAt),
    ...(submittedBy && !isOneHand ? [done(submittedBy, 'submitted', said.submitted, submittedAt)] : []),
    ...(decidedBy
      ? [done(decidedBy, 'decided', state === 'rejected' ? said.rejected : said.approved, decidedAt)]
      : []),
    ...(confirmedBy ? [done(confirmedBy, 'confirmed', said.confirmed, null)] : []),
    ...(state === 'draft' ? [toCome('staff', said.toSubmit, can.submit)] : []),
    ...(state === 'draft' || state === 'submitted' ? [toCome('approver', said.toDecide, can.approve)] : []),
    ...(isUnconfirmed(adjustment) ? [toCome('approver', said.toConfirm, can.confirm)] : []),
  ];
  return {
    rows,
    isOwn: mine.includes('drafted') || mine.includes('submitted'),
    mayDraft: user.value?.role === 'staff',
  };
}
