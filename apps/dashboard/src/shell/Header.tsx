import { Badge, Group } from '@mantine/core';
import { Link } from 'wouter';
import { paths } from '../app/paths.ts';
import { ShardSearch } from '../search/ShardSearch.tsx';
import { useEnvironment } from '../session/use-environment.ts';
import { ConnectionMark } from './ConnectionMark.tsx';
import { FreezeSwitch } from './FreezeSwitch.tsx';
import classes from './Header.module.css';
import { SchemeToggle } from './SchemeToggle.tsx';
import { Account } from './Account.tsx';

interface Props {
  /** The bot of the page, for the shard search; undefined until a bot is known. */
  readonly bot: string | undefined;
}

/** The installation's name, the shard search, the state of the connection, and the user. */
export function Header({ bot }: Props) {
  const environment = useEnvironment();
  return (
    <header className={classes.header}>
      <div className={classes.inner}>
        <Group gap="xs" wrap="nowrap" className={classes.brand ?? ''}>
          <Link href={paths.overview} className={classes.name}>
            gateway-queue
          </Link>
          <Badge variant="default" tt="none" title={`This page comes from ${location.host}`}>
            {environment}
          </Badge>
        </Group>
        <div className={classes.search}>
          <ShardSearch bot={bot} />
        </div>
        <div className={classes.live}>
          <ConnectionMark />
          <FreezeSwitch />
        </div>
        <Group gap="xs" wrap="nowrap" className={classes.user ?? ''}>
          <SchemeToggle />
          <Account />
        </Group>
      </div>
    </header>
  );
}
