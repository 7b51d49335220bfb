import classes from './SkipLink.module.css';

/** The first link of the page for keyboard users: it skips the header. */
export function SkipLink() {
  return (
    <a href="#main" className={classes.link}>
      Skip to the content
    </a>
  );
}
