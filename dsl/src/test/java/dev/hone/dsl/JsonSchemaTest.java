package dev.hone.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The committed schema is the grammar's; {@code -Dhone.golden=write} rewrites it. */
class JsonSchemaTest {

    private static final Path FILE = Path.of("src/main/resources/dev/hone/dsl/hone-1.schema.json");

    @Test
    void theCommittedSchemaIsTheGrammars() throws IOException {
        if ("write".equals(System.getProperty("hone.golden"))) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, WorkflowReader.jsonSchema());
        }
        assertThat(FILE).hasContent(WorkflowReader.jsonSchema());
    }

    static Stream<Path> valid() throws IOException {
        return FixtureTest.valid();
    }

    @ParameterizedTest
    @MethodSource
    void valid(Path file) throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(WorkflowReader.jsonSchema(), InputFormat.JSON);
        Object yaml = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        assertThat(schema.validate(new ObjectMapper().writeValueAsString(yaml), InputFormat.JSON))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void refuses(Map.Entry<String, String> wrong) {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(WorkflowReader.jsonSchema(), InputFormat.JSON);
        assertThat(schema.validate(wrong.getValue(), InputFormat.JSON))
                .as(wrong.getKey())
                .isNotEmpty();
    }

    static Stream<Map.Entry<String, String>> wrong() {
        return Map.of(
                "an unknown key", "{\"hone\": 1, \"name\": \"x\", \"flow\": [], \"parms\": {}}",
                "no flow", "{\"hone\": 1, \"name\": \"x\"}",
                "another version", "{\"hone\": 2, \"name\": \"x\", \"flow\": []}",
                "a map without steps",
                        "{\"hone\": 1, \"name\": \"x\", \"flow\": [{\"map\": {\"over\": {\"i\": \"1..2\"}}}]}",
                "two verbs",
                        "{\"hone\": 1, \"name\": \"x\", \"flow\": [{\"if\": true, \"do\": [], \"exec\": {\"tool\": \"t\"}}]}")
                .entrySet()
                .stream();
    }
}
