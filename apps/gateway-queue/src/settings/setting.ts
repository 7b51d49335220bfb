import { Transform } from 'class-transformer';
import { ValidateBy, type ValidationArguments } from 'class-validator';
import { variableOf } from './environment.ts';
import { Secret } from './secret.ts';

/** How one kind of setting is read and judged. */
interface Kind {
  /** Reads the variable's text. For text that it cannot read it returns any value that `accepts` refuses. */
  readonly parse: (text: string) => unknown;
  /** Whether a value is valid. The default is judged as well. */
  readonly accepts: (value: unknown) => boolean;
  /** What a valid value is, as the end of a sentence that begins with the setting's name. */
  readonly rule: string;
}

/** How one kind of secret is read. */
interface SecretKind {
  /** Undefined for text that is not valid. */
  readonly parse: (text: string) => Secret | undefined;
  /** As {@link Kind.rule}. */
  readonly rule: string;
}

/** The properties that are secrets, by the prototype of their class. */
const secrets = new WeakMap<object, readonly string[]>();

/** Makes a decorator of a kind. A property without a variable keeps the class's default. */
export function setting({ parse, accepts, rule }: Kind): PropertyDecorator {
  return (target, property) => {
    Transform(({ value }) => (typeof value === 'string' ? parse(value) : value))(target, property);
    check('kind', rule, accepts)(target, property);
  };
}

/** Makes a decorator of a kind whose values are kept as {@link Secret}s and can be read from a file. */
export function secretSetting({ parse, rule }: SecretKind): PropertyDecorator {
  const decorate = setting({
    parse: (text) => parse(text) ?? text,
    accepts: (value) => value instanceof Secret,
    rule,
  });
  return (target, property) => {
    decorate(target, property);
    secrets.set(target, [...(secrets.get(target) ?? []), String(property)]);
  };
}

/** The properties of a class of settings that are secrets. */
export function secretProperties(settings: { readonly prototype: object }): readonly string[] {
  return secrets.get(settings.prototype) ?? [];
}

/** A number that must be less than that of another setting, named by its property. */
export function LessThan(other: string): PropertyDecorator {
  return check('lessThan', `must be less than ${variableOf(other)}`, (value, args) => {
    const limit: unknown = args && Reflect.get(args.object, other);
    // When one of the two is no number, the violation of its own rule is reported.
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
