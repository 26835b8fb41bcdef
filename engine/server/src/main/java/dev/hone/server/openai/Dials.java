package dev.hone.server.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.dsl.Workflow;
import dev.hone.engine.work.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Temperature and its like: a workflow has them where it declares a parameter of that name. */
final class Dials {

    private Dials() {}

    /**
     * The parameters of a request, with its dials among them.
     *
     * @throws Refused when the workflow does not have a dial, and it does not stand where it makes no difference
     */
    static Map<String, @Nullable Object> turn(Workflow workflow, ChatRequest request) {
        Map<String, @Nullable Object> params = Json.plainObject(request.params());
        request.dials().forEach((dial, value) -> {
            if (workflow.params().containsKey(dial)) {
                if (params.containsKey(dial)) {
                    throw new Refused(dial, dial + " is given twice.", "Leave it out of params.");
                }
                params.put(dial, plain(dial, value));
            } else if (!Neutral.isUsual(dial, value)) {
                throw new Refused(
                        dial,
                        "the workflow " + workflow.name() + " has no parameter " + dial + ".",
                        "Leave it out, or declare it in params; the steps of a workflow have their own settings.");
            }
        });
        return params;
    }

    private static @Nullable Object plain(String dial, JsonNode value) {
        if (value.isContainerNode()) {
            throw new Refused(dial, dial + " is neither a number nor a text.", "Write a number or a text.");
        }
        return Json.plain(value);
    }
}
