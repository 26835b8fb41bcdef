package dev.hone.server.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineException;
import dev.hone.engine.work.Json;
import dev.hone.server.offer.Calls;
import dev.hone.server.offer.Departure;
import dev.hone.server.offer.Offer;
import dev.hone.server.offer.OfferSettings;
import dev.hone.server.offer.Offers;
import dev.hone.server.offer.Telling;
import dev.hone.server.security.Caller;
import dev.hone.server.security.Role;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.spec.HttpHeaders;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The workflows of the tenant as tools: a stateless server of the Model Context Protocol over streamable HTTP. */
@Controller("/mcp")
@Secured(Role.MAY_AUTHOR)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "MCP")
class McpController {

    private static final String CALL = "tools/call";
    private static final String LIST = "tools/list";
    private static final McpJsonMapper JSON = new JacksonMcpJsonMapper(Json.MAPPER);
    private static final Scheduler THREADS =
            Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor(), "hone-mcp");

    private final Engine engine;
    private final Offers offers;
    private final Calls calls;
    private final OfferSettings settings;

    McpController(Engine engine, Offers offers, Calls calls, OfferSettings settings) {
        this.engine = engine;
        this.offers = offers;
        this.calls = calls;
        this.settings = settings;
    }

    /**
     * Takes one message of the Model Context Protocol. The tools are the workflows of the tenant.
     *
     * @param body a request or a notification, in JSON-RPC 2.0
     * @param version the version of the protocol that client and server have agreed on
     * @param accept a call that asks for its progress is answered by a stream where that is accepted
     */
    @Post
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM})
    Publisher<? extends HttpResponse<?>> take(
            HttpRequest<?> http,
            @Body String body,
            @Nullable @Header(HttpHeaders.PROTOCOL_VERSION) String version,
            @Nullable @Header(HttpHeaders.ACCEPT) String accept,
            Authentication who) {
        OneRequest transport = new OneRequest();
        if (version != null && !transport.protocolVersions().contains(version)) {
            return refused(
                    McpSchema.ErrorCodes.INVALID_REQUEST,
                    "this server speaks the versions " + String.join(", ", transport.protocolVersions()) + ".");
        }
        JSONRPCMessage message;
        try {
            message = McpSchema.deserializeJsonRpcMessage(JSON, body);
        } catch (IOException | RuntimeException e) {
            return refused(McpSchema.ErrorCodes.PARSE_ERROR, "the body is no message of JSON-RPC 2.0.");
        }
        return switch (message) {
            case JSONRPCRequest request ->
                request.id() == null
                        ? refused(McpSchema.ErrorCodes.INVALID_REQUEST, "the request has no id.")
                        : answered(http, request, transport, Caller.of(who), accept);
            case JSONRPCNotification notification -> Mono.just(HttpResponse.accepted());
            default ->
                refused(McpSchema.ErrorCodes.INVALID_REQUEST, "this server takes requests and notifications alone.");
        };
    }

    private static Mono<HttpResponse<?>> refused(int code, String what) {
        ObjectNode refusal = Json.object().put("jsonrpc", "2.0").putNull("id");
        refusal.putObject("error").put("code", code).put("message", what);
        return Mono.just(HttpResponse.badRequest(refusal).contentType(MediaType.APPLICATION_JSON_TYPE));
    }

    private Mono<HttpResponse<?>> answered(
            HttpRequest<?> http, JSONRPCRequest request, OneRequest transport, Caller caller, @Nullable String accept) {
        JsonNode params = Json.node(request.params());
        JsonNode token = params.path("_meta").path("progressToken");
        boolean streams = request.method().equals(CALL)
                && token.isValueNode()
                && accept != null
                && accept.contains(MediaType.TEXT_EVENT_STREAM);
        Optional<Telling> telling = streams ? Optional.of(new Telling(engine)) : Optional.empty();
        Abandoned gone = new Abandoned(calls);
        McpServer.async(transport)
                .serverInfo("hone", "1")
                .jsonMapper(JSON)
                .capabilities(ServerCapabilities.builder().tools(false).build())
                .instructions("Each tool is a loop of models, tools and rules, which may take minutes and cost money.")
                .validateToolInputs(false) // the engine says better what is wrong
                .tools(tools(request.method(), params.path("name").asText(), caller, run -> {
                            telling.ifPresent(told -> told.of(run));
                            gone.of(run);
                        })
                        .toList())
                .build();
        Mono<JsonNode> answer = transport
                .handler()
                .handleRequest(McpTransportContext.EMPTY, request)
                .<JsonNode>map(Json.MAPPER::valueToTree)
                .subscribeOn(THREADS);
        return telling.<Mono<HttpResponse<?>>>map(told -> Mono.just(streamed(answer, token, told, gone)))
                .orElseGet(() -> Departure.noticed(http, answer, gone::run).map(HttpResponse::ok));
    }

    /** Those that the request is about. */
    private Stream<AsyncToolSpecification> tools(String method, String name, Caller caller, Consumer<String> started) {
        Stream<Offer> asked = switch (method) {
            case LIST -> offers.list(caller).stream();
            case CALL -> find(caller, name).stream();
            default -> Stream.empty();
        };
        return asked.map(offer -> new AsyncToolSpecification(
                WorkflowTool.of(offer), (context, call) -> WorkflowTool.call(offer, call, caller, calls, started)));
    }

    /** None where there is none: that a tool is unknown is for the protocol to say. */
    private Optional<Offer> find(Caller caller, String name) {
        try {
            return Optional.of(offers.find(caller, name, Optional.empty()));
        } catch (EngineException e) {
            return Optional.empty();
        }
    }

    private HttpResponse<?> streamed(Mono<JsonNode> answer, JsonNode token, Telling telling, Abandoned gone) {
        AtomicLong told = new AtomicLong();
        Mono<JsonNode> once = answer.doFinally(end -> telling.close()).cache();
        Flux<JsonNode> progress = telling.parts().map(text -> progress(token, told.incrementAndGet(), text));
        Flux<JsonNode> alive = Flux.interval(settings.heartbeat())
                .onBackpressureDrop()
                .map(tick -> progress(token, told.incrementAndGet(), ""))
                .takeUntilOther(once);
        return HttpResponse.ok(Flux.concat(Flux.merge(progress, alive), once)
                        .doOnCancel(() -> {
                            telling.close();
                            gone.run();
                        })
                        .map(message -> ("event: message\ndata: " + message + "\n\n").getBytes(StandardCharsets.UTF_8)))
                .contentType(MediaType.TEXT_EVENT_STREAM_TYPE);
    }

    private static JsonNode progress(JsonNode token, long number, String text) {
        ObjectNode notification = Json.object().put("jsonrpc", "2.0").put("method", "notifications/progress");
        ObjectNode params = notification.putObject("params");
        params.set("progressToken", token);
        params.put("progress", number);
        if (!text.isEmpty()) {
            params.put("message", text);
        }
        return notification;
    }

    /** The run of a call, which may begin after its caller has gone away. */
    private static final class Abandoned {

        private final Calls calls;
        private @Nullable String run;
        private boolean gone;

        Abandoned(Calls calls) {
            this.calls = calls;
        }

        synchronized void of(String started) {
            run = started;
            end();
        }

        synchronized void run() {
            gone = true;
            end();
        }

        private void end() {
            if (gone && run != null) {
                calls.abandon(run);
            }
        }
    }
}
