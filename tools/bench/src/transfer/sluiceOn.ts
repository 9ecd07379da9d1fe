/** Our client on a gateway; loaded only in the processes that weigh it. */
export const sluiceOn = async (gateway: string) => {
  const { GatewayClient, toFile } = await import("@sluice/core/effect");
  const Effect = await import("effect/Effect");
  const ManagedRuntime = await import("effect/ManagedRuntime");
  const runtime = ManagedRuntime.make(GatewayClient.layer({ gateway }));
  const client = await runtime.runPromise(Effect.map(GatewayClient, (service) => service));
  return { client, runtime, toFile };
};
