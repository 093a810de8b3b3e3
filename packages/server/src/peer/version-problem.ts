import { makeProblem, protocolVersion, type Problem } from '@sahay/protocol';

/** Why no version is common, unless one is. Who names none goes by the address or the subprotocol. */
export function versionProblem(versions: readonly string[] | undefined): Problem | undefined {
  if (!versions || versions.includes(protocolVersion)) return undefined;
  return makeProblem(
    'unsupported_version',
    `This server speaks version ${protocolVersion} of the protocol. Update the client, or ask an older server.`,
  );
}
