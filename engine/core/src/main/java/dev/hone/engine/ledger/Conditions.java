package dev.hone.engine.ledger;

import java.util.ArrayList;
import java.util.List;

/** What a row has to fulfil, and the values of its question marks, in order. */
final class Conditions {

    private final List<Object> values = new ArrayList<>();
    private final List<String> all = new ArrayList<>();

    void add(String condition, Object... given) {
        all.add(condition);
        values.addAll(List.of(given));
    }

    String where() {
        return all.isEmpty() ? "" : " where " + String.join(" and ", all);
    }

    /** The values, and one more for what stands behind the conditions. */
    Object[] with(Object last) {
        List<Object> whole = new ArrayList<>(values);
        whole.add(last);
        return whole.toArray();
    }
}
