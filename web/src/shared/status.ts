// Each status with its icon: colour, shape and word always go together.
import type { IconName } from './icons.ts';

export type StatusKey =
  'applying' | 'verifying' | 'listed' | 'suspended' | 'removed' | 'rejected' | 'deregistered';

export const statusIcon: Record<StatusKey, IconName> = {
  applying: 'circle-dashed-bold',
  verifying: 'hourglass-medium-fill',
  listed: 'check-circle-fill',
  suspended: 'pause-fill',
  removed: 'x-square-fill',
  rejected: 'prohibit-bold',
  deregistered: 'archive-fill',
};
export const statusWord: Record<StatusKey, { zh: string; en: string }> = {
  applying: { zh: '已申请', en: 'Applied' },
  verifying: { zh: '核验中', en: 'Being verified' },
  listed: { zh: '在名单', en: 'On the list' },
  suspended: { zh: '暂停', en: 'Suspended' },
  removed: { zh: '已移出', en: 'Removed' },
  rejected: { zh: '未通过', en: 'Rejected' },
  deregistered: { zh: '已注销', en: 'Deregistered' },
};
