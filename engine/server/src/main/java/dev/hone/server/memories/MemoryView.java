package dev.hone.server.memories;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.ledger.KeptItem;
import dev.hone.engine.work.Json;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A memory, and what is in it. */
final class MemoryView {

    private MemoryView() {}

    /**
     * @param scope task or global; none when the latest version of the workflow does not have the memory
     * @param items how many there are, replaced ones among them
     * @param latestAt when the last one was left
     */
    @Schema(name = "Memory")
    record Line(String name, Optional<String> scope, long items, Optional<Instant> latestAt) {}

    /**
     * @param id larger for later ones
     * @param scope task or global: who sees it
     * @param task the hash of the inputs whose runs see it, of an item of the scope task
     * @param realm the evaluation whose runs alone see it; none for what all see
     * @param key an earlier item of the same key is replaced by it
     * @param run that has left it
     * @param replaced whether a later one of its key has taken its place, so that no run sees it
     */
    @Schema(name = "MemoryItem")
    record Item(
            long id,
            String scope,
            Optional<String> task,
            Optional<String> realm,
            Optional<JsonNode> key,
            JsonNode value,
            String run,
            Instant at,
            boolean replaced) {

        /** As the engine names scopes. */
        private static final Pattern SCOPE =
                Pattern.compile("(global|task (\\S+)) (?:of [0-9a-f]{32} )?(?:in (.*) )?\\S+/[^/ ]+", Pattern.DOTALL);

        static Item of(KeptItem item) {
            Matcher scope = SCOPE.matcher(item.scope());
            boolean known = scope.matches();
            Optional<String> task = known ? Optional.ofNullable(scope.group(2)) : Optional.empty();
            return new Item(
                    item.id(),
                    task.isPresent() ? "task" : "global",
                    task,
                    known ? Optional.ofNullable(scope.group(3)) : Optional.empty(),
                    item.key().flatMap(Json::parse),
                    Json.read(item.item()),
                    item.run(),
                    item.at(),
                    item.replaced());
        }
    }

    /** @param items how many are gone */
    @Schema(name = "Forgotten")
    record Forgotten(int items) {}
}
