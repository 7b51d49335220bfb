import classes from './SkipLink.module.css';

/** The first thing that one comes to by keyboard: past the header. */
export function SkipLink() {
  return (
    <a href="#main" className={classes.link}>
      Skip to the content
    </a>
  );
}
