// The desk's way to an enacted adjustment over HTTP, and a clock that a test can hold and move.
import { holdClock } from '../../server/lib/clock.ts';
import type { Desk, Person } from './world.ts';

/** An adjustment as the API shows it. */
export type ShownAdjustment = {
  id: string;
  state: string;
  kind: string;
  to: string | null;
  setHash: string;
  needsApproval: boolean;
  height: number | null;
  enactedAt: string | null;
  confirmBy: string | null;
  confirmedBy: { name: string } | null;
  merchant: string | null;
  dryRun: {
    count: number;
    lines: string;
    conflicts: { merchant: string; code: string }[];
    remarks: { code: string; shops: number; merchants: { name: string }[] }[];
  };
  can: Record<string, boolean>;
};
export type Wish = Record<string, unknown>;

const usual = { to: 'suspended', ground: 'notice', reason: '防疫措施不到位', notice: '示例通告〔2022〕7号' };

export const shownIn = (response: { body: unknown }) => response.body as ShownAdjustment;

/** Drafts a suspension, or what `wish` asks for. */
export async function drafted({ staff }: Desk, wish: Wish): Promise<ShownAdjustment> {
  return shownIn(
    await staff.api
      .post('/adjustments')
      .send({ ...usual, ...wish })
      .expect(201),
  );
}

export async function submitted(desk: Desk, wish: Wish): Promise<ShownAdjustment> {
  const { id } = await drafted(desk, wish);
  return shownIn(await desk.staff.api.post(`/adjustments/${id}/submit`).expect(200));
}

/** Approves with the hash that is shown, and expects it to be enacted. */
export async function approved(approver: Person, { id, setHash }: ShownAdjustment): Promise<ShownAdjustment> {
  return shownIn(await approver.api.post(`/adjustments/${id}/approve`).send({ setHash }).expect(200));
}

/** Drafted, submitted and, where two persons are needed, approved. */
export async function enacted(desk: Desk, wish: Wish): Promise<ShownAdjustment> {
  const frozen = await submitted(desk, wish);
  return frozen.state === 'enacted' ? frozen : approved(desk.approver, frozen);
}

/** Drafted as the undoing of another, submitted and approved. */
export async function undone(desk: Desk, { id }: Pick<ShownAdjustment, 'id'>): Promise<ShownAdjustment> {
  const undo = shownIn(
    await desk.staff.api.post(`/adjustments/${id}/undo`).send({ reason: '办理有误' }).expect(201),
  );
  const frozen = shownIn(await desk.staff.api.post(`/adjustments/${undo.id}/submit`).expect(200));
  return approved(desk.approver, frozen);
}

let ahead = 0;

/** Lets time pass: from now on everybody's clock is that much further ahead. */
export function passTime(millis: number): void {
  ahead += millis;
  holdClock(() => new Date(Date.now() + ahead));
}

/** Holds everybody's clock at an instant. */
export function holdAt(instant: Date): void {
  holdClock(() => instant);
}

export function releaseClock(): void {
  ahead = 0;
  holdClock(null);
}

export const seconds = 1_000;
export const minutes = 60 * seconds;
export const hours = 60 * minutes;
export const days = 24 * hours;
