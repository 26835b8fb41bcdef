package dev.hone.connectors.search;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.common.Bounded;
import dev.hone.connectors.common.OperatorTool;
import dev.hone.connectors.common.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Finds passages by their words, as BM25 ranks them (Robertson and Zaragoza 2009): {@code exec: {tool: search, in: {corpus:
 * handbook, query: "= question"}}}. Files that have changed are read anew.
 */
public final class Search extends OperatorTool<Search.Input, Search.Output> {

    private static final int LONGEST = 10_000;
    private static final int MOST = 100;
    private static final int DEFAULT = 5;

    /**
     * @param corpus the name under which the operator knows it; see {@link Corpus}
     * @param query words, none of which has to be there
     * @param top how many passages at most; 5 when absent
     */
    public record Input(String corpus, String query, Optional<Integer> top) {}

    /**
     * @param hits the best first
     * @param unread files that are no text in UTF-8
     */
    public record Output(List<Hit> hits, List<String> unread) {}

    /**
     * @param file relative to the corpus
     * @param line where the passage begins, from 1
     * @param score more is better; of the same query alone can scores be compared
     */
    public record Hit(String file, int line, double score, String text) {}

    private final Map<Corpus, Index> indexes = new ConcurrentHashMap<>();

    /** Reads the environment. */
    public Search() {
        this(System::getenv);
    }

    Search(UnaryOperator<String> variables) {
        super("search", Input.class, Output.class, variables);
    }

    /**
     * @throws ConnectorException of kind UNKNOWN without such a corpus; BAD_INPUT for too many words or passages; BROKEN when
     *     the files cannot be read, or are too many; TIMEOUT; CANCELLED
     */
    @Override
    public Output run(Input input, CallContext context) throws ConnectorException {
        Setting<Corpus> setting = Corpus.of(input.corpus(), variables);
        int top = input.top().orElse(DEFAULT);
        if (input.query().length() > LONGEST || top < 1 || top > MOST) {
            throw new ConnectorException(
                    Kind.BAD_INPUT,
                    "the query has more than " + LONGEST + " characters, or top is not from 1 to " + MOST,
                    "ask for less");
        }
        return Bounded.run(
                context, setting.variable(), () -> {}, () -> index(setting).find(input.query(), top));
    }

    private Index index(Setting<Corpus> setting) throws ConnectorException {
        List<Index.Seen> files = Index.look(setting);
        @Nullable Index known = indexes.get(setting.value());
        if (known != null && known.of(files)) {
            return known;
        }
        Index built = Index.build(setting, files);
        indexes.put(setting.value(), built);
        return built;
    }
}
