import { Center, Loader, Text } from '@mantine/core';
import { useEffect, useState } from 'react';

/** A message that shows for a shorter time than this, in ms, is only a flicker. */
const PATIENCE_MS = 300;

/** Says what is loading, once that takes long enough to be noticed. @param what stands behind "Loading" */
export function Loading({ what }: { readonly what: string }) {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Center component="output" mih={160} p="md">
      {isLate && (
        <>
          <Loader size="sm" mr="sm" aria-hidden />
          <Text c="dimmed">Loading {what} …</Text>
        </>
      )}
    </Center>
  );
}
