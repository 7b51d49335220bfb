import { Kbd, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { Search } from 'lucide-react';
import { type SubmitEvent, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../app/paths.ts';
import { useCurrentBot } from '../shell/use-current-bot.ts';
import { useSnapshot } from '../live/live-context.ts';
import { bucketHint, shardIn } from './shard-in.ts';

/** Finds a shard, from everywhere. */
export function ShardSearch() {
  const [text, setText] = useState('');
  const [, navigate] = useLocation();
  const input = useRef<HTMLInputElement>(null);
  const bot = useCurrentBot();
  const maxConcurrency = useSnapshot()?.bots[bot ?? '']?.limits?.maxConcurrency;
  useHotkeys([['/', () => input.current?.focus()]]);

  const shard = shardIn(text);
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    if (bot === undefined || shard === undefined) return;
    setText('');
    navigate(paths.shard(bot, shard));
  };
  const isWrong = text.trim() !== '' && shard === undefined;
  return (
    <search>
      <form onSubmit={onSubmit}>
        <TextInput
          ref={input}
          size="sm"
          inputMode="numeric"
          enterKeyHint="search"
          aria-label="Find a shard by its number"
          placeholder="Find shard …"
          value={text}
          error={isWrong && 'A shard is a number, like 42'}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          leftSection={<Search size={16} aria-hidden />}
          rightSectionWidth={shard === undefined ? 36 : 110}
          rightSectionPointerEvents="none"
          rightSection={
            shard === undefined ? (
              <Kbd size="xs" aria-hidden>
                /
              </Kbd>
            ) : (
              bucketHint(shard, maxConcurrency)
            )
          }
        />
      </form>
    </search>
  );
}
