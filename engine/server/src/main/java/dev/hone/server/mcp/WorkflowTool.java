package dev.hone.server.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.EngineException;
import dev.hone.engine.RunRequest;
import dev.hone.engine.work.Json;
import dev.hone.server.offer.Answer;
import dev.hone.server.offer.Calls;
import dev.hone.server.offer.Offer;
import dev.hone.server.security.Caller;
import dev.hone.server.workflows.TypeSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** A workflow as a tool: its inputs are the arguments, its best artifact is the result. */
final class WorkflowTool {

    /** Where requests say more of the run, and results what became of it. */
    private static final String META = "hone";

    private WorkflowTool() {}

    static Tool of(Offer offer) {
        return Tool.builder(
                        offer.name(),
                        Json.plainObject(TypeSchema.of(
                                offer.program().workflow().inputs().values())))
                .description(offer.description())
                .build();
    }

    /**
     * Runs it. Problems are results, so that the model which called sees them and can do better.
     *
     * @param started told of the run
     */
    static Mono<CallToolResult> call(
            Offer offer, CallToolRequest request, Caller caller, Calls calls, Consumer<String> started) {
        String run;
        try {
            run = calls.start(offer, request(request), caller);
        } catch (EngineException e) {
            return Mono.just(failed(e.problems()));
        }
        started.accept(run);
        return calls.answer(offer, run)
                .map(WorkflowTool::result)
                .onErrorResume(EngineException.class, e -> Mono.just(failed(e.problems())));
    }

    private static RunRequest request(CallToolRequest call) {
        ObjectNode inputs = (ObjectNode) Json.node(call.arguments() == null ? Map.of() : call.arguments());
        JsonNode more = Json.node(call.meta() == null ? Map.of() : call.meta()).path(META);
        RunRequest request = RunRequest.of(inputs);
        JsonNode seed = more.path("seed");
        if (seed.isIntegralNumber() && seed.canConvertToLong()) {
            request = request.withSeed(seed.longValue());
        } else if (!seed.isMissingNode()) {
            throw bad("the seed is no whole number of 64 bits", "Write one, for example 1.");
        }
        if (more.path("params") instanceof ObjectNode params) {
            request = request.withParams(Json.plainObject(params));
        }
        if (more.path("models") instanceof ObjectNode models) {
            Map<String, String> bySlot = new HashMap<>();
            models.properties()
                    .forEach(slot -> bySlot.put(slot.getKey(), slot.getValue().asText()));
            request = request.withModels(bySlot);
        }
        return request;
    }

    private static EngineException bad(String what, String fix) {
        return new EngineException(List.of(Problem.of(ProblemCode.BAD_REQUEST, what + ".", fix)));
    }

    private static CallToolResult result(Answer answer) {
        Map<String, Object> meta = Map.of(META, Json.plainObject(answer.remarks()));
        Optional<Problem> failure = answer.failure();
        if (failure.isPresent()) {
            return CallToolResult.builder()
                    .addTextContent(words(List.of(failure.get())))
                    .isError(true)
                    .meta(meta)
                    .build();
        }
        ObjectNode structured = Json.object();
        structured.set(
                "result",
                answer.result()
                        .best()
                        .map(best -> best.value())
                        .orElse(Json.object().nullNode()));
        return CallToolResult.builder()
                .addTextContent(answer.text())
                .structuredContent(Json.plainObject(structured))
                .isError(false)
                .meta(meta)
                .build();
    }

    static CallToolResult failed(List<Problem> problems) {
        return CallToolResult.builder()
                .addTextContent(words(problems))
                .isError(true)
                .build();
    }

    private static String words(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.code() + ": " + problem.what() + " " + problem.fix())
                .collect(Collectors.joining("\n"));
    }
}
