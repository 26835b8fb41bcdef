package dev.hone.engine.ledger;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/** The H2 file of a data directory. */
final class FileDatabase {

    private static final System.Logger LOG = System.getLogger(FileDatabase.class.getName());
    private static final String NAME = "ledger";

    /** What the name of a database begins with that is not whole yet. */
    private static final String UNFINISHED = "ledger.new-";

    private static final String ENDING = ".mv.db";

    /** The most that closing takes to give room back to the disk. */
    private static final Duration SHUTTING = Duration.ofSeconds(2);

    private FileDatabase() {}

    /**
     * Opens or makes the database of a directory. {@code WRITE_DELAY=0} puts every commit into the file before it is
     * acknowledged, so that it outlives the process; {@link Housekeeping} brings it to the disk and keeps the file small while it
     * is open, and {@code MAX_COMPACT_TIME} when it is closed. H2 keeps no trace file, as every failure reaches the caller.
     */
    static Database open(Path directory) {
        Path whole = directory.toAbsolutePath().normalize();
        if (!isIn(whole)) {
            make(whole);
        }
        Database database = Database.h2File(url(whole.resolve(NAME)), directory.toString());
        clear(whole);
        return database;
    }

    static boolean isIn(Path directory) {
        return Files.exists(directory.resolve(NAME + ENDING));
    }

    /** A database comes to its place only when it is whole: H2 keeps each of its first tables as soon as it is made. */
    private static void make(Path directory) {
        Path name = directory.resolve(UNFINISHED + UUID.randomUUID());
        Database.h2(url(name), directory.toString()).close();
        try {
            Files.move(directory.resolve(name + ENDING), directory.resolve(NAME + ENDING));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "another process made it meanwhile", e);
        }
    }

    /** Away with what killed processes left half made. */
    private static void clear(Path directory) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, UNFINISHED + "*")) {
            for (Path one : left) {
                Files.deleteIfExists(one);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "half-made ledgers are left", e);
        }
    }

    private static String url(Path file) {
        return "jdbc:h2:file:" + file + ";WRITE_DELAY=0;RETENTION_TIME=" + Housekeeping.RETENTION.toMillis()
                + ";MAX_COMPACT_TIME=" + SHUTTING.toMillis() + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";
    }
}
