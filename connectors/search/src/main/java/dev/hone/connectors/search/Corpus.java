package dev.hone.connectors.search;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.common.Setting;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;

/**
 * Texts, as the operator says them in {@code HONE_CORPUS_NAME}.
 *
 * @param path the absolute path of a directory; all below it is read, links are not followed
 * @param endings of the names that are read; {@code .md} and {@code .txt} when absent
 * @param language whose endings of words are ignored: {@code english}, {@code german}, {@code french} or {@code spanish};
 *     none when absent
 */
record Corpus(String path, Optional<List<String>> endings, Optional<String> language) {

    private static final Map<String, Supplier<Analyzer>> LANGUAGES = Map.of(
            "none", StandardAnalyzer::new,
            "english", EnglishAnalyzer::new,
            "german", GermanAnalyzer::new,
            "french", FrenchAnalyzer::new,
            "spanish", SpanishAnalyzer::new);

    /** @throws ConnectorException of kind BAD_INPUT or UNKNOWN when there is none of this name, BROKEN when it is not one */
    static Setting<Corpus> of(String name, UnaryOperator<String> variables) throws ConnectorException {
        Setting<Corpus> setting =
                Setting.named("corpus", name, Corpus.class, "{\"path\": \"/srv/handbook\"}", variables);
        Corpus corpus = setting.value();
        try {
            if (corpus.path == null || !Path.of(corpus.path).isAbsolute() || !Files.isDirectory(Path.of(corpus.path))) {
                throw setting.broken("needs the absolute path of a directory that is there");
            }
        } catch (InvalidPathException e) {
            throw setting.broken("has a path that is none");
        }
        if (!LANGUAGES.containsKey(corpus.language.orElse("none"))) {
            throw setting.broken("has a language other than english, french, german and spanish");
        }
        return setting;
    }

    Analyzer analyzer() {
        return LANGUAGES
                .getOrDefault(language.orElse("none"), StandardAnalyzer::new)
                .get();
    }

    boolean reads(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return endings.orElse(List.of(".md", ".txt")).stream().anyMatch(name::endsWith);
    }
}
