import { apiExport, poll } from '../programs/api.js';
import { ingestFiles, worker } from '../programs/files.js';
import { featureBuild, training } from '../programs/learning.js';
import { pythonTrace } from '../programs/traces.js';
import type { JobSpec } from '../types.js';
import { BERLIN, config, steps } from './parts.js';

/** Stuck: three hours in, where it usually takes 41 minutes. */
const featureBuildJob: JobSpec = {
  job: 'ml/feature-build',
  config: config('ml/feature-build', {
    name: 'Feature build',
    type: 'ml',
    owner: 'ml@halden.example',
    description: 'Features of customers and products for all models, every four hours.',
    pool: 'spark',
    grace: '30m',
    maxRuntime: '6h',
  }),
  rhythm: { every: 240, offset: 30 },
  ids: 'slot',
  users: ['svc-ml'],
  duration: { median: 41 * 60, sigma: 0.1 },
  steps: steps(
    ['list_partitions', 'List partitions', 1],
    ['read_events', 'Read events', 4],
    ['sessionise', 'Cut into sessions', 5],
    ['load_embeddings', 'Load embeddings', 6],
    ['join_profiles', 'Join profiles', 6],
    ['aggregate_windows', 'Aggregate windows', 8],
    ['quality_checks', 'Check quality', 2],
    ['write_offline_store', 'Write offline store', 5],
    ['publish_online_store', 'Publish online store', 2]
  ),
  volume: { median: 8_200_000, sigma: 0.1, noun: 'feature rows' },
  program: featureBuild(14),
  failureRate: () => 0.02,
  failures: [
    {
      type: 'OOMKilled',
      step: 'join_profiles',
      message: () => 'executor 7 exceeded 32Gi',
      warnings: () => ['executor 7: 31.2 of 32 GiB used, spilling to disk'],
      actions: ['Raise spark.executor.memory to 40g', 'Look for a skewed customer in the join'],
    },
  ],
  open: {
    sinceSeconds: 3 * 3600 + 12 * 60,
    step: 'load_embeddings',
    workedSeconds: 500,
    waiting: [
      ['warn', 'stage 7.0: no task finished for 10 minutes, 12 still running'],
      ['warn', 'executor 4: no heartbeat for 120 s'],
      ['warn', 'stage 7.0: no task finished for 60 minutes, 12 still running'],
      ['warn', 'stage 7.0: no task finished for 120 minutes, 12 still running'],
    ],
  },
};

const recommendations: JobSpec = {
  job: 'ml/recommendations-train',
  config: config('ml/recommendations-train', {
    name: 'Recommendation training',
    type: 'ml',
    owner: 'ml@halden.example',
    description: 'Trains the recommendation model on the last 90 days, every night.',
    pool: 'gpu',
    maxRuntime: '5h',
  }),
  rhythm: { at: '00:30', zone: BERLIN },
  ids: 'pod',
  users: ['svc-ml', 'y.tanaka'],
  duration: { median: 2.4 * 3600, sigma: 0.1 },
  steps: steps(
    ['prepare', 'Prepare examples', 2],
    ['train', 'Train', 16],
    ['evaluate', 'Evaluate', 2],
    ['register', 'Register', 1]
  ),
  volume: { median: 41_000_000, sigma: 0.05, noun: 'examples' },
  program: training(30, 30),
  failureRate: (age) => (age > 2 && age < 3 ? 1 : 0.04),
  failures: [
    {
      type: 'CudaOutOfMemory',
      step: 'train',
      message: () => 'CUDA out of memory: tried to allocate 1.21 GiB, 640 MiB free',
      warnings: () => ['gradient norm 41.2 is above 10, clipped'],
      trace: () =>
        pythonTrace(
          'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 1.21 GiB. GPU 0 has a total capacity of 22.50 GiB',
          ['/srv/train/main.py', 214, 'trainer.fit(model, loader)'],
          ['/srv/train/trainer.py', 96, 'loss.backward()']
        ),
      actions: ['Halve the batch size in train.yaml', 'Check that nothing else runs on the GPU'],
    },
  ],
  retries: 1,
};

const demand: JobSpec = {
  job: 'ml/demand-forecast',
  config: config('ml/demand-forecast', {
    name: 'Demand forecast',
    type: 'ml',
    owner: 'supply@halden.example',
    description: 'Demand of the next twelve weeks, every Sunday.',
    pool: 'gpu',
    grace: '3h',
  }),
  rhythm: { at: '06:00', zone: BERLIN, weekdays: [7] },
  ids: 'date',
  users: ['svc-ml'],
  duration: { median: 5_400, sigma: 0.1 },
  steps: steps(['prepare', 'Prepare', 2], ['train', 'Fit', 10], ['evaluate', 'Evaluate', 2]),
  volume: { median: 96_000, sigma: 0.05, noun: 'series' },
  program: training(20, 10),
};

const sitemap: JobSpec = {
  job: 'web/sitemap',
  config: config('web/sitemap', {
    name: 'Sitemap',
    type: 'export',
    owner: 'web@halden.example',
    description: 'All public pages for search engines, every hour.',
    pool: 'web',
  }),
  rhythm: { every: 60, offset: 40 },
  users: ['svc-web'],
  duration: { median: 33, sigma: 0.2 },
  steps: steps(
    ['extract', 'List pages', 5],
    ['transform', 'Sort by market', 1],
    ['load', 'Write files', 3],
    ['notify', 'Ping', 1]
  ),
  volume: { median: 48_000, sigma: 0.02, noun: 'pages' },
  program: apiExport({
    version: '1.8.4',
    host: 'cms.internal',
    noun: 'pages',
    pageSize: 1_500,
    target: 's3://halden-web/sitemap',
  }),
  failureRate: () => 0.01,
  failures: [{ type: 'UpstreamUnavailable', step: 'extract', message: () => 'cms.internal answered 502 four times' }],
};

/** Its runs take longer than the half hour between them, so they overlap. */
const searchReindex: JobSpec = {
  job: 'web/search-reindex',
  config: config('web/search-reindex', {
    name: 'Search index',
    type: 'etl',
    owner: 'web@halden.example',
    description: 'Rebuilds the search index of one market after the other, every half hour.',
    pool: 'web',
    maxRuntime: '2h',
  }),
  rhythm: { every: 30, offset: 7 },
  ids: 'pod',
  users: ['svc-web'],
  duration: { median: 34 * 60, sigma: 0.35 },
  steps: steps(['list', 'List documents', 1], ['load', 'Index documents', 16], ['swap', 'Swap the alias', 1]),
  volume: { median: 410_000, sigma: 0.2, noun: 'documents' },
  program: ingestFiles('halden-search-feed', 54),
  failureRate: () => 0.015,
  failures: [
    {
      type: 'IndexLocked',
      step: 'swap',
      message: (run) => `alias products_live is held by run ${run.dice % 1000} of the same job`,
      warnings: () => ['alias is locked, waiting 60 s'],
      actions: ['Let the other run finish', 'Give the job a concurrency limit of 1'],
    },
  ],
};

const imageResize: JobSpec = {
  job: 'web/image-resize',
  config: config('web/image-resize', {
    name: 'Image sizes',
    type: 'recipe',
    owner: 'web@halden.example',
    description: 'Cuts new product photos to four sizes as they are uploaded.',
    pool: 'web',
  }),
  rhythm: { perHour: 17 },
  ids: 'uuid',
  users: ['svc-media'],
  duration: { median: 7, sigma: 0.6 },
  steps: steps(['fetch', 'Fetch', 1], ['work', 'Resize', 6], ['store', 'Store', 2]),
  volume: { median: 12, sigma: 0.7, noun: 'images' },
  program: worker(
    'resized',
    (run, number) => `${100_000 + ((run.dice + number) % 90_000)}.jpg to 4 sizes in ${run.random.int(180, 900)} ms`,
    30
  ),
  failureRate: () => 0.012,
  failures: [
    {
      type: 'CorruptImage',
      step: 'work',
      message: (run) => `${100_000 + (run.dice % 90_000)}.jpg: premature end of JPEG file`,
      actions: ['Ask the supplier for the photo again'],
    },
  ],
};

const cdnLogs: JobSpec = {
  job: 'web/cdn-log-ingest',
  config: config('web/cdn-log-ingest', {
    name: 'CDN logs',
    type: 'etl',
    owner: 'web@halden.example',
    description: 'Access logs of the CDN, every five minutes.',
    pool: 'bulk',
    grace: '5m',
  }),
  rhythm: { every: 5, offset: 1 },
  ids: 'counter',
  users: ['svc-cdn'],
  duration: { median: 14, sigma: 0.3, daily: 1.4 },
  steps: steps(['list', 'List files', 1], ['load', 'Load', 8]),
  volume: { median: 120_000, sigma: 0.3, noun: 'rows' },
  program: ingestFiles('halden-cdn-logs', 6),
  failureRate: () => 0.003,
  failures: [{ type: 'AccessDenied', step: 'list', message: () => 's3://halden-cdn-logs: access denied' }],
};

const shipmentTracking: JobSpec = {
  job: 'logistics/shipment-tracking',
  config: config('logistics/shipment-tracking', {
    name: 'Shipment tracking',
    type: 'etl',
    owner: 'logistics@halden.example',
    description: 'Where parcels are, asked of three carriers every ten minutes.',
    source: { connection: 'carriers', carriers: ['nordpost', 'parcelway', 'swiftfreight'], timeout_s: 20 },
  }),
  rhythm: { every: 10, offset: 3 },
  ids: 'slot',
  users: ['svc-logistics'],
  duration: { median: 22, sigma: 0.35, daily: 0.9 },
  steps: steps(['fetch', 'Ask carriers', 6], ['store', 'Store', 1]),
  volume: { median: 1_400, sigma: 0.4, noun: 'parcels' },
  program: poll({
    hosts: ['api.nordpost.example', 'track.parcelway.example', 'eu.swiftfreight.example'],
    path: () => '/v2/events',
    noun: 'parcels',
    calls: 9,
  }),
  failureRate: (age) => (age > 5.3 && age < 5.45 ? 0.85 : 0.015),
  failures: [
    {
      type: 'UpstreamTimeout',
      step: 'fetch',
      stall: 20,
      message: () => 'track.parcelway.example took 20 s',
      warnings: () => ['track.parcelway.example: no answer after 10 s'],
      actions: ['Look at status.parcelway.example', 'Nothing else: the next run asks again'],
    },
  ],
};

/** Fails at its first try more often than not; a retry mostly helps. */
const labelCleanup: JobSpec = {
  job: 'logistics/label-cleanup',
  config: config('logistics/label-cleanup', {
    name: 'Label clean-up',
    type: 'maintenance',
    owner: 'logistics@halden.example',
    description: 'Removes shipping labels of delivered parcels, every three hours.',
  }),
  rhythm: { every: 180, offset: 50 },
  users: ['svc-logistics'],
  duration: { median: 75, sigma: 0.3 },
  steps: steps(['fetch', 'List labels', 1], ['work', 'Delete', 5]),
  volume: { median: 60, sigma: 0.4, noun: 'labels' },
  program: worker('deleted', (run, number) => `label ${run.random.hex(10)} (${number})`, 90),
  failureRate: () => 0.45,
  retries: 2,
  failures: [
    {
      type: 'LockTimeout',
      step: 'work',
      message: () => 'lock on shipping_labels not granted within 10 s',
      warnings: () => ['waiting for a lock on shipping_labels'],
    },
  ],
};

const priceList: JobSpec = {
  job: 'retail/Preisliste Österreich',
  config: config('retail/Preisliste Österreich', {
    name: 'Preisliste Österreich',
    type: 'export',
    owner: 'retail-at@halden.example',
    description: 'Tagespreise für alle Filialen in Österreich.',
    region: 'eu-at',
  }),
  rhythm: { at: '05:30', zone: 'Europe/Vienna' },
  ids: 'date',
  users: ['svc-retail', 'k.huber'],
  duration: { median: 310, sigma: 0.15 },
  steps: steps(
    ['extract', 'Preise lesen', 4],
    ['transform', 'Steuern anwenden', 2],
    ['load', 'Dateien schreiben', 2],
    ['notify', 'Filialen melden', 1]
  ),
  volume: { median: 22_000, sigma: 0.05, noun: 'prices' },
  itemFailureRate: 0.002,
  program: apiExport({
    version: '3.0.2',
    host: 'pricing.internal',
    noun: 'prices',
    pageSize: 200,
    target: 'sftp://filialen.example/preise',
  }),
  failureRate: () => 0.07,
  failures: [
    {
      type: 'PermissionDenied',
      step: 'load',
      message: () => 'sftp://filialen.example/preise: permission denied (Schreibrecht fehlt)',
      actions: ['Schreibrecht für svc-retail auf /preise wiederherstellen'],
    },
  ],
};

export const web: readonly JobSpec[] = [
  featureBuildJob,
  recommendations,
  demand,
  sitemap,
  searchReindex,
  imageResize,
  cdnLogs,
  shipmentTracking,
  labelCleanup,
  priceList,
];
