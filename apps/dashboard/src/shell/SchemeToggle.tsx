import { ActionIcon, type MantineColorScheme, useMantineColorScheme } from '@mantine/core';
import { Moon, Sun, SunMoon } from 'lucide-react';

const NEXT = { auto: 'light', light: 'dark', dark: 'auto' } as const;
const NAMES = { auto: 'as the system', light: 'light', dark: 'dark' } as const;

/** Switches the colors in turn: as the system, light, dark. */
export function SchemeToggle() {
  // Mantine suspends transitions by a style element, which the page's policy forbids.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const label = `Colors: ${NAMES[colorScheme]}. Change to ${NAMES[NEXT[colorScheme]]}`;
  return (
    <ActionIcon
      variant="default"
      size="lg"
      aria-label={label}
      title={label}
      onClick={() => setColorScheme(NEXT[colorScheme])}
    >
      <Icon scheme={colorScheme} />
    </ActionIcon>
  );
}

function Icon({ scheme }: { readonly scheme: MantineColorScheme }) {
  switch (scheme) {
    case 'auto':
      return <SunMoon size={18} aria-hidden />;
    case 'light':
      return <Sun size={18} aria-hidden />;
    case 'dark':
      return <Moon size={18} aria-hidden />;
  }
}
