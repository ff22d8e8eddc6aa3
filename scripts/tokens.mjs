// Makes the tokens of a Docker Compose set-up once: `node tokens.mjs SERVICE_DIR GRAFANA_DIR [--show]`. The service gets
// hashes only; Grafana gets what its roles need; the token that may write is shown on demand.
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const GRAFANA_USER = 472;
const SCOPES = {
  write: ['write'],
  read: ['read'],
  annotate: ['read', 'annotate'],
  admin: ['read', 'annotate', 'admin'],
};
const [serviceDir, grafanaDir] = process.argv.slice(2);

function make() {
  const tokens = Object.entries(SCOPES).map(([name, scopes]) => {
    const token = `jl_${randomBytes(24).toString('base64url')}`;
    const file = path.join(name === 'write' ? serviceDir : grafanaDir, name);
    writeFileSync(file, token, { mode: 0o400 });
    if (name !== 'write') {
      chownSync(file, GRAFANA_USER, 0);
    }
    return { name, scopes, sha256: createHash('sha256').update(token).digest('hex') };
  });
  const file = path.join(serviceDir, 'tokens.json');
  writeFileSync(file, JSON.stringify({ tokens }, null, 2));
  chmodSync(file, 0o444);
}

if (!existsSync(path.join(serviceDir, 'tokens.json'))) {
  make();
}
if (process.argv.includes('--show')) {
  console.log(readFileSync(path.join(serviceDir, 'write'), 'utf8'));
}
