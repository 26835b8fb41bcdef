package dev.hone.connectors.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.testkit.Refusals;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingTest {

    private record Store(String path, Optional<Boolean> write) {}

    private static Setting<Store> read(String name, Map<String, String> variables) throws ConnectorException {
        return Setting.named("files", name, Store.class, "{\"path\": \"/srv\"}", variables::get);
    }

    @Test
    void it_is_found_by_its_kind_and_name() throws ConnectorException {
        assertThat(read("my-notes", Map.of("HONE_FILES_MY_NOTES", "{\"path\": \"/a\"}"))
                        .value())
                .isEqualTo(new Store("/a", Optional.empty()));
    }

    @Test
    void a_missing_one_is_unknown_and_says_what_to_set() {
        ConnectorException e = Refusals.of(Kind.UNKNOWN, () -> read("notes", Map.of()));
        assertThat(e.what()).contains("HONE_FILES_NOTES");
        assertThat(e.fix()).contains("HONE_FILES_NOTES='{\"path\": \"/srv\"}'");
    }

    @Test
    void what_is_no_name_is_bad_input() {
        for (String name : List.of("", "A", "a b", "../x", "a".repeat(61), "a-", "é")) {
            Refusals.of(Kind.BAD_INPUT, () -> read(name, Map.of()));
        }
    }

    @Test
    void a_value_that_cannot_be_read_is_broken_and_never_repeated() {
        for (String value :
                List.of("sesame", "[]", "null", "{\"path\": \"sesame\"} x", "{\"sesame\": 1}", "\"sesame\"")) {
            ConnectorException e = Refusals.of(Kind.BROKEN, () -> read("notes", Map.of("HONE_FILES_NOTES", value)));
            assertThat(e.what()).contains("HONE_FILES_NOTES", "path, write").doesNotContain("sesame");
        }
    }
}
