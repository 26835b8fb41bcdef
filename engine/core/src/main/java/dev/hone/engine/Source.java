package dev.hone.engine;

import dev.hone.dsl.Reading;
import dev.hone.dsl.RuleFile;
import dev.hone.dsl.WorkflowReader;
import dev.hone.dsl.use.Companions;
import dev.hone.engine.ledger.ProgramRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The text of a workflow, and those of the files that it has rules in.
 *
 * @param file its name, for messages
 * @param companions texts by the path from the workflow's folder, as its rules name it
 */
public record Source(String file, String text, Map<String, String> companions) {

    public Source {
        companions = Map.copyOf(companions);
    }

    /** A workflow that stands alone. */
    public Source(String file, String text) {
        this(file, text, Map.of());
    }

    /**
     * A workflow and the files that its rules name, as far as they are there; no other file is opened.
     *
     * @throws EngineException when a file cannot be read
     */
    public static Source read(Path file) {
        return of(file.toString(), new TextFile(file).read(), beside(file));
    }

    /** The texts that a deployed program was compiled from. */
    public static Source of(ProgramRecord kept) {
        return new Source(kept.file(), kept.text(), kept.companions());
    }

    /** The files in the folder of a file and below; what cannot be read is an {@link EngineException}. */
    public static Companions beside(Path file) {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        return path -> beside(folder, path);
    }

    /**
     * A workflow that comes from elsewhere.
     *
     * @param companions asked for the files that the workflow's rules name
     */
    public static Source of(String file, String text, Companions companions) {
        Map<String, String> found = new HashMap<>();
        if (WorkflowReader.read(file, text) instanceof Reading.Parsed(var workflow)) {
            for (RuleFile named : workflow.ruleFiles()) {
                String path = named.path().name();
                companions.find(path).ifPresent(content -> found.put(path, content));
            }
        }
        return new Source(file, text, found);
    }

    /** A link that leads out of the folder leads to nothing. */
    private static Optional<String> beside(Path folder, String path) {
        Path named = folder.resolve(path);
        try {
            return Files.isRegularFile(named) && named.toRealPath().startsWith(folder.toRealPath())
                    ? Optional.of(new TextFile(named).read())
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The hash of all its texts, in hex: what was measured, and what is promoted, is about these alone. */
    public String hash() {
        return Sha256.of(texts().toArray(String[]::new));
    }

    /** All that it is, always in the same order: its own text, and each other with its path. */
    List<String> texts() {
        List<String> texts = new ArrayList<>();
        texts.add(text);
        new TreeMap<>(companions).forEach((path, content) -> {
            texts.add(path);
            texts.add(content);
        });
        return texts;
    }

    Companions beside() {
        return path -> Optional.ofNullable(companions.get(path));
    }
}
