import { lazy, Suspense } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { NotFoundPage } from '../pages/not-found/NotFoundPage.tsx';
import { LoadBoundary } from '../ui/loading/LoadBoundary.tsx';
import { Loading } from '../ui/loading/Loading.tsx';
import { numberInPath, paths } from './paths.ts';

const OverviewPage = lazy(() => import('../pages/overview/OverviewPage.tsx'));
const BucketsPage = lazy(() => import('../pages/buckets/BucketsPage.tsx'));
const BucketPage = lazy(() => import('../pages/bucket/BucketPage.tsx'));
const ShardPage = lazy(() => import('../pages/shard/ShardPage.tsx'));
const ActivityPage = lazy(() => import('../pages/activity/ActivityPage.tsx'));
const ReplicasPage = lazy(() => import('../pages/replicas/ReplicasPage.tsx'));
const AuditPage = lazy(() => import('../pages/audit/AuditPage.tsx'));

/** The page that the address names. A page is loaded at its first visit. */
export function Pages() {
  const [path] = useLocation();
  return (
    // The key resets the boundary: after one page failed to load, another may still load.
    <LoadBoundary key={path}>
      <Suspense fallback={<Loading what="the page" />}>
        <Switch>
          <Route path={paths.overview} component={OverviewPage} />
          <Route path="/bots/:bot/buckets">
            {({ bot }) => <BucketsPage key={bot} bot={bot} />}
          </Route>
          <Route path="/bots/:bot/buckets/:bucket">
            {({ bot, bucket }) => <BucketRoute bot={bot} bucket={bucket} />}
          </Route>
          <Route path="/bots/:bot/shards/:shard">
            {({ bot, shard }) => <ShardRoute bot={bot} shard={shard} />}
          </Route>
          <Route path="/bots/:bot/activity">
            {({ bot }) => <ActivityPage key={bot} bot={bot} />}
          </Route>
          <Route path={paths.replicas} component={ReplicasPage} />
          <Route path={paths.audit} component={AuditPage} />
          <Route component={NotFoundPage} />
        </Switch>
      </Suspense>
    </LoadBoundary>
  );
}

function BucketRoute({ bot, bucket }: { readonly bot: string; readonly bucket: string }) {
  const number = numberInPath(bucket);
  if (number === undefined) return <NotFoundPage />;
  return <BucketPage key={`${bot}/${number}`} bot={bot} bucket={number} />;
}

function ShardRoute({ bot, shard }: { readonly bot: string; readonly shard: string }) {
  const number = numberInPath(shard);
  if (number === undefined) return <NotFoundPage />;
  return <ShardPage key={`${bot}/${number}`} bot={bot} shard={number} />;
}
