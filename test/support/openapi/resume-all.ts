/** Lifts every pause and every override. @param headers of an operator */
export async function resumeAll(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const api = `${url}/api/v1`;
  const ask = async (method: string, path: string): Promise<string> => {
    const answer = await fetch(api + path, { method, headers });
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}`);
    return answer.text();
  };
  const pauses: { items: { bot: string; bucket?: number }[] } = JSON.parse(
    await ask('GET', '/pauses'),
  );
  for (const { bot, bucket } of pauses.items) {
    const scope = bucket === undefined ? '' : `/buckets/${bucket}`;
    await ask('DELETE', `/bots/${encodeURIComponent(bot)}${scope}/pause`);
  }
  const bots: { items: { bot: string }[] } = JSON.parse(await ask('GET', '/bots'));
  for (const { bot } of bots.items) {
    await ask('DELETE', `/bots/${encodeURIComponent(bot)}/limits/override`);
  }
}
