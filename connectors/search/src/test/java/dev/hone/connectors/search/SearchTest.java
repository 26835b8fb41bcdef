package dev.hone.connectors.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.testkit.ConnectorContract;
import dev.hone.connectors.testkit.Refusals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchTest extends ConnectorContract<Search.Input, Search.Output> {

    @TempDir
    Path directory;

    private Search searching;

    SearchTest() {
        this.searching = corpus("");
    }

    private Search corpus(String more) {
        return new Search(
                name -> name.equals("HONE_CORPUS_C") ? "{\"path\": \"" + directory + "/c\"" + more + "}" : null);
    }

    @BeforeEach
    void fill() throws IOException {
        Files.createDirectories(directory.resolve("c/deep"));
        write("c/tea.md", "# Tea\n\nGreen tea is steeped at 75 degrees.\n\nBlack tea wants boiling water.\n");
        write("c/deep/coffee.txt", "Coffee is brewed at 93 degrees.");
        write("c/code.java", "class Tea {}");
        write("outside.md", "tea tea tea");
        Files.createSymbolicLink(directory.resolve("c/link.md"), directory.resolve("outside.md"));
        searching = corpus("");
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text);
    }

    @Override
    protected Connector<Search.Input, Search.Output> connector() {
        return searching;
    }

    private static Search.Input query(String words) {
        return new Search.Input("c", words, Optional.empty());
    }

    private List<String> files(String words) throws ConnectorException {
        return searching.run(query(words), CallContext.standalone(1)).hits().stream()
                .map(Search.Hit::file)
                .toList();
    }

    @Override
    protected List<Example<Search.Input, Search.Output>> examples() {
        return List.of(new Example<>(query("zebra"), new Search.Output(List.of(), List.of())));
    }

    @Override
    protected Map<String, Search.Input> badInputs() {
        return Map.of(
                "too long",
                query("x".repeat(10_001)),
                "too many words",
                query(words(1_100)),
                "none at all",
                new Search.Input("c", "tea", Optional.of(0)),
                "too many passages",
                new Search.Input("c", "tea", Optional.of(101)));
    }

    private static String words(int many) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < many; i++) {
            words.append(" w").append(i);
        }
        return words.toString();
    }

    @Test
    void the_best_passage_is_first_and_says_where_it_is() throws ConnectorException {
        Search.Output output =
                searching.run(query("At how many degrees is green tea steeped?"), CallContext.standalone(1));
        assertThat(output.hits()).extracting(Search.Hit::file).containsExactly("tea.md", "deep/coffee.txt");
        assertThat(output.hits().getFirst().line()).isEqualTo(1);
        assertThat(output.hits().getFirst().text()).startsWith("# Tea").contains("75 degrees");
        assertThat(output.hits().getFirst().score())
                .isGreaterThan(output.hits().getLast().score());
    }

    @Test
    void no_character_of_a_query_has_a_meaning_of_its_own() throws ConnectorException {
        assertThat(files("tea\" OR (file:* ~ ^ [TO} \\")).containsExactly("tea.md");
        assertThat(files("*:*")).isEmpty();
        assertThat(files("")).isEmpty();
    }

    @Test
    void a_language_lets_endings_of_words_be_ignored() throws ConnectorException {
        assertThat(files("brewing")).isEmpty();
        searching = corpus(", \"language\": \"english\"");
        assertThat(files("brewing")).containsExactly("deep/coffee.txt");
    }

    @Test
    void files_that_change_are_read_anew() throws Exception {
        assertThat(files("cocoa")).isEmpty();
        write("c/cocoa.md", "Cocoa is stirred.");
        assertThat(files("cocoa")).containsExactly("cocoa.md");
        Files.delete(directory.resolve("c/cocoa.md"));
        assertThat(files("cocoa")).isEmpty();
    }

    @Test
    void what_is_no_text_is_named() throws Exception {
        Files.write(directory.resolve("c/bytes.txt"), new byte[] {(byte) 0xff, 0});
        assertThat(searching.run(query("tea"), CallContext.standalone(1)).unread())
                .containsExactly("bytes.txt");
    }

    @Test
    void a_long_text_is_found_by_its_passages() throws Exception {
        write("c/long.md", "filler words\n".repeat(500) + "\nthe needle\n\n" + "more filler\n".repeat(500));
        Search.Hit hit =
                searching.run(query("needle"), CallContext.standalone(1)).hits().getFirst();
        assertThat(hit.file()).isEqualTo("long.md");
        assertThat(hit.line()).isBetween(400, 502);
        assertThat(hit.text()).hasSizeLessThanOrEqualTo(1_000).contains("the needle");
    }

    @Test
    void a_corpus_that_cannot_be_used_is_the_operators_to_correct() {
        for (String setting : List.of("{}", "{\"path\": \"c\"}", "{\"path\": \"/\", \"language\": \"klingon\"}")) {
            Search search = new Search(name -> setting);
            ConnectorException e = Refusals.of(Kind.BROKEN, () -> search.run(query("tea"), CallContext.standalone(1)));
            assertThat(e.what()).contains("HONE_CORPUS_C");
        }
    }
}
