import { SetMetadata } from '@nestjs/common';
import { ACCESS, type AccessLevel } from './access-level.ts';
import { documentAccess } from './document-access.ts';

/**
 * Declares who may call a route, or all routes of a controller. A route's own decorator goes before its controller's. A
 * route without either is denied. For operators' routes this also documents the credentials and the refusals.
 */
export function Access(level: AccessLevel): MethodDecorator & ClassDecorator {
  return (target: object, key?: string | symbol, descriptor?: PropertyDescriptor): void => {
    const methods = descriptor ? [descriptor] : undeclaredMethodsOf(target);
    // Route by route: documented on the controller, it would also appear on routes with another access.
    if (level === 'viewer' || level === 'operator') {
      for (const method of methods) documentAccess(level)(target, key ?? '', method);
    }
    const note = SetMetadata(ACCESS, level);
    if (key !== undefined && descriptor) note(target, key, descriptor);
    else if (typeof target === 'function') note(target);
  };
}

/** The methods without an access of their own. They are decorated before their class. */
function undeclaredMethodsOf(target: object): PropertyDescriptor[] {
  const prototype: unknown = Reflect.get(target, 'prototype');
  const members = Object.values(Object.getOwnPropertyDescriptors(prototype ?? {}));
  return members.filter(
    ({ value }) =>
      typeof value === 'function' && value !== target && !Reflect.hasMetadata(ACCESS, value),
  );
}
