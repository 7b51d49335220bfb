import { Link, useLocation } from 'wouter';
import { paths } from '../app/paths.ts';
import classes from './Navigation.module.css';

interface Props {
  /** The bot whose pages are linked; undefined until a bot is known. */
  readonly bot: string | undefined;
}

/** Links to every page. */
export function Navigation({ bot }: Props) {
  const [path] = useLocation();
  const links = [
    { href: paths.overview, text: 'Overview', isHere: path === paths.overview },
    ...(bot === undefined
      ? []
      : [
          { href: paths.buckets(bot), text: 'Buckets', isHere: /\/buckets(\/|$)/.test(path) },
          { href: paths.activity(bot), text: 'Activity', isHere: path.endsWith('/activity') },
        ]),
    { href: paths.replicas, text: 'Replicas', isHere: path === paths.replicas },
    { href: paths.audit, text: 'Audit', isHere: path === paths.audit },
  ];
  return (
    <nav aria-label="Pages" className={classes.navigation}>
      <ul className={classes.list}>
        {links.map(({ href, isHere, text }) => (
          <li key={text}>
            <Link href={href} className={classes.link} aria-current={isHere ? 'page' : undefined}>
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
