package dev.hone.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The references of the language and of the connectors show nothing but what tested files hold. */
class LanguageReferenceTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern SNIPPET =
            Pattern.compile("<!-- from (\\S+) -->\n```(?:yaml|csv|drl)\n(.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @CsvSource({"docs/language.md, 8", "docs/connectors.md, 1"})
    void everySnippetStandsInTheFileAboveIt(String file, int fewest) throws IOException {
        String reference = Files.readString(ROOT.resolve(file));
        Matcher snippet = SNIPPET.matcher(reference);
        List<String> found = new ArrayList<>();
        while (snippet.find()) {
            assertThat(Files.readString(ROOT.resolve(snippet.group(1)))).contains(snippet.group(2));
            found.add(snippet.group(2));
        }
        assertThat(found).hasSizeGreaterThan(fewest);
        assertThat(reference.split("```[a-z]", -1))
                .as("every snippet says its file")
                .hasSize(found.size() + 1);
    }
}
