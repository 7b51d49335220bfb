import { beforeEach, expect, test } from 'vitest';
import { Secret } from '../settings/secret.ts';
import { TextFileError } from '../settings/text-file.ts';
import { CurrentToken } from './current-token.ts';

const OLD = 'MTIz.old.canary';
const NEW = 'MTIz.new.canary';

const unusable = () => {
  throw new TextFileError('names a file that cannot be read (ENOENT)');
};

let lines: string[];
let file: () => string;
let token: CurrentToken;

beforeEach(() => {
  lines = [];
  file = () => OLD;
  const logger = {
    log: (line: string) => lines.push(`info ${line}`),
    warn: (line: string) => lines.push(`warn ${line}`),
  };
  const rereadToken = () => new Secret(file());
  token = new CurrentToken(new Secret(OLD), { id: 'music', rereadToken }, logger);
});

test('a file that has another token is followed, and the log says so without it', () => {
  expect(token.reread()).toBe(false);
  file = () => NEW;
  expect(token.reread()).toBe(true);
  expect(token.reveal()).toBe(NEW);
  expect(token.reread()).toBe(false);
  expect(lines).toEqual(['info Bot music has another token from its file']);
});

test('P12 while the file is unusable the old token stays, with one warning each time', () => {
  for (const now of [unusable, unusable, () => OLD, unusable]) {
    file = now;
    expect(token.reread()).toBe(false);
  }
  expect(token.reveal()).toBe(OLD);
  const warning =
    'warn Bot music keeps its old token: the setting of the token names a file that cannot be read (ENOENT)';
  expect(lines).toEqual([warning, warning]);
});

test('a token of another application is not taken', () => {
  file = () => 'NDU2.new.canary';
  expect(token.reread()).toBe(false);
  expect(token.reveal()).toBe(OLD);
  expect(lines).toEqual([
    'warn Bot music keeps its old token: the file has a token of another application, which takes a restart',
  ]);
});

test('a token that is in no file stays', () => {
  const fixed = new CurrentToken(new Secret(OLD), { id: 'music' }, { log() {}, warn() {} });
  expect(fixed.reread()).toBe(false);
  expect(fixed.reveal()).toBe(OLD);
});
