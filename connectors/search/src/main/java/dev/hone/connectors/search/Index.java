package dev.hone.connectors.search;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.common.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.QueryBuilder;

/** The passages of a corpus as its files were at one time, in memory. */
final class Index {

    private static final int MOST_FILES = 20_000;
    private static final long MOST_BYTES = 64L << 20;

    /**
     * A file as it was.
     *
     * @param name relative to the corpus
     */
    record Seen(Path file, String name, long bytes, long changed) {}

    private final List<Seen> files;
    private final Analyzer analyzer;
    private final IndexSearcher searcher;
    private final List<String> unread;

    private Index(List<Seen> files, Analyzer analyzer, IndexSearcher searcher, List<String> unread) {
        this.files = files;
        this.analyzer = analyzer;
        this.searcher = searcher;
        this.unread = unread;
    }

    /** Whether nothing has changed. */
    boolean of(List<Seen> now) {
        return files.equals(now);
    }

    /** @throws ConnectorException of kind BROKEN when there is too much, or the disk cannot be read */
    static List<Seen> look(Setting<Corpus> setting) throws ConnectorException {
        Path root = Path.of(setting.value().path());
        List<Seen> files = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(root.toRealPath())) {
            for (Path file : (Iterable<Path>) paths.sorted()::iterator) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                        && setting.value().reads(file)) {
                    files.add(new Seen(
                            file,
                            root.toRealPath().relativize(file).toString(),
                            Files.size(file),
                            Files.getLastModifiedTime(file).toMillis()));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw unreadable(setting, e);
        }
        if (files.size() > MOST_FILES || files.stream().mapToLong(Seen::bytes).sum() > MOST_BYTES) {
            throw setting.broken("has more than " + MOST_FILES + " files or " + MOST_BYTES + " bytes");
        }
        return files;
    }

    static Index build(Setting<Corpus> setting, List<Seen> files) throws ConnectorException {
        Analyzer analyzer = setting.value().analyzer();
        Directory memory = new ByteBuffersDirectory();
        List<String> unread = new ArrayList<>();
        try (IndexWriter writer = new IndexWriter(memory, new IndexWriterConfig(analyzer))) {
            for (Seen seen : files) {
                Optional<String> text = text(seen.file());
                if (text.isEmpty()) {
                    unread.add(seen.name());
                }
                for (Passage passage : Passage.of(text.orElse(""))) {
                    Document document = new Document();
                    document.add(new StoredField("file", seen.name()));
                    document.add(new StoredField("line", passage.line()));
                    document.add(new TextField("text", passage.text(), Field.Store.YES));
                    writer.addDocument(document);
                }
            }
            writer.forceMerge(1); // one segment, so that equal scores come in the order of the files
            writer.commit();
            return new Index(files, analyzer, new IndexSearcher(DirectoryReader.open(memory)), unread);
        } catch (IOException e) {
            throw unreadable(setting, e);
        }
    }

    /** Empty for what is no text in UTF-8. */
    private static Optional<String> text(Path file) throws IOException {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /**
     * The best passages first.
     *
     * @param words any text; no character of it has a meaning of its own
     */
    Search.Output find(String words, int top) throws ConnectorException {
        List<Search.Hit> hits = new ArrayList<>();
        try {
            Optional<Query> query = Optional.ofNullable(new QueryBuilder(analyzer).createBooleanQuery("text", words));
            if (query.isPresent()) {
                for (ScoreDoc found : searcher.search(query.get(), top).scoreDocs) {
                    Document document = searcher.storedFields().document(found.doc);
                    hits.add(new Search.Hit(
                            document.get("file"),
                            document.getField("line").numericValue().intValue(),
                            found.score,
                            document.get("text")));
                }
            }
        } catch (IndexSearcher.TooManyClauses e) {
            throw new ConnectorException(
                    Kind.BAD_INPUT, "there are too many words to search for", "search for fewer", null, e);
        } catch (IOException e) {
            throw new ConnectorException(Kind.BROKEN, "the index cannot be read", "report it", null, e);
        }
        return new Search.Output(hits, unread);
    }

    private static ConnectorException unreadable(Setting<Corpus> setting, Exception e) {
        return new ConnectorException(
                Kind.BROKEN,
                setting.variable() + " names a directory that cannot be read: " + e.getMessage(),
                "see who may read it",
                null,
                e);
    }
}
