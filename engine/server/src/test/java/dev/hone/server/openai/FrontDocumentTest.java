package dev.hone.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.server.Served;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page for users shows nothing but what tests do. */
@Tag("slow")
class FrontDocumentTest {

    private static final Path ROOT = Path.of("../..");
    private static final Pattern CODE = Pattern.compile("<!-- from (\\S+) -->\n```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern BODY = Pattern.compile("<!-- posted to (\\S+) -->\n```json\n(.*?)```", Pattern.DOTALL);

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/openai-and-mcp.md"));
    }

    @Test
    void itsCodeStandsInTests() throws IOException {
        Matcher code = CODE.matcher(page());
        int found = 0;
        for (; code.find(); found++) {
            assertThat(flat(Files.readString(ROOT.resolve(code.group(1))))).contains(flat(code.group(2)));
        }
        assertThat(found).isEqualTo(3);
    }

    /** Without the indentation, which is the test's own. */
    private static String flat(String code) {
        return code.lines().map(String::strip).collect(Collectors.joining("\n"));
    }

    @Test
    void itsRequestsAreAnswered() throws IOException {
        Matcher body = BODY.matcher(page());
        int found = 0;
        for (; body.find(); found++) {
            Served.Answer answer = Front.served().post(body.group(1), body.group(2));
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.body().at("/choices/0/message/content").asText()).isEqualTo("the sea is calm");
        }
        assertThat(found).isEqualTo(2);
    }
}
