package dev.hone.dsl;

import java.util.Map;
import java.util.Set;

/**
 * What the engine that will run a workflow has to offer, as data: the checks need no engine.
 *
 * @param tools the tools of {@code exec} by name
 * @param providers the names before the {@code /} of a model
 * @param policies the policies by kind
 * @param embedders the embedders by name
 * @param trusted whether rules that are code, which is DRL, are trusted
 * @param prices what models cost
 */
public record Vocabulary(
        Map<String, Tool> tools,
        Set<String> providers,
        Map<String, PolicyKind> policies,
        Set<String> embedders,
        boolean trusted,
        Prices prices) {

    /** Of an engine that trusts no code, where no price is known. */
    public Vocabulary(
            Map<String, Tool> tools, Set<String> providers, Map<String, PolicyKind> policies, Set<String> embedders) {
        this(tools, providers, policies, embedders, false, Prices.NONE);
    }

    /** @param required the input names that must be given */
    public record Tool(Map<String, Type> inputs, Set<String> required, Type output) {}

    /**
     * @param over what it chooses among
     * @param lessons what it can be told: {@code score}, {@code scores}, {@code prefer}
     * @param settings its numbers, each with its least and most
     */
    public record PolicyKind(Over over, Set<String> lessons, Map<String, Range> settings) {}

    public enum Over {
        ARMS,
        POOL,
        TREE,
        NOTHING
    }

    public record Range(double least, double most) {}
}
