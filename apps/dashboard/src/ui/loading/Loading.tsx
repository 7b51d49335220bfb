import { Center, Loader, Text } from '@mantine/core';
import { useEffect, useState } from 'react';

/** What comes within this many ms needs no word. */
const PATIENCE_MS = 300;

/** Says that something is on its way, if it takes long enough to be noticed. @param what begins the sentence */
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
          <Text c="dimmed">{what} is being loaded …</Text>
        </>
      )}
    </Center>
  );
}
