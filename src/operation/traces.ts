/**
 * Traces for OpenTelemetry, over OTLP/HTTP. One goes from the request that causes a job through the job to the calls that it makes. Where
 * to and under which name is said by OpenTelemetry's own variables (OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME …).
 */
import type { Watch } from './watch.ts';

export type Traces = Watch & { /** Sends what is left. */ close(): Promise<void> };

/** The packages are loaded only here. `role` is part of who sends. */
export const openTraces = async (role: string): Promise<Traces> => {
  const [{ context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace }, { BatchSpanProcessor, NodeTracerProvider }, { OTLPTraceExporter }, { defaultResource, detectResources, envDetector, resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/api'), import('@opentelemetry/sdk-trace-node'), import('@opentelemetry/exporter-trace-otlp-http'), import('@opentelemetry/resources'),
  ]);
  const resource = defaultResource().merge(resourceFromAttributes({ 'service.name': 'signoff', 'signoff.role': role })).merge(detectResources({ detectors: [envDetector] }));
  const provider = new NodeTracerProvider({ resource, spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())] });
  provider.register();
  const tracer = trace.getTracer('signoff');
  const contextOf = (carried: string) => propagation.extract(ROOT_CONTEXT, { traceparent: carried });
  const failed = { code: SpanStatusCode.ERROR };

  return {
    carry: () => {
      const carrier: Record<string, string> = {};
      propagation.inject(context.active(), carrier);
      return carrier['traceparent'];
    },
    // A batch goes on with the trace of its jobs where all have the same, and else names each.
    batch: (queue, jobs, run) => {
      const carried = [...new Set(jobs.flatMap((one) => one ?? []))];
      const [only] = carried;
      const parent = carried.length === 1 && only !== undefined ? contextOf(only) : ROOT_CONTEXT;
      const links = carried.length < 2 ? [] : carried.slice(0, 128).flatMap((one) => { const of = trace.getSpanContext(contextOf(one)); return of === undefined ? [] : [{ context: of }]; });
      return tracer.startActiveSpan(`job ${queue}`, { kind: SpanKind.CONSUMER, links, attributes: { 'messaging.destination.name': queue, 'messaging.batch.message_count': jobs.length } }, parent, async (span) => {
        try {
          await run();
        } catch (fault) {
          span.setStatus(failed);
          throw fault;
        } finally {
          span.end();
        }
      });
    },
    call: (connector, act, run) => tracer.startActiveSpan(`${connector} ${act}`, { kind: SpanKind.CLIENT, attributes: { 'signoff.connector': connector, 'signoff.act': act } }, async (span) => {
      try {
        const answer = await run();
        span.setAttribute('signoff.outcome', answer.kind);
        if (answer.kind !== 'done') span.setStatus(failed);
        return answer;
      } catch (fault) {
        span.setStatus(failed);
        throw fault;
      } finally {
        span.end();
      }
    }),
    door: (app) => void app.addHook('onRequest', (request, reply, done) => {
      const route = request.routeOptions.url ?? 'none';
      const span = tracer.startSpan(`${request.method} ${route}`, { kind: SpanKind.SERVER, attributes: { 'http.request.method': request.method, 'http.route': route } }, propagation.extract(ROOT_CONTEXT, request.headers));
      reply.raw.once('close', () => {
        span.setAttribute('http.response.status_code', reply.statusCode);
        if (reply.statusCode >= 500) span.setStatus(failed);
        span.end();
      });
      context.with(trace.setSpan(ROOT_CONTEXT, span), done);
    }),
    close: () => provider.shutdown(),
  };
};
