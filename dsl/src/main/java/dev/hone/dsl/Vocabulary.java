package dev.hone.dsl;

import java.util.Map;
import java.util.Set;

/**
 * What the engine that will run a workflow has to offer, as data: the checks need no engine.
 *
 * @param tools the tools of {@code exec} by name
 * @param providers the names before the {@code /} of a model
 */
public record Vocabulary(Map<String, Tool> tools, Set<String> providers) {

    /** @param required the input names that must be given */
    public record Tool(Map<String, Type> inputs, Set<String> required, Type output) {}
}
