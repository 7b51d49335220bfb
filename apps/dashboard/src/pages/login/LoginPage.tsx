import '@mantine/core/styles/PasswordInput.layer.css';
import { Badge, Button, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { type SubmitEvent, useCallback, useEffect, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { ApiProblem } from '../../api/api-problem.ts';
import { beginSession, showSession } from '../../api/session.ts';
import { useSubmit } from '../../api/use-submit.ts';
import { useOnReturn } from '../../api/use-on-return.ts';
import { pathAfterLogin } from '../../session/login-path.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import classes from './LoginPage.module.css';

/** Asks for a token, and leads back to where one came from. */
export default function LoginPage() {
  const [token, setToken] = useState('');
  const [, navigate] = useLocation();
  const search = useSearch();
  const goOn = useCallback(
    () => navigate(pathAfterLogin(search), { replace: true }),
    [navigate, search],
  );
  // Whoever has logged in already, or elsewhere meanwhile, is logged in here too.
  const follow = useCallback(() => {
    showSession()
      .then(goOn)
      .catch(() => undefined);
  }, [goOn]);
  useEffect(follow, [follow]);
  useOnReturn(follow);
  const { isBusy, problem, submit } = useSubmit(() => beginSession(token.trim()), goOn);
  useEffect(() => {
    document.title = `Log in · gateway-queue · ${location.host}`;
  }, []);

  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    submit();
  };
  return (
    <main className={classes.page}>
      <Paper withBorder radius="md" shadow="sm" p="xl" className={classes.card ?? ''}>
        <form onSubmit={onSubmit}>
          <Stack>
            <div>
              <Title order={1} size="h2">
                gateway-queue
              </Title>
              <Badge variant="default" tt="none" mt={4}>
                {location.host}
              </Badge>
            </div>
            {search !== '' && problem === undefined && (
              <Text size="sm">Log in to go on where you were.</Text>
            )}
            <PasswordInput
              label="Token"
              description="One of ADMIN_TOKENS. With none configured: the one in the file that the service named in its log when it first started."
              autoComplete="current-password"
              required
              data-autofocus
              value={token}
              onChange={({ currentTarget }) => setToken(currentTarget.value)}
              visibilityToggleButtonProps={{ 'aria-label': 'Show the token', tabIndex: 0 }}
            />
            {problem !== undefined && <ProblemAlert problem={forLogin(problem)} />}
            <Button type="submit" loading={isBusy} color="blue.8">
              Log in
            </Button>
          </Stack>
        </form>
      </Paper>
    </main>
  );
}

/** What the API says of a wrong token is meant for programs. */
function forLogin(problem: ApiProblem): ApiProblem {
  if (problem.code !== 'unauthorized') return problem;
  return new ApiProblem({
    status: problem.status,
    code: problem.code,
    title: 'This is the token of nobody',
    detail: 'Check that all of it was copied, and that it is a token of this very service.',
  });
}
