// The server that is tortured: one of its own, since it is killed. A commit reaches the disk before it is
// answered, as it does by default: that is what keeps the others waiting for a moment, and the reader back.
import { startServer } from '../faults/servers.mjs';

const settings = [
  // Who was cut off is at work for a while beside those who came again.
  'max_connections = 200',
  // A deadlock shows as soon as it is one.
  "deadlock_timeout = '50ms'",
];

export const startTorture = () => startServer('torture', { settings });
