package dev.hone.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedBrokerTest {

    @TempDir
    Path cache;

    @Test
    void manyUnpackersLeaveOneCompleteDirectoryAndNoRubbish() throws Exception {
        try (var threads = Executors.newFixedThreadPool(3)) {
            Callable<Path> unpack = () -> PackedBroker.unpackedIn(cache);
            var places = threads.invokeAll(java.util.Collections.nCopies(3, unpack));
            assertThat(places.get(0).get())
                    .isEqualTo(places.get(1).get())
                    .isEqualTo(places.get(2).get());
            assertThat(places.get(0).get().resolve("hone-broker-child.jar")).exists();
            assertThat(places.get(0).get().resolve("ZEEBE-COMMUNITY-LICENSE-1.1.txt"))
                    .exists();
        }
        try (Stream<Path> left = Files.list(cache.resolve("broker"))) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void aCacheThatCannotBeWrittenIsNamedWithTheWayOut() throws Exception {
        Path file = Files.createFile(cache.resolve("not-a-directory"));
        assertThatThrownBy(() -> PackedBroker.unpackedIn(file))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("HONE_CACHE");
    }

    @Test
    void aFullDiskSaysWhereAndWhatToDo() {
        assertThatThrownBy(() -> Disk.require(cache, Long.MAX_VALUE, "run the broker", "choose another data directory"))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining(cache.toString())
                .hasMessageContaining("choose another data directory");
    }
}
