package dev.hone.connectors.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of a store: those that a name can name. */
final class Listing {

    private Listing() {}

    /** In the order of their names. */
    static List<FileList.Entry> of(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(Store::isFile)
                    .map(file -> new FileList.Entry(root.relativize(file).toString(), size(file, root)))
                    .filter(entry ->
                            !entry.path().startsWith(".") && !entry.path().contains("/."))
                    .sorted((a, b) -> a.path().compareTo(b.path()))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Of all files together, in bytes. */
    static long size(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(Store::isFile)
                    .mapToLong(file -> size(file, root))
                    .sum();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** A file that is gone by now has none. */
    private static long size(Path file, Path root) {
        try {
            return Files.size(file);
        } catch (java.nio.file.NoSuchFileException gone) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(root.relativize(file).toString(), e);
        }
    }
}
