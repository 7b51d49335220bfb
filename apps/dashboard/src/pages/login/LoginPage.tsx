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

/** Asks for a token. After login it leads back to the page that required one. */
export default function LoginPage() {
  const [token, setToken] = useState('');
  const [, navigate] = useLocation();
  const search = useSearch();
  const proceed = useCallback(
    () => navigate(pathAfterLogin(search), { replace: true }),
    [navigate, search],
  );
  // There may be a session already, from before or from another tab.
  const proceedWithSession = useCallback(() => {
    showSession()
      .then(proceed)
      .catch(() => undefined);
  }, [proceed]);
  useEffect(proceedWithSession, [proceedWithSession]);
  useOnReturn(proceedWithSession);
  const { isBusy, problem, submit } = useSubmit(() => beginSession(token.trim()), proceed);
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
              <Text size="sm">Log in to return to the page you were on.</Text>
            )}
            <PasswordInput
              label="Token"
              description="A token of ADMIN_TOKENS. Without that setting: the token in the file that the service named in its log at its first start."
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

/** Replaces the API's text about a wrong token, which is written for programs. */
function forLogin(problem: ApiProblem): ApiProblem {
  if (problem.code !== 'unauthorized') return problem;
  return new ApiProblem({
    status: problem.status,
    code: problem.code,
    title: 'Unknown token',
    detail: 'Check that you copied the whole token, and that it is a token of this service.',
  });
}
