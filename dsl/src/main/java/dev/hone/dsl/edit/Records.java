package dev.hone.dsl.edit;

import dev.hone.dsl.Expression;
import dev.hone.dsl.Where;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Walks the records of a workflow by their components, so that a further verb needs no line here. */
final class Records {

    private Records() {}

    /** Every value of a type, at any depth, in the order of the components. */
    static <T> Stream<T> all(Object value, Class<T> type) {
        List<T> found = new ArrayList<>();
        visit(value, part -> {
            if (type.isInstance(part)) {
                found.add(type.cast(part));
            }
        });
        return found.stream();
    }

    private static void visit(Object value, Consumer<Object> visitor) {
        visitor.accept(value);
        parts(value).forEach(part -> visit(part, visitor));
    }

    /**
     * Whether two values are the same apart from places and from texts that are allowed to differ.
     *
     * @param texts whether the first text may have become the second
     */
    static boolean same(Object one, Object other, BiPredicate<String, String> texts) {
        if (one instanceof Where && other instanceof Where) {
            return true;
        }
        if (one instanceof Expression before && other instanceof Expression after) {
            return same(before.feel(), after.feel(), texts);
        }
        if (one instanceof String before && other instanceof String after) {
            return before.equals(after) || texts.test(before, after);
        }
        if (one.getClass() != other.getClass() && !(isCollection(one) && isCollection(other))) {
            return false;
        }
        List<Object> some = parts(one);
        List<Object> others = parts(other);
        if (some.isEmpty() && others.isEmpty()) {
            return one.equals(other) || isCollection(one) || one instanceof Record;
        }
        if (some.size() != others.size()) {
            return false;
        }
        Iterator<Object> those = others.iterator();
        return some.stream().allMatch(part -> same(part, those.next(), texts));
    }

    private static boolean isCollection(Object value) {
        return value instanceof List || value instanceof Map;
    }

    private static List<Object> parts(Object value) {
        return switch (value) {
            case Optional<?> optional -> optional.<List<Object>>map(List::of).orElseGet(List::of);
            case List<?> list -> List.copyOf(list);
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .flatMap(entry -> Stream.<Object>of(entry.getKey(), entry.getValue()))
                        .toList();
            case Record record ->
                Stream.of(record.getClass().getRecordComponents())
                        .map(component -> part(record, component))
                        .toList();
            default -> List.of();
        };
    }

    static Object part(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A record of the language cannot be read: " + record.getClass(), e);
        }
    }
}
