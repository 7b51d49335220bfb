import { Kbd, Text, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { Search } from 'lucide-react';
import { type SubmitEvent, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../app/paths.ts';
import { useSnapshot } from '../live/live-context.ts';
import classes from './ShardSearch.module.css';
import { bucketHint, shardIn } from './shard-in.ts';

/** Not a single key: speech input would press it by mistake (WCAG 2.2, 2.1.4). */
const KEYS = /mac|iphone|ipad/i.test(navigator.userAgent) ? '⌘ K' : 'Ctrl K';

interface Props {
  /** The bot that a number without a name refers to; undefined until a bot is known. */
  readonly bot: string | undefined;
}

/** Leads to a shard's page from every page. */
export function ShardSearch({ bot }: Props) {
  const [text, setText] = useState('');
  const [isAsked, setAsked] = useState(false);
  const [, navigate] = useLocation();
  const input = useRef<HTMLInputElement>(null);
  const bots = useSnapshot()?.bots ?? {};
  const focus = () => {
    // While a dialog is open, the focus has to stay inside it.
    if (document.querySelector('[role="dialog"][aria-modal="true"]') === null) {
      input.current?.focus();
    }
  };
  useHotkeys([['mod+K', focus]], []);

  const typed = shardIn(text);
  const named = typed?.bot ?? bot;
  const meant = typed && Object.keys(bots).find((id) => id === named);
  const change = (changed: string) => {
    setText(changed);
    setAsked(false);
  };
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    setAsked(true);
    if (meant === undefined || typed === undefined) return;
    change('');
    navigate(paths.shard(meant, typed.shard));
  };
  const hasSeveral = Object.keys(bots).length > 1;
  return (
    <search>
      <form onSubmit={onSubmit}>
        <TextInput
          ref={input}
          size="sm"
          inputMode={hasSeveral ? 'text' : 'numeric'}
          enterKeyHint="search"
          aria-label={
            hasSeveral
              ? `Find a shard by its number: of bot ${bot}, or of the bot that you name before the number`
              : 'Find a shard by its number'
          }
          aria-keyshortcuts="Control+K Meta+K"
          title={hasSeveral ? `“${bot} 42” is shard 42 of bot ${bot}` : undefined}
          placeholder={hasSeveral ? `Shard of ${bot} …` : 'Find shard …'}
          value={text}
          error={isAsked && problemOf(text, typed?.bot)}
          onChange={({ currentTarget }) => change(currentTarget.value)}
          leftSection={<Search size={16} aria-hidden />}
          rightSectionWidth={meant === undefined ? 64 : 160}
          rightSectionPointerEvents="none"
          rightSection={
            typed === undefined || meant === undefined ? (
              <Kbd size="xs" aria-hidden className={classes.keys ?? ''}>
                {KEYS}
              </Kbd>
            ) : (
              <Text size="sm" c="dimmed" truncate px="xs">
                {hasSeveral && `${meant}, `}
                {bucketHint(typed.shard, bots[meant]?.limits?.maxConcurrency)}
              </Text>
            )
          }
        />
      </form>
    </search>
  );
}

/** Why the text that was submitted names no shard; undefined for an empty field. */
function problemOf(text: string, named: string | undefined): string | undefined {
  if (text.trim() === '') return undefined;
  return named === undefined ? 'Enter a shard number, like 42' : `There is no bot named ${named}`;
}
