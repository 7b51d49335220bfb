import { Text } from '@mantine/core';
import { paths } from '../app/paths.ts';
import { TextLink } from './TextLink.tsx';

interface Props {
  readonly bot: string;
  /** Undefined when the request named none. */
  readonly shard: number | undefined;
}

/** A shard's number, which leads to where it is. */
export function ShardLink({ bot, shard }: Props) {
  if (shard === undefined) {
    return (
      <Text span inherit c="dimmed" title="The request named no shard.">
        not named
      </Text>
    );
  }
  return <TextLink href={paths.shard(bot, shard)}>{shard}</TextLink>;
}
