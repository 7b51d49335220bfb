import { memo, useMemo } from 'react';
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { Throughput } from '../../../permits/throughput.ts';
import { formatMinute } from '../../../time/format.ts';
import { chartTicks } from './chart-ticks.ts';
import classes from './ThroughputChart.module.css';

const RADIUS: [number, number, number, number] = [2, 2, 0, 0];
const MARGIN = { top: 8, right: 4, bottom: 0, left: 0 };

/**
 * Permits per minute as a chart. It is hidden from screen readers: the panel offers the same numbers as a table. It uses
 * recharts directly, because the charts of @mantine/charts load much that this one does not need.
 */
function ThroughputChart({ minutes }: { readonly minutes: readonly Throughput[] }) {
  const data = useMemo(
    () => minutes.map(({ at, permits }) => ({ minute: formatMinute(at), permits })),
    [minutes],
  );
  const ticks = useMemo(
    () => chartTicks(Math.max(0, ...minutes.map(({ permits }) => permits))),
    [minutes],
  );
  return (
    <div className={classes.chart} aria-hidden>
      <ResponsiveContainer>
        <BarChart data={data} margin={MARGIN} accessibilityLayer={false}>
          <CartesianGrid vertical={false} strokeDasharray="4 4" />
          <XAxis dataKey="minute" tickLine={false} minTickGap={24} />
          <YAxis
            allowDecimals={false}
            axisLine={false}
            domain={[0, ticks.at(-1) ?? 0]}
            ticks={ticks}
            interval={0}
            tickLine={false}
            width={36}
          />
          <Tooltip isAnimationActive={false} cursor={{ className: classes.cursor ?? '' }} />
          <Bar
            className={classes.bar ?? ''}
            dataKey="permits"
            isAnimationActive={false}
            maxBarSize={20}
            name="permits"
            radius={RADIUS}
          />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}

// The panel around the chart renders once a second.
export default memo(ThroughputChart);
