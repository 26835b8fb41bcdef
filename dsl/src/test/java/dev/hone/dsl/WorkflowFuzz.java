package dev.hone.dsl;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the bytes, the answer is a workflow or a list of problems. As a test it tries its seeds, which are all fixtures, and
 * what a longer search has found; CONTRIBUTING.md says how to search.
 */
class WorkflowFuzz {

    static List<byte[]> fixtures() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (Path file :
                Stream.concat(FixtureTest.valid(), FixtureTest.invalid()).toList()) {
            seeds.add(Files.readAllBytes(file));
        }
        return seeds;
    }

    @MethodSource("fixtures")
    @FuzzTest(maxDuration = "10m")
    void answers(byte[] bytes) {
        Answer.check(new String(bytes, StandardCharsets.UTF_8));
    }
}
