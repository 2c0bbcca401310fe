// All collections, for what concerns every one of them: their creation and their indexes.
import type { Model } from 'mongoose';
import { AdjustmentLineModel, AdjustmentModel, SingleHandCountModel } from './adjustment.ts';
import { AreaModel } from './area.ts';
import { AuditRecordModel } from './audit-record.ts';
import { CategoryModel } from './category.ts';
import { ChecklistModel } from './checklist.ts';
import { DeploymentModel } from './deployment.ts';
import { FeedEntryModel, FeedHeadModel, FeedMarkModel } from './feed.ts';
import { HolidayNoticeModel } from './holiday-notice.ts';
import { IdempotencyKeyModel } from './idempotency-key.ts';
import { ImportModel, ImportRowModel, RememberedColumnsModel } from './import.ts';
import { LedgerBlockModel, LedgerEntryModel, LedgerTipModel } from './ledger.ts';
import { LinesAheadModel } from './lines-ahead.ts';
import { MerchantContactModel } from './merchant-contact.ts';
import { MerchantFactsModel } from './merchant-facts.ts';
import { MerchantPeriodModel } from './merchant-period.ts';
import { MerchantModel } from './merchant.ts';
import { ObjectionModel } from './objection.ts';
import { OrderLinkModel, OrderModel } from './order.ts';
import { PhotoBlobModel, PhotoHoldingModel } from './photo.ts';
import { SessionModel } from './session.ts';
import { AreaSettingsModel } from './settings.ts';
import { SiteModel } from './site.ts';
import { TaskForceModel } from './task-force.ts';
import { UserModel } from './user.ts';
import { VisitModel } from './visit.ts';
import { WebhookDeliveryModel, WebhookMemberModel, WebhookModel } from './webhook.ts';
import { ZoneModel } from './zone.ts';

type Collection = Pick<Model<unknown>, 'createCollection' | 'createIndexes' | 'collection' | 'deleteMany'>;

export const allModels: Collection[] = [
  AdjustmentLineModel,
  AdjustmentModel,
  AreaModel,
  AreaSettingsModel,
  AuditRecordModel,
  CategoryModel,
  ChecklistModel,
  DeploymentModel,
  FeedEntryModel,
  FeedHeadModel,
  FeedMarkModel,
  HolidayNoticeModel,
  IdempotencyKeyModel,
  ImportModel,
  ImportRowModel,
  LedgerBlockModel,
  LedgerEntryModel,
  LedgerTipModel,
  LinesAheadModel,
  MerchantContactModel,
  MerchantFactsModel,
  MerchantModel,
  MerchantPeriodModel,
  ObjectionModel,
  OrderLinkModel,
  OrderModel,
  PhotoBlobModel,
  PhotoHoldingModel,
  RememberedColumnsModel,
  SessionModel,
  SingleHandCountModel,
  SiteModel,
  TaskForceModel,
  UserModel,
  VisitModel,
  WebhookDeliveryModel,
  WebhookMemberModel,
  WebhookModel,
  ZoneModel,
] as unknown as Collection[];

/** Creates every collection and every index that is not there yet. Fails when a unique index cannot be built. */
export async function initialiseModels(): Promise<void> {
  for (const model of allModels) {
    await model.createCollection();
    await model.createIndexes();
  }
}
