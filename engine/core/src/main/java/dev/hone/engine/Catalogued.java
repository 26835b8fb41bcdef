package dev.hone.engine;

import dev.hone.dsl.use.Library;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The workflows of the catalogues on the class path: {@code dev/hone/workflows/NAME/workflow.yaml}, listed in an index. */
final class Catalogued implements Library {

    private static final String ROOT = "dev/hone/workflows/";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    @Override
    public Optional<Text> find(String name) {
        String folder = name + "/";
        return NAME.matcher(name).matches()
                ? read(folder + "workflow.yaml")
                        .map(text -> new Text(folder + "workflow.yaml", text, path -> read(folder + path)))
                : Optional.empty();
    }

    @Override
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        try {
            for (URL index : Collections.list(Catalogued.class.getClassLoader().getResources(ROOT + "index.txt"))) {
                try (InputStream text = index.openStream()) {
                    new String(text.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank())
                            .forEach(line -> names.add(line.split(" ", 2)[0]));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    private static Optional<String> read(String file) {
        try (InputStream text = Catalogued.class.getClassLoader().getResourceAsStream(ROOT + file)) {
            return text == null
                    ? Optional.empty()
                    : Optional.of(new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
