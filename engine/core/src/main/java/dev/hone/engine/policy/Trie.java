package dev.hone.engine.policy;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map by text: putting gives another map that shares all but a few small arrays with this one, so that a state
 * with ten thousand entries is as cheap to change as a small one. A hash array mapped trie (Bagwell 2001), 32 wide.
 */
final class Trie<V> {

    private static final int WIDTH = 32;
    private static final int BITS = 5;

    private record Leaf<V>(
            int hash, String key, V value, @Nullable Leaf<V> next) {}

    private final @Nullable Object[] root;
    private final int size;

    private Trie(@Nullable Object[] root, int size) {
        this.root = root;
        this.size = size;
    }

    static <V> Trie<V> empty() {
        return new Trie<>(new Object[WIDTH], 0);
    }

    int size() {
        return size;
    }

    @SuppressWarnings("unchecked")
    @Nullable
    V get(String key) {
        int hash = spread(key);
        @Nullable Object[] node = root;
        for (int shift = 0; ; shift += BITS) {
            Object at = node[(hash >>> shift) & (WIDTH - 1)];
            if (at instanceof Object[] deeper) {
                node = deeper;
                continue;
            }
            for (Leaf<V> leaf = (Leaf<V>) at; leaf != null; leaf = leaf.next()) {
                if (leaf.key().equals(key)) {
                    return leaf.value();
                }
            }
            return null;
        }
    }

    V get(String key, V otherwise) {
        V value = get(key);
        return value == null ? otherwise : value;
    }

    Trie<V> put(String key, V value) {
        int hash = spread(key);
        boolean fresh = get(key) == null;
        return new Trie<>(put(root, 0, new Leaf<>(hash, key, value, null)), fresh ? size + 1 : size);
    }

    /** With what {@code change} makes of the value of a key, or of {@code otherwise}. */
    Trie<V> with(String key, V otherwise, UnaryOperator<V> change) {
        return put(key, change.apply(get(key, otherwise)));
    }

    @SuppressWarnings("unchecked")
    private @Nullable Object[] put(@Nullable Object[] node, int shift, Leaf<V> leaf) {
        @Nullable Object[] copy = node.clone();
        int slot = (leaf.hash() >>> shift) & (WIDTH - 1);
        Object at = node[slot];
        if (at == null) {
            copy[slot] = leaf;
        } else if (at instanceof Object[] deeper) {
            copy[slot] = put(deeper, shift + BITS, leaf);
        } else {
            Leaf<V> there = (Leaf<V>) at;
            if (there.hash() == leaf.hash()) {
                copy[slot] = chained(there, leaf);
            } else {
                @Nullable Object[] deeper = new Object[WIDTH];
                deeper[(there.hash() >>> (shift + BITS)) & (WIDTH - 1)] = there;
                copy[slot] = put(deeper, shift + BITS, leaf);
            }
        }
        return copy;
    }

    /** The chain of one hash with the leaf first and no other of its key. */
    private static <V> Leaf<V> chained(Leaf<V> chain, Leaf<V> leaf) {
        @Nullable Leaf<V> rest = null;
        for (Leaf<V> at = chain; at != null; at = at.next()) {
            if (!at.key().equals(leaf.key())) {
                rest = new Leaf<>(at.hash(), at.key(), at.value(), rest);
            }
        }
        return new Leaf<>(leaf.hash(), leaf.key(), leaf.value(), rest);
    }

    /** In no particular order, the same for the same keys put in the same order. */
    void forEach(BiConsumer<String, V> each) {
        forEach(root, each);
    }

    @SuppressWarnings("unchecked")
    private void forEach(@Nullable Object[] node, BiConsumer<String, V> each) {
        for (Object at : node) {
            if (at instanceof Object[] deeper) {
                forEach(deeper, each);
            } else {
                for (Leaf<V> leaf = (Leaf<V>) at; leaf != null; leaf = leaf.next()) {
                    each.accept(leaf.key(), leaf.value());
                }
            }
        }
    }

    /** With what {@code change} makes of every value. */
    Trie<V> all(UnaryOperator<V> change) {
        Object[] holder = {Trie.<V>empty()};
        forEach((key, value) -> holder[0] = unchecked(holder[0]).put(key, change.apply(value)));
        return unchecked(holder[0]);
    }

    @SuppressWarnings("unchecked")
    private Trie<V> unchecked(Object trie) {
        return (Trie<V>) trie;
    }

    private Map<String, V> map() {
        Map<String, V> map = new HashMap<>();
        forEach(map::put);
        return map;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Trie<?> trie && trie.size == size && trie.map().equals(map());
    }

    @Override
    public int hashCode() {
        return map().hashCode();
    }

    @Override
    public String toString() {
        return map().toString();
    }

    private static int spread(String key) {
        int hash = key.hashCode();
        return hash ^ (hash >>> 15);
    }
}
