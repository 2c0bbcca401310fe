// The same work as a good engineer writes it in a day: Express, mongoose with lean queries, JWT. What Mingdan is measured against.
import express from 'express';
import jwt from 'jsonwebtoken';
import mongoose from 'mongoose';

const secret = process.env.PLAIN_SECRET ?? '';
const anything = new mongoose.Schema({ _id: String }, { strict: false, versionKey: false });
const Merchant = mongoose.model('merchants', anything);
const Visit = mongoose.model('plainvisits', anything);
await mongoose.connect(process.env.MONGODB_URI ?? '', { writeConcern: { w: 'majority', journal: true } });

const app = express();
app.use(express.json());

app.get('/status/:code', async ({ params: { code } }, response) => {
  const shop = await Merchant.findOne(
    { doorCode: code },
    { name: 1, address: 1, category: 1, status: 1, since: 1 },
  ).lean();
  if (shop) response.json(shop);
  else response.status(404).json({ error: 'not found' });
});

app.get('/search', async ({ query: { q } }, response) => {
  const escaped = (typeof q === 'string' ? q : '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const shops = await Merchant.find(
    { name: { $regex: escaped, $options: 'i' }, status: { $in: ['listed', 'suspended'] } },
    { name: 1, address: 1, status: 1 },
  )
    .limit(50)
    .lean();
  response.json(shops);
});

app.use((request, response, next) => {
  try {
    jwt.verify(request.headers.authorization?.slice(7) ?? '', secret);
    next();
  } catch {
    response.status(401).json({ error: 'not signed in' });
  }
});

app.get('/merchants', async ({ query: { subdistrict, status } }, response) => {
  const filter = {
    ...(typeof subdistrict === 'string' && { areas: subdistrict }),
    ...(typeof status === 'string' && { status }),
  };
  const [items, total] = await Promise.all([
    Merchant.find(filter, { grams: 0, text: 0 }).sort({ _id: 1 }).limit(50).lean(),
    Merchant.countDocuments(filter),
  ]);
  response.json({ items, total });
});

app.post('/visits', async (request, response) => {
  const { id: _id, merchant, ...rest } = request.body as { id: string; merchant?: unknown };
  if (typeof merchant !== 'string' || !(await Merchant.exists({ _id: merchant })))
    response.status(422).json({ error: 'no such merchant' });
  else
    response
      .status(201)
      .json(await new Visit().set({ _id, merchant, ...rest, receivedAt: new Date() }).save());
});

const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') console.log(`Ready: http://127.0.0.1:${address.port}`);
});
process.on('SIGTERM', () => process.exit(0));
