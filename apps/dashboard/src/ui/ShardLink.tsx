import { Text } from '@mantine/core';
import { paths } from '../app/paths.ts';
import { TextLink } from './TextLink.tsx';

interface Props {
  readonly bot: string;
  /** Undefined when the request named no shard. */
  readonly shard: number | undefined;
}

/** A shard's number, as a link to the shard's page. */
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
