// A draft as somebody writes it: from the address or from an earlier adjustment, and to what the interface takes.
import type { RouteLocationRaw } from 'vue-router';
import type { BodyOf, ItemOf } from '../../shared/server/types.ts';
import { dayOf, timeText } from '../../shared/time.ts';
import { draftingPath } from '../paths.ts';
import { bodyOfCondition, type Condition, conditionFrom } from './condition.ts';

type Adjustment = ItemOf<'getAdjustments'>;
type StatusKey = NonNullable<Adjustment['to']>;
type Body = BodyOf<'postAdjustments'>;
export type DryRunBody = BodyOf<'postAdjustmentsDryRun'>;
export type ChosenGround = NonNullable<Body['ground']>;
export type BasisKind = NonNullable<Body['basis']>['kind'];

export const chosenGrounds: readonly ChosenGround[] = [
  'verified',
  'visit',
  'order',
  'complaint',
  'notice',
  'zone',
  'closure',
  'objection',
  'other',
];
export const basisKinds: readonly BasisKind[] = ['visit', 'order', 'complaint', 'zone'];

/** Which status may follow which, to offer only what can be. The server judges. */
export const nextStatuses: Record<StatusKey, readonly StatusKey[]> = {
  applying: ['verifying'],
  verifying: ['listed', 'rejected'],
  listed: ['suspended', 'removed', 'deregistered'],
  suspended: ['listed', 'removed', 'deregistered'],
  removed: ['applying'],
  rejected: ['applying'],
  deregistered: [],
};
const inOrder: readonly StatusKey[] = [
  'suspended',
  'listed',
  'removed',
  'deregistered',
  'verifying',
  'rejected',
  'applying',
];

/** The statuses that at least one of these may go to; any where nothing is known yet. */
export function targetsFrom(present: readonly StatusKey[]): StatusKey[] {
  const from = present.length > 0 ? present : (Object.keys(nextStatuses) as StatusKey[]);
  return inOrder.filter((to) => from.some((status) => nextStatuses[status].includes(to)));
}

/** Steps of an application have their ground by themselves. */
export const hasOwnGround = (to: StatusKey): boolean => ['applying', 'verifying', 'rejected'].includes(to);
export const mayLapse = (to: StatusKey): boolean => to === 'suspended' || to === 'listed';

export type Form = {
  by: 'rule' | 'names';
  merchants: string[];
  where: Condition;
  except: Condition;
  to: StatusKey;
  ground: ChosenGround | '';
  reason: string;
  notice: string;
  /** Shanghai time as a field of the page holds it; empty for at once, and for no end. */
  from: string;
  until: string;
  basisKind: BasisKind | '';
  basisId: string;
  emergency: boolean;
};

const empty = (): Form => ({
  by: 'rule',
  merchants: [],
  where: {},
  except: {},
  to: 'suspended',
  ground: '',
  reason: '',
  notice: '',
  from: '',
  until: '',
  basisKind: '',
  basisId: '',
  emergency: false,
});

type RouteQuery = Record<string, string | null | (string | null)[] | undefined>;

/** `merchant` repeated is a list by hand; the fields of the selector make a rule; `basis=order:<id>` names what it rests on. */
export function formFromQuery(query: RouteQuery): Form {
  const texts = (key: string) => [query[key] ?? []].flat().filter((one) => one !== null);
  const merchants = [...new Set(texts('merchant'))];
  const [basis = ''] = texts('basis');
  const [kind, id = ''] = basis.split(':');
  const basisKind = basisKinds.find((one) => one === kind) ?? '';
  const [to] = texts('to');
  const [ground] = texts('ground');
  return {
    ...empty(),
    by: merchants.length > 0 || query.by === 'names' ? 'names' : 'rule',
    merchants,
    where: conditionFrom(query),
    to: inOrder.find((one) => one === to) ?? 'suspended',
    ground: chosenGrounds.find((one) => one === (ground ?? basisKind)) ?? '',
    basisKind,
    basisId: basisKind === '' ? '' : id,
    emergency: query.emergency === 'true' && merchants.length === 1,
  };
}

/** Where the same is drafted anew. */
export const anew = ({ id }: Adjustment): RouteLocationRaw => draftingPath({ as: id });

/** The same once more: times that are past are left out. */
export function formFromAdjustment(adjustment: Adjustment, merchants: string[], now: Date): Form {
  const { rule, to, ground, reason, notice, effectiveFrom, effectiveTo, basis } = adjustment;
  const ahead = (at: string | null) => (at !== null && new Date(at) > now ? localOf(at) : '');
  const basisKind = basisKinds.find((one) => one === basis?.kind) ?? '';
  return {
    ...empty(),
    by: rule ? 'rule' : 'names',
    merchants: rule ? [] : merchants,
    where: conditionFrom(rule?.where),
    except: conditionFrom(rule?.except),
    to: to ?? 'suspended',
    ground: chosenGrounds.find((one) => one === ground) ?? '',
    reason,
    notice: notice ?? '',
    from: ahead(effectiveFrom),
    until: ahead(effectiveTo),
    basisKind,
    basisId: basisKind === '' ? '' : (basis?.id ?? ''),
  };
}

/** 2022-12-02T00:00 in Shanghai, and back. */
export const localOf = (at: string): string => `${dayOf(at)}T${timeText(at)}`;
export const instantOf = (local: string): string | null => (local === '' ? null : `${local}:00+08:00`);

/** What is tried while it is being written; null until it is said whom it means. */
export function dryRunBodyOf(form: Form): DryRunBody | null {
  const where = bodyOfCondition(form.where);
  const except = bodyOfCondition(form.except);
  const isRule = form.by === 'rule';
  if (isRule ? where === null : form.merchants.length === 0) return null;
  const basisId = form.basisId.trim();
  return {
    to: form.to,
    ...(!form.emergency && {
      effectiveFrom: instantOf(form.from),
      effectiveTo: mayLapse(form.to) ? instantOf(form.until) : null,
    }),
    ...(form.basisKind !== '' && basisId !== '' && { basis: { kind: form.basisKind, id: basisId } }),
    ...(isRule
      ? where && { rule: { where, ...(except && { except }) } }
      : { merchants: form.merchants, emergency: form.emergency }),
  };
}

export type Missing = 'whom' | 'ground' | 'reason';

/** What a draft still lacks, in the order of the page. */
export function missingIn(form: Form): Missing[] {
  const asksGround = !form.emergency && !hasOwnGround(form.to);
  return [
    ...(dryRunBodyOf(form) === null ? (['whom'] as const) : []),
    ...(asksGround && form.ground === '' ? (['ground'] as const) : []),
    ...(form.reason.trim() === '' ? (['reason'] as const) : []),
  ];
}

export function draftBodyOf(form: Form): Body | null {
  const tried = dryRunBodyOf(form);
  if (tried === null || missingIn(form).length > 0) return null;
  const asksGround = !form.emergency && !hasOwnGround(form.to);
  return {
    ...tried,
    reason: form.reason.trim(),
    notice: form.notice.trim() || null,
    ...(asksGround && form.ground !== '' && { ground: form.ground }),
  };
}
