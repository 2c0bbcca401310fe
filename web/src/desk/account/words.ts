// The words of one's own account.
import { wordsIn } from '../../shared/words.ts';

const zh = {
  title: '我的账号',
  role: '角色',
  scopes: '负责范围',
  everything: '全部类别',
  scopesNote: '要改，找管理员。',
  sessions: '在哪里登录着',
  here: '这里',
  used: (at: string) => `最近用过 ${at}`,
  unknown: '不认识的设备',
  end: '退出',
  ended: '那台设备已退出',
  password: '改密码',
  passwordNote: '至少 12 个字，至少 5 种不同的字；不能只是常见词或用户名。改了以后各处都要重新登录。',
  current: '现在的密码',
  next: '新密码',
  change: '改密码，重新登录',
  changed: '密码已改，请用新密码登录',
  wrong: '现在的密码不对。',
  missing: '要填。',
  looks: '语言和外观',
  language: '语言',
  theme: '外观',
};
const en: typeof zh = {
  title: 'My account',
  role: 'Role',
  scopes: 'In charge of',
  everything: 'All categories',
  scopesNote: 'An admin can change this.',
  sessions: 'Where I am logged in',
  here: 'here',
  used: (at) => `last used ${at}`,
  unknown: 'Unknown device',
  end: 'Log out',
  ended: 'That device is logged out',
  password: 'Change password',
  passwordNote:
    'At least 12 characters, 5 of them different; not just a common word or the user name. You are logged out everywhere.',
  current: 'Present password',
  next: 'New password',
  change: 'Change it and log in again',
  changed: 'Password changed. Log in with the new one',
  wrong: 'The present password is not right.',
  missing: 'Needed.',
  looks: 'Language and look',
  language: 'Language',
  theme: 'Look',
};

export const words = wordsIn({ zh, en });
