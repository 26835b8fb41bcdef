package dev.hone.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.engine.Engine;
import dev.hone.engine.EngineOptions;
import dev.hone.engine.Source;
import dev.hone.engine.Workshop;
import dev.hone.engine.compile.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every workflow of the catalogue compiles to lies beside it; {@code -Dhone.golden=write} writes it anew. */
class GoldenTest {

    private static final Path RESOURCES = Path.of("src/main/resources/dev/hone/workflows");

    static List<Catalogue.Entry> entries() {
        return Catalogue.entries();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void theCompiledWorkflowIsTheCommittedOne(Catalogue.Entry entry) throws IOException {
        Program program = compile(entry);
        Map<String, String> texts = Map.of(
                "workflow.bpmn", program.bpmn(),
                "workflow.drl", program.rules(),
                "certificate.txt", program.certificate().text());
        for (var text : texts.entrySet()) {
            Path golden = RESOURCES.resolve(entry.name()).resolve(text.getKey());
            if ("write".equals(System.getProperty("hone.golden"))) {
                Files.writeString(golden, text.getValue());
            }
            assertThat(golden).as(entry.name()).hasContent(text.getValue());
        }
    }

    @ParameterizedTest
    @MethodSource("entries")
    void compilingAgainInAnotherLanguageGivesTheSameBytes(Catalogue.Entry entry) {
        Program here = compile(entry);
        Locale before = Locale.getDefault();
        try {
            for (String language : List.of("tr-TR", "ar-EG", "th-TH-u-ca-buddhist-nu-thai")) {
                Locale.setDefault(Locale.forLanguageTag(language));
                Program there = compile(entry);

                assertThat(there.bpmn()).isEqualTo(here.bpmn());
                assertThat(there.rules()).isEqualTo(here.rules());
                assertThat(there.certificate()).isEqualTo(here.certificate());
                assertThat(there.hash()).isEqualTo(here.hash());
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    @Tag("slow")
    void theBrokerTakesEveryOneOfThem(@TempDir Path directory) {
        try (Engine engine = Engine.open(EngineOptions.at(directory))) {
            for (Catalogue.Entry entry : entries()) {
                Source source = source(entry);
                assertThat(engine.deploy(source)).isEqualTo(compile(entry));
                engine.workshop()
                        .compileIndependentSamples(source)
                        .ifPresent(control -> engine.deploy(control, source));
            }
        }
    }

    private static Program compile(Catalogue.Entry entry) {
        return Workshop.discovered().compile(source(entry));
    }

    private static Source source(Catalogue.Entry entry) {
        return new Source(entry.name() + "/workflow.yaml", entry.text());
    }
}
