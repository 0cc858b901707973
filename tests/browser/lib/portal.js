// A portal of the test's own, served by conf/quickstart with the programs of PORTAL_PROGRAMS.
'use strict';

const { execFile, spawn } = require('node:child_process');
const { once } = require('node:events');
const { appendFile, mkdtemp, rm } = require('node:fs/promises');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');
const { promisify } = require('node:util');

const run = promisify(execFile);
const kTree = path.resolve(__dirname, '../../..');
const kPrograms = path.resolve(process.env.PORTAL_PROGRAMS ?? path.join(kTree, 'build/bin'));

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

// Resolves to what quickstart printed, once it is ready or has ended.
function untilReady(child) {
  return new Promise((resolve) => {
    let output = '';
    const listen = (chunk) => {
      output += chunk;
      if (/^ready: /m.test(output)) resolve(output);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('exit', () => resolve(output));
  });
}

class Portal {
  constructor(child, url, scratch) {
    this.child = child;
    this.url = url;
    this.scratch = scratch;
    this.site = path.join(scratch, 'site');
    this.desk = null;  // { url, username, password }, if it was asked for
  }

  async stop() {
    const ended = this.child.exitCode === null ? once(this.child, 'exit') : null;
    this.child.kill('SIGTERM');
    await ended;
    await rm(this.scratch, { recursive: true, force: true });
  }

  // SQL on the portal's database; resolves to what it prints.
  async sql(statement) {
    const database = path.join(this.site, 'portal.db');
    const { stdout } = await run('sqlite3', ['-cmd', '.timeout 10000', database, statement]);
    return stdout.trim();
  }

  // The text of the newest of `number` mails to an address, as a mail program shows it.
  async mailTo(address, number = 1, options = []) {
    const reader = path.join(kTree, 'tests/support/mail.py');
    const mails = path.join(this.site, 'mail');
    return (await run('python3', [reader, ...options, mails, address, String(number)])).stdout;
  }

  // Its HTML.
  async htmlMailTo(address, number = 1) {
    return (await this.mailTo(address, number, ['--html'])).replace(/^[^]*?\n\n/, '');
  }

  // The link in the newest of `number` mails to an address.
  async linkTo(address, number = 1) {
    return (await this.mailTo(address, number)).match(/^http\S+\?token=\S+$/m)[0];
  }

  // The link 「心当たりがない」 in the newest mail to an address.
  async stopLinkTo(address) {
    return (await this.mailTo(address)).match(/^http\S+\/mail\/stop\?token=\S+$/m)[0];
  }

  // Lets somebody more into the desk's site; resolves to what he logs in with. quickstart's staff is `staff`.
  async deskUser(username) {
    const password = `of-${username}`;
    const { stdout } = await run('openssl', ['passwd', '-6', password]);
    await appendFile(path.join(this.site, 'desk.users'), `${username}:${stdout}`);
    return { username, password };
  }

  // Ends one responder: from then on its pages are away.
  async end(step) {
    const { stdout } = await run('ps', ['-o', 'pid=,args=', '--ppid', String(this.child.pid)]);
    const line = stdout.split('\n').find((one) => one.includes(`/portal-${step} `));
    process.kill(Number.parseInt(line, 10), 'SIGKILL');
  }
}

// `options`: more of quickstart's, such as --desk.
async function startPortal(options = []) {
  const scratch = await mkdtemp(path.join(os.tmpdir(), 'portal-browser-'));
  let output = '';
  for (let tries = 0; tries < 5; ++tries) {  // another process may take the free port meanwhile
    const port = await freePort();
    const child = spawn(path.join(kTree, 'conf/quickstart'),
      ['--programs', kPrograms, '--dir', path.join(scratch, 'site'), '--port', String(port), ...options]);
    output = await untilReady(child);
    if (child.exitCode === null) {
      const portal = new Portal(child, `http://127.0.0.1:${port}`, scratch);
      const [, url, username, password] = output.match(/^desk: (\S+) (\S+) (\S+)$/m) ?? [];
      if (url) portal.desk = { url, username, password };
      return portal;
    }
    if (!/is in use|could not bind/.test(output)) break;
  }
  await rm(scratch, { recursive: true, force: true });
  throw new Error(`the portal does not start: ${output}`);
}

module.exports = { freePort, kPrograms, kTree, startPortal };
