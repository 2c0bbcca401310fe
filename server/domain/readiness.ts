// Whether this process can serve: a primary answers within a second.
import mongoose from 'mongoose';

const patienceMillis = 1_000;

export async function isReady(): Promise<boolean> {
  const { db } = mongoose.connection;
  if (mongoose.connection.readyState !== mongoose.ConnectionStates.connected || !db) return false;
  const timeout = new Promise<false>((resolve) =>
    setTimeout(() => {
      resolve(false);
    }, patienceMillis).unref(),
  );
  const primary = db.command({ hello: 1 }).then(
    ({ isWritablePrimary }) => isWritablePrimary === true,
    () => false,
  );
  return Promise.race([primary, timeout]);
}
