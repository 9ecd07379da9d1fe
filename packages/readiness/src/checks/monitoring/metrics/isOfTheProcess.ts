/** Metrics that client libraries bring along: they tell of the process and of its scraper, and of no request to a gateway. */
export const isOfTheProcess = (name: string): boolean =>
  /^(go|process|nodejs|python|promhttp|prometheus|scrape|jvm|dotnet|ruby)_/.test(name);
