/** `GET /models`: what can be named as a model. */
import { catalogVersion } from "@sluice/models";
import type { FastifyPluginCallbackZod } from "fastify-type-provider-zod";
import * as z from "zod";
import { inJson } from "../http/describe.ts";
import { type ModelNames, UnknownModel } from "./ModelNames.ts";
import { openaiErrors } from "./openaiError.ts";

const Model = z
  .object({
    id: z.string().describe("What to send as `model`."),
    object: z.literal("model"),
    created: z.int().describe("When the list was last changed, in Unix seconds: nobody knows the model's own date."),
    owned_by: z.string().describe("Whose it is on Hugging Face."),
  })
  .meta({ id: "OpenaiModel" });

const ModelList = z.object({ object: z.literal("list"), data: z.array(Model) });

const created = Date.parse(catalogVersion) / 1_000;

/** `stands` is the gateway's own name of the model, which an alias stands for. */
const modelOf = (id: string, stands: string): z.infer<typeof Model> => ({
  id,
  object: "model",
  created,
  owned_by: stands.includes("/") ? stands.slice(0, stands.indexOf("/")) : "livepeer",
});

export const modelRoutes =
  (names: ModelNames): FastifyPluginCallbackZod =>
  (app, _, done) => {
    const list = { summary: "List the models", operationId: "listModels", tags: ["OpenAI"] };
    app.get(
      "/models",
      { schema: { ...list, response: { 200: inJson("The models.", ModelList), ...openaiErrors } } },
      () => ({
        object: "list" as const,
        data: [...names.all].map(([id, stands]) => modelOf(id, stands)),
      }),
    );

    const retrieve = (id: string) => {
      const { all } = names;
      const stands = all.get(id);
      if (stands === undefined) throw new UnknownModel(id, [...all.keys()]);
      return modelOf(id, stands);
    };
    const one = { summary: "Look up a model", operationId: "retrieveModel", tags: ["OpenAI"] };
    const params = z.object({ model: z.string().describe("Its id; a slash in it may be written as %2F.") });
    app.get(
      "/models/:model",
      { schema: { ...one, params, response: { 200: inJson("The model.", Model), ...openaiErrors } } },
      (request) => retrieve(request.params.model),
    );
    // An id has a slash, which not every client encodes.
    const rest = z.object({ "*": z.string() });
    app.get("/models/*", { schema: { hide: true, params: rest, response: { 200: Model } } }, (request) =>
      retrieve(request.params["*"]),
    );
    done();
  };
