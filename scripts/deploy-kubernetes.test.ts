import { readdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { api } from '../lib/api/app';
import { findEnvFaults, parseEnv } from '../lib/core/env';
import { findBootFaults } from './boot-rules';
import { ROOT } from './root';

const FOLDER = `${ROOT}deploy/kubernetes/`;
/** Of the configuration of the API alone, which these tests ask for its paths only. */
const VALID = { DATABASE_URL: 'postgresql://127.0.0.1/none', AUTH_SECRET: 'x'.repeat(32) };

const variables = z.record(z.string(), z.string());
const named = z.object({ metadata: z.object({ name: z.literal('sheaf') }) });
const probe = z.object({ httpGet: z.object({ path: z.string(), port: z.literal('http') }) });
const label = z.object({ 'app.kubernetes.io/name': z.literal('sheaf') });

const container = z.object({
  image: z.string(),
  ports: z.tuple([z.object({ name: z.literal('http'), containerPort: z.int() })]),
  env: z.array(z.object({ name: z.string(), value: z.string() })),
  envFrom: z.array(z.record(z.string(), z.object({ name: z.literal('sheaf') }))),
  startupProbe: probe,
  livenessProbe: probe,
  readinessProbe: probe,
  lifecycle: z.object({ preStop: z.object({ exec: z.object({ command: z.array(z.string()) }) }) }),
  securityContext: z.unknown(),
  volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })),
});

const deployment = named.extend({
  spec: z.object({
    selector: z.object({ matchLabels: label }),
    template: z.object({
      metadata: z.object({ labels: label }),
      spec: z.object({
        terminationGracePeriodSeconds: z.int(),
        securityContext: z.object({ runAsNonRoot: z.literal(true), runAsUser: z.int().positive() }),
        containers: z.tuple([container]),
        volumes: z.array(z.object({ name: z.string(), emptyDir: z.unknown() })),
      }),
    }),
  }),
});

/** The one document of a file. Throws if it is not valid YAML. */
async function read<T>(file: string, shape: z.ZodType<T>): Promise<T> {
  const documents = parseAllDocuments(await readFile(`${FOLDER}${file}`, 'utf8'), { uniqueKeys: true });
  expect(documents).toHaveLength(1);
  const [document] = documents;
  expect(document?.errors).toEqual([]);
  return shape.parse(document?.toJS());
}

async function readPod() {
  const { spec } = await read('deployment.yaml', deployment);
  return spec.template.spec;
}

async function readVariables(): Promise<Record<string, string>> {
  const [{ env }] = (await readPod()).containers;
  const { data } = await read('configuration.yaml', named.extend({ data: variables }));
  const { stringData } = await read('secret.example.yaml', named.extend({ stringData: variables }));
  return { ...data, ...stringData, ...Object.fromEntries(env.map(({ name, value }) => [name, value])) };
}

it('the kustomization names every manifest but the example of a secret', async () => {
  const { resources } = await read('kustomization.yaml', z.object({ resources: z.array(z.string()) }));
  const files = await readdir(FOLDER);
  const others = ['kustomization.yaml', 'secret.example.yaml'];
  expect(resources.toSorted()).toEqual(files.filter((file) => !others.includes(file)).sort());
});

it('the variables of a pod are those of Sheaf, and a configuration that can be started', async () => {
  const set = await readVariables();
  const documented = await readFile(`${ROOT}.env.example`, 'utf8');
  for (const name of Object.keys(set)) expect(documented).toMatch(new RegExp(`^${name}=`, 'm'));
  expect(findEnvFaults(set)).toEqual([]);
  const { HOST: host, APP_URL: appUrl } = parseEnv(set);
  expect(findBootFaults({ host, appUrl, variables: set })).toEqual([]);
  const [{ envFrom }] = (await readPod()).containers;
  expect(envFrom.map((source) => Object.keys(source)[0])).toEqual(['configMapRef', 'secretRef']);
});

it('probes ask for paths that exist, at the port that is listened on', async () => {
  Object.assign(process.env, VALID);
  const [{ ports, startupProbe, livenessProbe, readinessProbe }] = (await readPod()).containers;
  expect(parseEnv(await readVariables()).PORT).toBe(ports[0].containerPort);
  const paths = [startupProbe, livenessProbe, readinessProbe].map(({ httpGet }) => httpGet.path);
  const known = api.routes.map(({ path }) => path);
  expect(known).toEqual(expect.arrayContaining(paths));
  expect((await api.request(livenessProbe.httpGet.path)).status).toBe(200);
});

it('a pod has the time to drain, and may write to the folder of its data only', async () => {
  const pod = await readPod();
  const [{ lifecycle, securityContext, volumeMounts }] = pod.containers;
  const pauseMs = Number(/(\d+)\)$/.exec(lifecycle.preStop.exec.command.at(-1) ?? '')?.[1]);
  const { DRAIN_SECONDS, DATA_DIR } = parseEnv(await readVariables());
  expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(pauseMs / 1_000 + DRAIN_SECONDS + 10);
  expect(securityContext).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
  expect(volumeMounts.map(({ mountPath }) => mountPath)).toEqual([DATA_DIR, '/tmp']);
  expect(pod.volumes.map(({ name }) => name)).toEqual(volumeMounts.map(({ name }) => name));
});

it('service, ingress and budget select the pods', async () => {
  const port = z.object({ name: z.literal('http'), port: z.int(), targetPort: z.literal('http') });
  const service = named.extend({ spec: z.object({ selector: label, ports: z.tuple([port]) }) });
  expect(await read('service.yaml', service)).toBeTruthy();
  const budget = named.extend({ spec: z.object({ selector: z.object({ matchLabels: label }) }) });
  expect(await read('disruption-budget.yaml', budget)).toBeTruthy();

  const backend = z.object({
    service: z.object({ name: z.literal('sheaf'), port: z.object({ name: z.literal('http') }) }),
  });
  const rule = z.object({ host: z.string(), http: z.object({ paths: z.tuple([z.object({ backend })]) }) });
  const { spec } = await read('ingress.yaml', named.extend({ spec: z.object({ rules: z.tuple([rule]) }) }));
  expect(`https://${spec.rules[0].host}`).toBe((await readVariables()).APP_URL);
});
