import { SetMetadata } from '@nestjs/common';
import { ACCESS, type AccessLevel } from './access-level.ts';
import { documentAccess } from './document-access.ts';

/**
 * Says who may call a route, or all routes of a controller; a route's own word goes before its controller's. A route of
 * which nothing is said is denied. For operators this documents the credentials and what becomes of who has none, too.
 */
export function Access(level: AccessLevel): MethodDecorator & ClassDecorator {
  return (target: object, key?: string | symbol, descriptor?: PropertyDescriptor): void => {
    const methods = descriptor ? [descriptor] : undeclaredMethodsOf(target);
    // Route by route: what a controller documents would stand beside what a route of another access does.
    if (level === 'viewer' || level === 'operator') {
      for (const method of methods) documentAccess(level)(target, key ?? '', method);
    }
    const note = SetMetadata(ACCESS, level);
    if (key !== undefined && descriptor) note(target, key, descriptor);
    else if (typeof target === 'function') note(target);
  };
}

/** By the time that a class is decorated its methods have been. */
function undeclaredMethodsOf(target: object): PropertyDescriptor[] {
  const prototype: unknown = Reflect.get(target, 'prototype');
  const members = Object.values(Object.getOwnPropertyDescriptors(prototype ?? {}));
  return members.filter(
    ({ value }) =>
      typeof value === 'function' && value !== target && !Reflect.hasMetadata(ACCESS, value),
  );
}
