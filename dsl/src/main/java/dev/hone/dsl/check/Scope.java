package dev.hone.dsl.check;

import dev.hone.dsl.Type;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that may be read at one place. A flow of thousands of steps has thousands of them, each with a name more than the
 * one before, so copies share all but their latest names.
 */
final class Scope extends AbstractMap<String, Type> {

    private static final int MOST_OWN = 64;

    private Map<String, Type> shared;
    private final Map<String, Type> own;

    private Scope(Map<String, Type> shared, Map<String, Type> own) {
        this.shared = shared;
        this.own = own;
    }

    /** A copy: what is put into either later is not in the other. */
    static Scope of(Map<String, Type> names) {
        return names instanceof Scope scope
                ? new Scope(scope.shared, new HashMap<>(scope.own))
                : new Scope(Map.copyOf(names), new HashMap<>());
    }

    @Override
    public @Nullable Type put(String name, Type type) {
        Type before = get(name);
        own.put(name, type);
        if (own.size() > MOST_OWN) {
            shared = Map.copyOf(all());
            own.clear();
        }
        return before;
    }

    @Override
    public @Nullable Type get(@Nullable Object name) {
        Type latest = own.get(name);
        return latest == null && name != null ? shared.get(name) : latest;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public Set<Entry<String, Type>> entrySet() {
        return all().entrySet();
    }

    private Map<String, Type> all() {
        Map<String, Type> all = new HashMap<>(shared);
        all.putAll(own);
        return all;
    }
}
