package dev.hone.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.dsl.Skeleton;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineOptions;
import dev.hone.engine.Source;
import dev.hone.engine.Workshop;
import dev.hone.engine.compile.Program;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every workflow of the catalogue compiles to lies beside it, and what every skeleton and sketch does among the tests;
 * {@code -Dhone.golden=write} writes it anew.
 */
class GoldenTest {

    private static final Path RESOURCES = Path.of("src/main/resources/dev/hone/workflows");
    private static final Path TESTS = Path.of("src/test/resources");

    /** @param folder where what it compiles to lies */
    record Written(Source source, Path folder) {

        Program compile() {
            return Workshop.discovered().compile(source);
        }

        @Override
        public String toString() {
            return source.file();
        }
    }

    static Stream<Written> catalogue() {
        return Catalogue.entries().stream()
                .map(entry -> new Written(
                        new Source(entry.name() + "/workflow.yaml", entry.text()), RESOURCES.resolve(entry.name())));
    }

    static Stream<Written> skeletons() {
        return Skeleton.all().stream()
                .map(skeleton -> new Written(
                        new Source(skeleton.name() + ".yaml", skeleton.text()),
                        TESTS.resolve("skeletons").resolve(skeleton.name())));
    }

    static Stream<Written> sketches() throws IOException {
        List<Written> sketches = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(TESTS.resolve("sketches"))) {
            for (Path folder : folders) {
                Path file = folder.resolve("workflow.yaml");
                sketches.add(new Written(new Source(folder.getFileName() + ".yaml", Files.readString(file)), folder));
            }
        }
        return sketches.stream();
    }

    static Stream<Written> all() throws IOException {
        return Stream.of(catalogue(), skeletons(), sketches()).flatMap(written -> written);
    }

    @ParameterizedTest
    @MethodSource("all")
    void theCompiledWorkflowIsTheCommittedOne(Written workflow) throws IOException {
        Program program = workflow.compile();
        Map<String, String> texts = Map.of(
                "workflow.bpmn", program.bpmn(),
                "workflow.drl", program.rules(),
                "certificate.txt", program.certificate().text());
        for (var text : texts.entrySet()) {
            same(workflow, text.getKey(), text.getValue());
        }
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void thePictureOfTheCompiledWorkflowIsTheCommittedOne(Written workflow) throws IOException {
        same(workflow, "workflow.svg", workflow.compile().picture());
    }

    private static void same(Written workflow, String file, String text) throws IOException {
        Path golden = workflow.folder().resolve(file);
        if ("write".equals(System.getProperty("hone.golden"))) {
            Files.createDirectories(workflow.folder());
            Files.writeString(golden, text);
        }
        assertThat(golden).as(workflow.toString()).hasContent(text);
    }

    @ParameterizedTest
    @MethodSource("all")
    void compilingAgainInAnotherLanguageAndPlaceGivesTheSameBytes(Written workflow) {
        Program here = workflow.compile();
        Locale language = Locale.getDefault();
        TimeZone place = TimeZone.getDefault();
        try {
            for (String other : List.of("tr-TR", "ar-EG", "th-TH-u-ca-buddhist-nu-thai")) {
                Locale.setDefault(Locale.forLanguageTag(other));
                TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati")); // where it is another day
                Program there = workflow.compile();

                assertThat(there.bpmn()).isEqualTo(here.bpmn());
                assertThat(there.rules()).isEqualTo(here.rules());
                assertThat(there.certificate()).isEqualTo(here.certificate());
                assertThat(there.hash()).isEqualTo(here.hash());
            }
        } finally {
            Locale.setDefault(language);
            TimeZone.setDefault(place);
        }
    }

    @Test
    @Tag("slow")
    void theBrokerTakesEveryOneOfThem(@TempDir Path directory) throws IOException {
        try (Engine engine = Engine.open(EngineOptions.at(directory))) {
            all().forEach(workflow -> {
                assertThat(engine.deploy(workflow.source())).isEqualTo(workflow.compile());
                engine.workshop()
                        .compileIndependentSamples(workflow.source())
                        .ifPresent(control -> engine.deploy(control, workflow.source()));
            });
        }
    }
}
