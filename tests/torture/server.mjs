// The server that is tortured: one of its own, since it is killed.
import { startServer } from '../faults/servers.mjs';

const settings = [
  // A killed server's pages are the system's, which lives on: nothing is lost that was written.
  'fsync = off',
  // Who was cut off is at work for a while beside those who came again.
  'max_connections = 200',
  // A deadlock shows as soon as it is one.
  "deadlock_timeout = '50ms'",
];

export const startTorture = () => startServer('torture', { settings });
