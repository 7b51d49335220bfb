import { Transform } from 'class-transformer';
import { ValidateBy, type ValidationArguments } from 'class-validator';

/** How one kind of setting is read and judged. */
export interface Kind {
  /** Reads the variable's text. What it cannot make sense of it may return as anything that `accepts` refuses. */
  readonly parse: (text: string) => unknown;
  /** Also asked about the default. */
  readonly accepts: (value: unknown) => boolean;
  /** What would be right, as the end of a sentence that begins with the setting's name. */
  readonly rule: string;
}

/** Makes a decorator of a kind. A property without a value stays as the class made it. */
export function setting({ parse, accepts, rule }: Kind): PropertyDecorator {
  return (target, property) => {
    Transform(({ value }) => (typeof value === 'string' ? parse(value) : value))(target, property);
    check('kind', rule, accepts)(target, property);
  };
}

/** A whole number that is less than that of another setting. */
export function LessThan(other: string, otherVariable: string): PropertyDecorator {
  return check('lessThan', `must be less than ${otherVariable}`, (value, args) => {
    const limit: unknown = args && Reflect.get(args.object, other);
    // When either is no number, that alone is worth saying.
    if (typeof value !== 'number' || typeof limit !== 'number') return true;
    return Number.isNaN(value) || Number.isNaN(limit) || value < limit;
  });
}

function check(
  name: string,
  rule: string,
  accepts: (value: unknown, args?: ValidationArguments) => boolean,
): PropertyDecorator {
  return ValidateBy({
    name,
    validator: {
      validate: (value, args) => value === undefined || accepts(value, args),
      defaultMessage: () => rule,
    },
  });
}
