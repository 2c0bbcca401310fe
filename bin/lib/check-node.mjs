// Says in one sentence when this Node is too old, before anything newer than it is loaded.
const OLDEST = [20, 19];

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  console.error(
    `Mingdan needs Node ${OLDEST.join('.')} or newer, this is ${process.versions.node}: see https://nodejs.org.`,
  );
  process.exit(1);
}
