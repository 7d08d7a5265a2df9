import { afterEach, describe, expect, it } from 'vitest';
import { createToolbox, type Programs, type Toolbox } from './testing/toolbox.ts';

let toolbox: Toolbox;
afterEach(() => toolbox.clear());

/** Runs a command that cannot work and returns what it says; nothing of it is a stack. */
async function complaintOf(args: string[], programs: Programs = {}): Promise<string> {
  toolbox = await createToolbox(programs);
  const { exitCode, stdout, stderr } = await toolbox.todo(
    args.map((arg) => arg.replace('PROFILE', toolbox.profile)),
  );
  expect(stderr).not.toMatch(/^\s+at /m);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  return stderr.slice(stderr.indexOf('error: ')).replaceAll(toolbox.profile, 'PROFILE');
}

const docker = 'echo 29.0.0';
const minikube = 'echo v1.38.0';
const profiles = (...valid: object[]) => `echo '${JSON.stringify({ invalid: [], valid })}'`;

describe('a machine that lacks something is told how to get it', () => {
  it.each<[string, string[], Programs, RegExp]>([
    ['Docker', ['up'], {}, /docker is not installed.*\n.*docs\.docker\.com/],
    [
      "Docker's daemon",
      ['up'],
      { docker: 'echo "Cannot connect to the Docker daemon" >&2; exit 1' },
      /Cannot connect to the Docker daemon\nStart Docker/,
    ],
    ['minikube', ['up'], { docker }, /minikube is not installed.*\nInstall minikube \(https/],
    [
      'kubectl',
      ['up'],
      { docker, minikube },
      /kubectl is not installed.*\nInstall kubectl \(https/,
    ],
    [
      'git',
      ['up'],
      { docker, minikube, kubectl: 'echo v1.35.0' },
      /git is not installed.*\nInstall git \(https/,
    ],
    ['Docker, when forced to the cluster', ['start', '--cluster'], {}, /docker is not installed/],
    ['Docker, to ship', ['ship'], {}, /docker is not installed/],
    ['Docker, to deliver', ['deliver'], {}, /docker is not installed/],
    ['minikube, to stop', ['down'], {}, /minikube is not installed/],
    ['minikube, to look', ['status'], { docker: 'exit 1' }, /minikube is not installed/],
  ])('%s', async (_, [command = '', ...rest], programs, complaint) => {
    expect(await complaintOf([command, '--profile', 'PROFILE', ...rest], programs)).toMatch(
      complaint,
    );
  });
});

describe('ship without a cluster says what to do', () => {
  const noNode = 'echo "Error: No such container: PROFILE" >&2; exit 1';
  const node = (Running: boolean, Ports: object) =>
    `echo '${JSON.stringify([{ State: { Running }, NetworkSettings: { Ports } }])}'`;
  const stopped = node(false, {});
  const ship = (programs: Programs) => complaintOf(['ship', '--profile', 'PROFILE'], programs);

  it('when there is none', async () => {
    expect(await ship({ docker: noNode, minikube: profiles() })).toBe(
      'error: The cluster "PROFILE" is missing.\nRun "npm run up" first.',
    );
  });

  it('when minikube does not know what it has', async () => {
    expect(
      await ship({ docker: noNode, minikube: 'echo "Exiting due to MK_USAGE" >&2; exit 64' }),
    ).toMatch(/is missing/);
  });

  it('when it is stopped', async () => {
    expect(
      await ship({ docker: stopped, minikube: profiles({ Name: 'PROFILE', Status: 'Stopped' }) }),
    ).toBe('error: The cluster "PROFILE" is stopped.\nRun "npm run up" first.');
  });

  it('when it was made by other means', async () => {
    const complaint = await ship({
      minikube: profiles({ Name: 'PROFILE', Status: 'OK' }),
      docker: noNode,
    });
    expect(complaint).toMatch(/was not made by "npm run up": .*\nDelete it/);
  });

  it('when its node lacks a port', async () => {
    expect(await ship({ docker: node(true, { '22/tcp': [{ HostPort: '2222' }] }) })).toMatch(
      /does not publish its port 30000, so it was not made by "npm run up"\.\n.*--delete/,
    );
  });
});

describe('a command that is mistyped says how it is right', () => {
  it.each<[string[], RegExp]>([
    [['frob'], /unknown command 'frob'\n.*--help/],
    [['start', '--frob'], /unknown option '--frob'\n.*--help/],
    [['ship', 'backend'], /too many arguments for 'ship'[^]*--help/],
    [['start', '--port'], /'--port <number>' argument missing/],
    [['start', '--port', 'many'], /"many" is not a port\.\n.*0 to 65535/],
    [['start', '--port', '65536'], /"65536" is not a port\./],
    [['up', '--timeout', 'soon'], /"soon" is not a number of seconds\.\n.*--timeout 300/],
    [['ship', '--timeout', '0'], /"0" is not a number of seconds\./],
    [['start', '--local', '--cluster'], /exclude each other\.\nGive one/],
    [['start', '--cluster', '--reset'], /--reset is for a run on this machine.*\nLeave out/],
    [['ship', '--env', 'nope'], /no environment "nope"\.\nThere are: dev, prod/],
    [['up', '--profile', '../up'], /"\.\.\/up" is not a name for a minikube profile/],
  ])('%j', async (args, complaint) => {
    expect(await complaintOf(args)).toMatch(complaint);
  });
});

it.each([[], ['start'], ['up'], ['down'], ['ship'], ['test'], ['e2e']])(
  '%s --help explains itself',
  async (...command) => {
    toolbox = await createToolbox();
    const { exitCode, stdout, stderr } = await toolbox.todo([...command, '--help']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain(`Usage: ${['todo', ...command].join(' ')} [options]`);
    expect(stdout.length).toBeGreaterThan(150);
  },
);
