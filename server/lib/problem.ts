// Every refusal Mingdan can answer: code, HTTP status, and its words in Chinese and English. Anything else is a bug.

type Words = { zh: string; en: string };
type Entry = { status: number; title: Words; detail?: Words };

const entry = (status: number, title: Words, detail?: Words): Entry => ({
  status,
  title,
  ...(detail && { detail }),
});

export const catalogue = {
  'invalid-request': entry(
    400,
    { zh: '请求内容有误', en: 'The request is not valid' },
    { zh: '请按 errors 中的提示修改后再发送。', en: 'Change what errors points out and send it again.' },
  ),
  'malformed-json': entry(400, { zh: 'JSON 无法解析', en: 'The JSON cannot be read' }),
  'malformed-upload': entry(
    400,
    { zh: '上传内容无法解析', en: 'The upload cannot be read' },
    { zh: '{why}', en: '{why}' },
  ),
  'invalid-cursor': entry(
    400,
    { zh: '分页游标无效', en: 'The cursor is not valid' },
    { zh: '请从第一页重新开始。', en: 'Start again from the first page.' },
  ),
  'not-signed-in': entry(401, { zh: '请先登录', en: 'Please log in' }),
  'token-expired': entry(
    401,
    { zh: '登录已过期', en: 'The access token has expired' },
    { zh: '请刷新令牌或重新登录。', en: 'Refresh the token or log in again.' },
  ),
  'wrong-credentials': entry(401, { zh: '用户名或密码不正确', en: 'User name or password is wrong' }),
  'session-ended': entry(
    401,
    { zh: '会话已结束', en: 'The session has ended' },
    { zh: '请重新登录。', en: 'Please log in again.' },
  ),
  forbidden: entry(403, { zh: '没有此项权限', en: 'You may not do this' }),
  'four-eyes': entry(
    403,
    { zh: '须由另一人办理', en: 'Another person must do this' },
    {
      zh: '自己起草或提交的，不能由自己审批或核验。',
      en: 'Nobody decides on what he drafted or submitted himself.',
    },
  ),
  'not-found': entry(404, { zh: '没有查到', en: 'Not found' }),
  'merchant-not-found': entry(404, { zh: '没有查到该商户', en: 'No such merchant' }),
  'method-not-allowed': entry(405, {
    zh: '此地址不支持该方法',
    en: 'This address does not know that method',
  }),
  'not-acceptable': entry(406, { zh: '无法提供所要的格式', en: 'The format asked for cannot be given' }),
  'id-taken': entry(
    409,
    { zh: '该编号不可用', en: 'This id cannot be used' },
    { zh: '请换一个新的编号。', en: 'Make a new id.' },
  ),
  'visit-differs': entry(
    409,
    { zh: '同一编号的检查内容不同', en: 'A visit with this id has other content' },
    {
      zh: '原内容已保留；errors 列出不同之处，如需更正请作为更正提交。',
      en: 'The first content is kept; errors names what differs. Send an amendment to correct it.',
    },
  ),
  'too-many-amendments': entry(
    409,
    { zh: '更正次数已满', en: 'No further amendment' },
    {
      zh: '一次检查最多更正 {limit} 次，请联系工作人员。',
      en: 'A visit is amended {limit} times at most. Ask the desk.',
    },
  ),
  'photos-may-come': entry(
    409,
    { zh: '照片还可能补传', en: 'The photos may still come' },
    {
      zh: '收到检查 {days} 天之后才能登记照片遗失。',
      en: 'Photos are given up {days} days after the visit at the earliest.',
    },
  ),
  'visit-matched': entry(
    409,
    { zh: '该检查已对应商户', en: 'The visit belongs to a merchant already' },
    { zh: '请刷新后查看。', en: 'Look at it again.' },
  ),
  'order-state': entry(
    409,
    { zh: '整改单当前状态不能这样办理', en: 'The order is not in a state for this' },
    { zh: '整改单现为“{state}”。', en: 'The order is {state}.' },
  ),
  'adjustment-state': entry(
    409,
    { zh: '调整单当前状态不能这样办理', en: 'The adjustment is not in a state for this' },
    { zh: '调整单现为“{state}”。', en: 'The adjustment is {state}.' },
  ),
  'objection-state': entry(
    409,
    { zh: '异议当前状态不能这样办理', en: 'The objection is not in a state for this' },
    { zh: '异议现为“{state}”。', en: 'The objection is {state}.' },
  ),
  'objection-open': entry(
    409,
    { zh: '对这个决定已有一件异议在办', en: 'An objection to this decision is open already' },
    { zh: '请等它办结，或先撤回。', en: 'Wait until it is decided, or withdraw it first.' },
  ),
  'not-objectionable': entry(
    422,
    { zh: '对此不能提出异议', en: 'There is nothing to object to' },
    {
      zh: '只能对已在本店生效的暂停、移出、注销或不予列入提出异议。',
      en: 'One objects to a suspension, removal, deregistration or rejection that has taken effect for the shop.',
    },
  ),
  'took-part': entry(
    403,
    { zh: '须由没有参与该决定的人处理', en: 'Somebody without part in the decision must decide' },
    {
      zh: '起草、提交、批准或确认该决定的人，以及据以决定的检查的检查人员，不能处理对它的异议。',
      en: 'Not whoever drafted, submitted, approved or confirmed it, nor an inspector of the visit that it rests on.',
    },
  ),
  'set-changed': entry(
    409,
    { zh: '名单已变，请重新核对', en: 'The set has changed' },
    {
      zh: '所附 setHash 与冻结的名单不符，请重新查看后再批准。',
      en: 'The setHash sent is not that of the frozen set. Look again, then approve.',
    },
  ),
  'adjustment-stale': entry(
    409,
    { zh: '调整单已失效', en: 'The adjustment has become stale' },
    {
      zh: '其中 {count} 家的状态已变，须重新起草。',
      en: '{count} of its merchants have moved on. Draft it anew.',
    },
  ),
  'adjustment-conflicts': entry(
    409,
    { zh: '有商户不能这样调整', en: 'Some merchants cannot be adjusted like this' },
    {
      zh: 'errors 列出不能调整的商户，请去掉后再提交。',
      en: 'errors lists them. Leave them out and draft again.',
    },
  ),
  'adjustment-empty': entry(422, { zh: '没有商户符合条件', en: 'No merchant matches' }),
  'adjustment-too-large': entry(
    422,
    { zh: '一张调整单最多 {limit} 家', en: 'An adjustment holds at most {limit} merchants' },
    {
      zh: '请按街道或类别分成几张。规则找到的都算，已是这个状态的也算。',
      en: 'Split it, by subdistrict or category for instance. All that a rule finds count, also those in the status already.',
    },
  ),
  'import-state': entry(
    409,
    { zh: '导入当前状态不能这样办理', en: 'The import is not in a state for this' },
    { zh: '导入现为“{state}”。', en: 'The import is {state}.' },
  ),
  'import-incomplete': entry(
    409,
    { zh: '还有 {count} 行未能采用', en: '{count} rows were not taken' },
    {
      zh: '替换名单时每一行都须读懂，否则会误删。请改好这些行后重新导入，或改用合并。',
      en: 'A file that replaces a part of the list must be understood row by row. Mend those rows and import it again, or merge.',
    },
  ),
  'import-expired': entry(
    409,
    { zh: '导入的行已过期', en: 'The rows of the import have expired' },
    { zh: '行保留三十天，请重新导入文件。', en: 'They are kept for thirty days. Import the file again.' },
  ),
  'pack-too-large': entry(
    422,
    { zh: '离线包最多 {limit} 家', en: 'An offline pack holds at most {limit} merchants' },
    { zh: '请用 area 只取一个区或街道。', en: 'Ask for one district or subdistrict with area.' },
  ),
  'emergency-limit': entry(
    409,
    { zh: '不能再紧急暂停', en: 'No further emergency suspension' },
    {
      zh: '每人每天最多 5 家；同一商户的紧急暂停未经核验的，7 天内不得再次紧急暂停。请起草暂停并由他人审批。',
      en: 'Five a person and day, and none for a shop within 7 days of one that nobody confirmed. Draft a suspension and have it approved.',
    },
  ),
  'too-many-applications': entry(
    409,
    { zh: '未办结的申请已有 {limit} 件', en: 'There are {limit} open applications already' },
    { zh: '请等其中一件办理后再申请。', en: 'Wait until one of them is taken up.' },
  ),
  'too-many-webhooks': entry(
    409,
    { zh: '推送地址已满', en: 'There are enough webhooks' },
    { zh: '最多 {limit} 个，请先删去不用的。', en: 'At most {limit}: remove one that is not needed.' },
  ),
  'too-many-imports': entry(
    409,
    { zh: '还有 {limit} 个文件等待读取', en: '{limit} files wait to be read already' },
    { zh: '请等其中一个读完后再上传。', en: 'Wait until one of them is read.' },
  ),
  duplicate: entry(
    409,
    { zh: '已有相同的记录', en: 'There is such a record already' },
    { zh: '“{field}”已被使用。', en: '"{field}" is in use.' },
  ),
  'in-use': entry(
    409,
    { zh: '已有商户据此登记，不能这样修改', en: 'Merchants depend on it as it is' },
    { zh: '“{field}”不能再改，请另建一条。', en: '"{field}" can no longer change; add another record.' },
  ),
  'request-in-flight': entry(
    409,
    { zh: '同一请求正在处理', en: 'The same request is under way' },
    { zh: '请稍候再试。', en: 'Try again in a moment.' },
  ),
  'link-ended': entry(
    410,
    { zh: '链接已失效', en: 'The link has ended' },
    { zh: '请向检查人员索取新的链接。', en: 'Ask the inspector for a new one.' },
  ),
  resync: entry(
    410,
    { zh: '手里的这一版接不上了', en: 'This version cannot be brought up to date' },
    {
      zh: '范围已变，或不是本服务器给的版本。请取全部。',
      en: 'The scope has changed, or the version is none of this server. Take the whole.',
    },
  ),
  'door-code-renewed': entry(
    410,
    { zh: '这张门牌已经作废', en: 'This door notice is no longer good' },
    { zh: '这家店已换新门牌码，请扫新门牌。', en: 'The shop has a new door code: scan its new notice.' },
  ),
  'stale-version': entry(
    412,
    { zh: '已被他人修改', en: 'Somebody else changed it' },
    { zh: '请查看最新版本后再保存。', en: 'Look at the present version, then save again.' },
  ),
  'too-large': entry(413, { zh: '内容太大', en: 'Too large' }, { zh: '{why}', en: '{why}' }),
  'unsupported-media': entry(
    415,
    { zh: '不支持的内容类型', en: 'This content type is not supported' },
    { zh: '请用 {expected}。', en: 'Send {expected}.' },
  ),
  'photo-unsupported': entry(
    415,
    { zh: '不支持的照片格式', en: 'This kind of picture is not supported' },
    {
      zh: '请用 JPEG、PNG 或 WebP（HEIC 请在手机上改存为 JPEG）。',
      en: 'Send JPEG, PNG or WebP (on an iPhone choose "Most compatible").',
    },
  ),
  'photo-damaged': entry(
    422,
    { zh: '照片已损坏或过大', en: 'The picture is damaged or too large' },
    { zh: '请重新拍摄；最多 5000 万像素、15 MB。', en: 'Take it again; at most 50 megapixels and 15 MB.' },
  ),
  'photo-missing': entry(
    422,
    { zh: '照片尚未收到', en: 'A photo has not arrived' },
    { zh: '请先上传 {sha256}。', en: 'Upload {sha256} first.' },
  ),
  'idempotency-differs': entry(422, {
    zh: '同一 Idempotency-Key 的内容不同',
    en: 'This Idempotency-Key came with other content',
  }),
  'too-many-notices': entry(
    422,
    { zh: '一次打印的门牌太多', en: 'Too many door notices for one print run' },
    {
      zh: '一次最多 {limit} 张，请按街道、市场或类别缩小范围。',
      en: 'At most {limit} at once: narrow it by street, market or category.',
    },
  ),
  'invalid-uscc': entry(
    422,
    { zh: '统一社会信用代码有误', en: 'The credit code is not valid' },
    { zh: '请核对 18 位代码。', en: 'Check its 18 characters.' },
  ),
  'weak-password': entry(
    422,
    { zh: '密码太弱', en: 'The password is too weak' },
    {
      zh: '至少 12 位，且不能是常见密码或与用户名相近。',
      en: 'Use at least 12 characters, nothing common and nothing like the user name.',
    },
  ),
  'unknown-reference': entry(
    422,
    { zh: '引用的记录不存在', en: 'A record referred to does not exist' },
    { zh: '“{field}”没有查到。', en: '"{field}" was not found.' },
  ),
  'precondition-required': entry(
    428,
    { zh: '缺少 If-Match', en: 'If-Match is missing' },
    { zh: '请带上所见版本的 ETag。', en: 'Send the ETag of the version you saw.' },
  ),
  'too-many-requests': entry(
    429,
    { zh: '尝试过于频繁', en: 'Too many attempts' },
    { zh: '请过 {seconds} 秒再试。', en: 'Try again in {seconds} seconds.' },
  ),
  'internal-error': entry(500, { zh: '服务器内部错误', en: 'Something went wrong on our side' }),
  unavailable: entry(
    503,
    { zh: '服务暂不可用', en: 'Not available at the moment' },
    { zh: '请稍后再试，未确认的内容请保留。', en: 'Try again shortly; keep what was not confirmed.' },
  ),
  'storage-full': entry(
    507,
    { zh: '照片存储空间已满', en: 'There is no room for photos' },
    { zh: '请保留照片，稍后再传。', en: 'Keep the photos and send them later.' },
  ),
} satisfies Record<string, Entry>;

export type ProblemCode = keyof typeof catalogue;
export type ProblemPart = { path: string; message: string };
export type Language = 'zh' | 'en';

type Extras = {
  errors?: ProblemPart[];
  retryAfterSeconds?: number;
  present?: unknown;
  /** Tells an outcome: what was written before it stays. */
  stands?: boolean;
};

/** An expected refusal. `facts` fill the places in the detail text; `errors` name the parts of the request that are wrong. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly facts: Record<string, string | number>;
  readonly extras: Extras;

  constructor(code: ProblemCode, facts: Record<string, string | number> = {}, extras: Extras = {}) {
    super(code);
    this.code = code;
    this.facts = facts;
    this.extras = extras;
  }

  get status(): number {
    return catalogue[this.code].status;
  }
}

/** A request of which one part is wrong. */
export function invalidPart(path: string, message: string): Problem {
  return new Problem('invalid-request', {}, { errors: [{ path, message }] });
}

/** The words of a problem in a language, with its facts filled in. */
export function problemWords(problem: Problem, language: Language): { title: string; detail?: string } {
  const known: Entry = catalogue[problem.code];
  const fill = (text: string) =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => String(problem.facts[name] ?? ''));
  return {
    title: fill(known.title[language]),
    ...(known.detail && { detail: fill(known.detail[language]) }),
  };
}
