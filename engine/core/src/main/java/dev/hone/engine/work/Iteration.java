package dev.hone.engine.work;

import dev.hone.engine.compile.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a job stands in the maps and loops around it, outermost first; as text {@code drafts=2/search=7}.
 *
 * <p>Order: by index, outermost first. It does not depend on which parallel branch was faster.
 */
public record Iteration(List<Index> indices) implements Comparable<Iteration> {

    /** @param at the element's index or the round, from 1 */
    public record Index(String scope, int at) {}

    public static final Iteration TOP = new Iteration(List.of());

    public Iteration {
        indices = List.copyOf(indices);
    }

    /** Reads the counters of the scopes from a job's variables. */
    static Iteration of(List<Scope> scopes, com.fasterxml.jackson.databind.JsonNode variables) {
        List<Index> indices = new ArrayList<>();
        for (Scope scope : scopes) {
            indices.add(new Index(scope.id(), variables.path(scope.counter()).asInt()));
        }
        return new Iteration(indices);
    }

    public static Iteration parse(String text) {
        List<Index> indices = new ArrayList<>();
        for (String part : text.isEmpty() ? new String[0] : text.split("/")) {
            int equals = part.indexOf('=');
            indices.add(new Index(part.substring(0, equals), Integer.parseInt(part.substring(equals + 1))));
        }
        return new Iteration(indices);
    }

    /** The innermost index; 0 at the top. */
    int last() {
        return indices.isEmpty() ? 0 : indices.getLast().at();
    }

    /** Without the innermost index. */
    Iteration outside() {
        return new Iteration(indices.subList(0, indices.size() - 1));
    }

    Iteration upTo(int depth) {
        return new Iteration(indices.subList(0, depth));
    }

    /** How many of the outermost scopes both have, whatever their indices. */
    int shared(Iteration other) {
        int n = 0;
        while (n < Math.min(indices.size(), other.indices.size())
                && indices.get(n).scope().equals(other.indices.get(n).scope())) {
            n++;
        }
        return n;
    }

    @Override
    public int compareTo(Iteration other) {
        for (int i = 0; i < Math.min(indices.size(), other.indices.size()); i++) {
            int order =
                    Integer.compare(indices.get(i).at(), other.indices.get(i).at());
            if (order != 0) {
                return order;
            }
        }
        return Comparator.<Integer>naturalOrder().compare(indices.size(), other.indices.size());
    }

    @Override
    public String toString() {
        return indices.stream().map(i -> i.scope() + "=" + i.at()).collect(Collectors.joining("/"));
    }
}
