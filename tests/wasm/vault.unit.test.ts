import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey, hkdfSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deriveKeys, hashPassword, sealBytes } from '@landfall/bindings/index.ts';
import type { BackupFacts, VaultModule } from '@landfall/bindings/index.ts';
import { describe, expect, it } from 'vitest';
import {
  bareModule,
  builtVault,
  codeOf,
  compiledVault,
  fixedBytes,
  utf8,
  valueOf,
} from './support/module.ts';

const kFloor = { memory_kib: 19 * 1024, passes: 2 };
const kRoot = fixedBytes(32);
const kFacts = {
  aud: 'landfall.localhost/log',
  vault: 'a'.repeat(64),
  counter: 7,
  sha256: 'b'.repeat(64),
  size: 4096,
};

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** What Debian's reference program makes of the same. */
function argon2(password: string, salt: string, memoryKib: number, passes: number): string {
  const cost = ['-k', String(memoryKib), '-t', String(passes), '-p', '1'];
  const args = [salt, '-id', '-v', '13', '-l', '32', '-r', ...cost];
  return execFileSync('argon2', args, {
    input: password,
    encoding: 'utf8',
  }).trim();
}

describe('hashing a password', () => {
  it('gives what the reference program gives', async () => {
    const compiled = await compiledVault();
    const rows = [
      ['1234', 19 * 1024, 2],
      ['一點點波波萬事', 32 * 1024, 3],
      ['x'.repeat(127), 64 * 1024, 2],
    ] as const;
    let compared = 0;

    for (const [password, memory_kib, passes] of rows) {
      const salt = randomBytes(8).toString('hex');
      const hash = await hashPassword(compiled, utf8(password), utf8(salt), {
        memory_kib,
        passes,
      });

      expect(hex(valueOf(hash))).toBe(argon2(password, salt, memory_kib, passes));
      compared += 1;
    }
    expect(compared).toBe(3);
  });

  it('takes the most that is allowed', async () => {
    const most = { memory_kib: 256 * 1024, passes: 2 };

    const hash = await hashPassword(await compiledVault(), utf8('1234'), fixedBytes(16), most);

    expect(valueOf(hash)).toHaveLength(32);
  });

  it('refuses a cost out of bounds before it takes any memory', async () => {
    const compiled = await compiledVault();
    const refused = [
      { memory_kib: 0, passes: 0 },
      { ...kFloor, memory_kib: 19 * 1024 - 1 },
      { ...kFloor, memory_kib: 256 * 1024 + 1 },
      { ...kFloor, memory_kib: 0xffffffff },
      { ...kFloor, passes: 1 },
      { ...kFloor, passes: 17 },
    ];

    for (const cost of refused) {
      const hash = await hashPassword(compiled, utf8('1234'), fixedBytes(16), cost);
      expect(codeOf(hash), JSON.stringify(cost)).toBe('password_cost_refused');
    }
    const short = await hashPassword(compiled, utf8('1234'), fixedBytes(15), kFloor);
    expect(codeOf(short)).toBe('password_cost_refused');
  });
});

describe('a recovery code', () => {
  it('is read as it was written, however it is typed', async () => {
    const vault = await builtVault();
    let tried = 0;
    for (; tried < 200; tried += 1) {
      const secret = randomBytes(15);
      const code = valueOf(vault.writeRecoveryCode(secret));

      expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{2}$/);
      const typed = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o');
      expect(hex(valueOf(vault.readRecoveryCode(typed)))).toBe(hex(secret));
    }
    expect(tried).toBe(200);
  });

  it('tells which group is wrong', async () => {
    const vault = await builtVault();

    const wrong = vault.readRecoveryCode('000G-40R4-0M30-E2X9-185G-R38E-FK');

    expect(wrong).toEqual({
      ok: false,
      error: { code: 'recovery_code_wrong', offset: 4 },
    });
  });

  it('names a vault and gives its keys, as HKDF and X25519 of Node do', async () => {
    const vault = await builtVault();
    const secret = randomBytes(15);
    const derived = (what: string): Buffer =>
      Buffer.from(hkdfSync('sha256', secret, '', `landfall/v1/${what}`, 32));

    const keys = valueOf(vault.recoveryKeys(secret));

    expect(keys.vault_id).toBe(derived('vault-id').toString('hex'));
    const der = Buffer.concat([
      Buffer.from('302e020100300506032b656e04220420', 'hex'),
      derived('vault-wrap'),
    ]);
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    const point = createPublicKey(key).export({ format: 'jwk' }).x ?? '';
    expect(bech32Bytes(keys.recipient)).toBe(Buffer.from(point, 'base64url').toString('hex'));
  });

  it('opens, with the age program, what the core sealed to it', async () => {
    const vault = await builtVault();
    const keys = valueOf(vault.recoveryKeys(randomBytes(15)));
    const sealed = sealBytes(await bareModule(), [keys.recipient], fixedBytes(64), utf8('drafts'));
    const folder = mkdtempSync(path.join(tmpdir(), 'landfall-vault-'));
    try {
      const identity = path.join(folder, 'identity');
      writeFileSync(identity, `${keys.identity}\n`);

      const opened = execFileSync('age', ['-d', '-i', identity], {
        input: valueOf(sealed),
      });

      expect(opened.toString()).toBe('drafts');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** The 32 bytes that an age recipient writes, in hexadecimal. */
function bech32Bytes(recipient: string): string {
  const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
  const bits = [...recipient.slice('age1'.length, -6)]
    .map((symbol) => alphabet.indexOf(symbol).toString(2).padStart(5, '0'))
    .join('');
  const bytes = bits.match(/.{8}/g) ?? [];
  return bytes.map((byte) => parseInt(byte, 2).toString(16).padStart(2, '0')).join('');
}

describe('the statement of a backup', () => {
  const check = (vault: VaultModule, more: Partial<typeof kFacts>, root = kRoot): string => {
    const statement = valueOf(vault.signBackup(kRoot, kFacts));
    const checked = vault.checkBackup(root, statement, { ...kFacts, ...more });
    return checked.ok ? String(checked.value) : checked.error.code;
  };

  it('is signed by the key that the core derives from the same root', async () => {
    const vault = await builtVault();
    const keys = valueOf(deriveKeys(await bareModule(), kRoot));

    const statement = valueOf(vault.signBackup(kRoot, kFacts));

    const [header = '', payload = ''] = statement.split('.');
    const read = (part: string): unknown =>
      JSON.parse(Buffer.from(part, 'base64url').toString()) as unknown;
    expect(read(header)).toEqual({
      alg: 'EdDSA',
      kid: keys.kid,
      typ: 'landfall-backup',
    });
    expect(read(payload)).toEqual({ ...kFacts, sign_key: keys.sign_key });
  });

  it('asks for a deletion when it describes no backup', async () => {
    const vault = await builtVault();
    const { sha256: _sha256, size: _size, ...deletion } = kFacts;

    const statement = valueOf(vault.signBackup(kRoot, deletion satisfies BackupFacts));

    const checked = vault.checkBackup(kRoot, statement, kFacts);
    expect(codeOf(checked)).toBe('backup_deleted');
  });

  it('is believed when it says what is expected and not before', async () => {
    const vault = await builtVault();

    expect(check(vault, {})).toBe('7');
    expect(check(vault, { counter: 1 })).toBe('7');
    expect(check(vault, { counter: 8 })).toBe('backup_rolled_back');
    expect(check(vault, { aud: 'other.localhost/log' })).toBe('backup_not_genuine');
    expect(check(vault, { vault: 'c'.repeat(64) })).toBe('backup_not_genuine');
    expect(check(vault, { sha256: 'c'.repeat(64) })).toBe('backup_not_genuine');
    expect(check(vault, { size: 4097 })).toBe('backup_not_genuine');
    expect(check(vault, {}, fixedBytes(32, 8))).toBe('backup_not_genuine');
  });

  it('is not signed for what no server would take', async () => {
    const vault = await builtVault();

    for (const wrong of [{ counter: 0 }, { vault: 'short' }, { size: 0 }, { aud: 'two words' }]) {
      const statement = vault.signBackup(kRoot, { ...kFacts, ...wrong });
      expect(codeOf(statement), JSON.stringify(wrong)).toBe('json_shape');
    }
    expect(codeOf(vault.signBackup(fixedBytes(31), kFacts))).toBe('entropy_short');
  });
});
